import type { FastifyRequest } from 'fastify';
import { badHeader } from './conditional-headers.js';

const LONGEST = 200;
/** A header takes no others. */
const PRINTABLE_ASCII = /^[\x20-\x7e]+$/;
/** Also what turns the direction of writing, or is seen by nobody. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

/**
 * Why a caller asks, in their own words: `X-Purpose`, in UTF-8, percent-encoded where it is not printable ASCII. Undefined
 * without the header; throws `malformed` for one that is not 1 to 200 visible characters.
 */
export function parsePurpose(header: string | string[] | undefined): string | undefined {
  if (header === undefined) return undefined;
  const purpose = typeof header === 'string' && PRINTABLE_ASCII.test(header) ? decoded(header) : undefined;
  if (purpose === undefined || purpose === '' || purpose.length > LONGEST || INVISIBLE.test(purpose)) {
    throw badHeader(
      'x-purpose',
      `must be 1 to ${LONGEST} visible characters, percent-encoded where they are not ASCII`,
    );
  }
  return purpose;
}

export const purposeIn = ({ headers }: FastifyRequest): string | undefined =>
  parsePurpose(headers['x-purpose']);

function decoded(header: string): string | undefined {
  try {
    return decodeURIComponent(header).trim();
  } catch {
    return undefined;
  }
}
