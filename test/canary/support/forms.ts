/** A word as somebody may have written it. */
export interface Form {
  word: string;
  form: string;
  bytes: Buffer;
}

/** Every way of writing a word down that is looked for. */
export function formsOf(word: string): Form[] {
  const bytes = Buffer.from(word);
  const texts: [form: string, text: string][] = [
    ['as it is', word],
    ['in capitals', word.toUpperCase()],
    ['hexadecimal', bytes.toString('hex')],
    ['hexadecimal, in capitals', bytes.toString('hex').toUpperCase()],
    ['escaped for JSON', escaped(word)],
    ['escaped for JSON, in capitals', escaped(word).replaceAll(/[a-f]/g, (digit) => digit.toUpperCase())],
    ['percent-encoded', percented(bytes)],
    ['percent-encoded, in capitals', percented(bytes).toUpperCase()],
    ...[0, 1, 2].flatMap((before): [string, string][] => {
      const inside = base64Inside(bytes, before);
      return [
        [`in base64 after ${before}`, inside],
        [`in base64url after ${before}`, inside.replaceAll('+', '-').replaceAll('/', '_')],
      ];
    }),
  ];
  const forms = texts.map(([form, text]) => ({ word, form, bytes: Buffer.from(text) }));
  const utf16 = Buffer.from(word, 'utf16le');
  return [
    ...forms,
    { word, form: 'in UTF-16', bytes: utf16 },
    { word, form: 'in UTF-16, the other way round', bytes: Buffer.from(utf16).swap16() },
  ];
}

const escaped = (word: string): string =>
  Array.from(
    { length: word.length },
    (_, i) => `\\u${word.charCodeAt(i).toString(16).padStart(4, '0')}`,
  ).join('');

const percented = (bytes: Buffer): string => bytes.toString('hex').replaceAll(/../g, '%$&');

/** The letters that depend on these bytes alone, where so many bytes stand before them in their group of three. */
function base64Inside(bytes: Buffer, before: number): string {
  const first = (3 - before) % 3;
  const whole = Math.floor((bytes.length - first) / 3) * 3;
  return bytes.subarray(first, first + whole).toString('base64');
}
