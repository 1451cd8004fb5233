/** Marks that turn the direction of text: a page has no way to keep them to the text they stand in. */
const DIRECTION = /[\u200E\u200F\u061C\u202A-\u202E\u2066-\u2069]/g;

/** A word without a place to break it would run out of its column. */
const LONG = /\S{24}(?=\S)/g;

/** Recorded text as it can be set: in the order of its letters, long words with places to break them. */
export const printable = (text: string): string =>
  text
    .replaceAll('\t', ' ')
    .replaceAll(DIRECTION, '')
    .replaceAll(LONG, (part) => `${part}\u200B`)
    .replaceAll('_', '_\u200B');
