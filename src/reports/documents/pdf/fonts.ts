import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** DejaVu has every letter of Belarusian and Russian, and may be embedded by anybody. */
const FILES = {
  regular: 'dejavu-fonts-ttf/ttf/DejaVuSansCondensed.ttf',
  bold: 'dejavu-fonts-ttf/ttf/DejaVuSansCondensed-Bold.ttf',
  italic: 'dejavu-fonts-ttf/ttf/DejaVuSansCondensed-Oblique.ttf',
} as const;
export type Face = keyof typeof FILES;

let fonts: Record<Face, Uint8Array> | undefined;

/** Read once for the life of the process: parts of a package, and nothing anybody can set. */
export function embeddedFonts(): Record<Face, Uint8Array> {
  const bytes = (face: Face): Uint8Array => readFileSync(fileURLToPath(import.meta.resolve(FILES[face])));
  return (fonts ??= { regular: bytes('regular'), bold: bytes('bold'), italic: bytes('italic') });
}
