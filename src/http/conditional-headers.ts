import { HabeasError } from '../errors.js';

const CORRELATION_ID = /^[A-Za-z0-9._:-]{1,128}$/;
const IDEMPOTENCY_KEY = /^[\x20-\x7e]{1,255}$/;
const REVISION = /^"(0|[1-9]\d{0,14})"$/;

/** Node joins a header that came twice with a comma, or gives a list. */
type Header = string | string[] | undefined;

export const isCorrelationId = (header: Header): header is string =>
  typeof header === 'string' && CORRELATION_ID.test(header);

/** `undefined` without the header; else 1 to 255 printable ASCII characters. */
export function parseIdempotencyKey(header: Header): string | undefined {
  if (header === undefined) return undefined;
  if (typeof header === 'string' && IDEMPOTENCY_KEY.test(header)) return header;
  throw badHeader('idempotency-key', 'must be 1 to 255 printable ASCII characters');
}

/**
 * The revision the caller has seen. `*`, a list and a weak tag are refused: a command is about one revision, and a caller
 * who asks for less than that would believe to be protected.
 */
export function parseIfMatch(header: Header): number | undefined {
  if (header === undefined) return undefined;
  const revision = typeof header === 'string' ? REVISION.exec(header.trim())?.[1] : undefined;
  if (revision === undefined)
    throw badHeader('if-match', 'must be one revision in quotes, as an ETag gave it: "3"');
  return Number(revision);
}

export const etagOf = (revision: number): string => `"${revision}"`;

export function badHeader(name: string, message: string): HabeasError {
  return new HabeasError('malformed', 'invalid-header', `the header ${name} ${message}`, {
    errors: [{ pointer: `/headers/${name}`, message }],
  });
}
