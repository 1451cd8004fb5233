/** What no file format here can hold: control characters that XML has no place for. Halves of characters go with `toWellFormed`. */
const UNPRINTABLE = /(?![\t\n\r])\p{Cc}|[\uFFFE\uFFFF]/gu;

/** Recorded text as every format can write it; what cannot be written is a replacement character, so that it is seen. */
export const harmless = (text: string): string => text.toWellFormed().replaceAll(UNPRINTABLE, '\uFFFD');
