import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export type Face = 'regular' | 'bold' | 'italic';

let fonts: Record<Face, Uint8Array> | undefined;

/**
 * DejaVu has every letter of Belarusian and Russian, and may be embedded by anybody. Read once for the life of the process: parts of
 * a package, and nothing that anybody can set.
 */
export const embeddedFonts = (): Record<Face, Uint8Array> =>
  (fonts ??= {
    regular: bytesAt(import.meta.resolve('dejavu-fonts-ttf/ttf/DejaVuSansCondensed.ttf')),
    bold: bytesAt(import.meta.resolve('dejavu-fonts-ttf/ttf/DejaVuSansCondensed-Bold.ttf')),
    italic: bytesAt(import.meta.resolve('dejavu-fonts-ttf/ttf/DejaVuSansCondensed-Oblique.ttf')),
  });

const bytesAt = (address: string): Uint8Array => readFileSync(fileURLToPath(address));
