/**
 * RFC 8785 (JCS): one text for equal JSON values, whatever the order of their members. A member that is undefined is left out,
 * as `JSON.stringify` does.
 */
export const canonicalJson = (value: unknown): string =>
  // Nearly all that is written here is in its order already.
  isInOrder(value) ? JSON.stringify(value ?? null) : putInOrder(value);

function isInOrder(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (Array.isArray(value)) return value.every(isInOrder);
  let before = '';
  for (const key of Object.keys(value)) {
    // RFC 8785 sorts by UTF-16 code units, and so does JavaScript.
    if (key < before || !isInOrder((value as Record<string, unknown>)[key])) return false;
    before = key;
  }
  return true;
}

function putInOrder(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(putInOrder).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null);
  let members = '';
  for (const key of Object.keys(value).sort()) {
    const member = (value as Record<string, unknown>)[key];
    if (member === undefined) continue;
    members += `${members === '' ? '' : ','}${JSON.stringify(key)}:${putInOrder(member)}`;
  }
  return `{${members}}`;
}
