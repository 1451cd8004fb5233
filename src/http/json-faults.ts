export const MAX_DEPTH = 20;
export const MAX_STRING_BYTES = 16 * 1024;

/**
 * What every object already has. Copied onto another object, `__proto__` and `constructor` replace what it is; the others are
 * dropped without a word by the library that makes instances of bodies, and here no member is ever dropped.
 */
const FORBIDDEN_KEYS: ReadonlySet<string> = new Set([
  ...Object.getOwnPropertyNames(Object.prototype),
  'prototype',
]);

export interface JsonFault {
  /** Empty for the value itself, else `/member/0`. */
  pointer: string;
  message: string;
}

/** The first thing in a parsed JSON value that no request may bring. It never goes deeper than the limit, so no input can exhaust the stack. */
export function findFault(value: unknown, depth = 0): JsonFault | undefined {
  if (typeof value === 'string') return textFault(value);
  if (typeof value !== 'object' || value === null) return undefined;
  if (depth === MAX_DEPTH) return { pointer: '', message: `is nested deeper than ${MAX_DEPTH} levels` };
  for (const [key, member] of Object.entries(value)) {
    const fault = keyFault(key) ?? findFault(member, depth + 1);
    if (fault) return { pointer: `/${escapeSegment(key)}${fault.pointer}`, message: fault.message };
  }
  return undefined;
}

/** RFC 6901. */
export const escapeSegment = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1');

function keyFault(key: string): JsonFault | undefined {
  if (FORBIDDEN_KEYS.has(key)) return { pointer: '', message: 'is not a name a member may have' };
  return textFault(key);
}

function textFault(text: string): JsonFault | undefined {
  if (text.length * 3 > MAX_STRING_BYTES && Buffer.byteLength(text) > MAX_STRING_BYTES) {
    return { pointer: '', message: `is longer than ${MAX_STRING_BYTES} bytes` };
  }
  if (text.includes('\0')) return { pointer: '', message: 'contains a NUL character' };
  if (!text.isWellFormed()) return { pointer: '', message: 'contains half of a surrogate pair' };
  return undefined;
}
