import { HabeasError } from '../errors.js';
import { findFault } from './json-faults.js';

const decoder = new TextDecoder('utf-8', { fatal: true });

/** Gives the body as JSON.parse does (the last of two equal members wins), or throws `malformed` with a pointer. An empty body is none. */
export function parseJsonBody(bytes: Buffer): unknown {
  if (bytes.length === 0) return undefined;
  const body = parse(decode(bytes));
  const fault = findFault(body);
  if (fault) {
    throw new HabeasError('malformed', 'invalid-body', 'the body breaks a rule that holds for every body', {
      errors: [{ pointer: `/body${fault.pointer}`, message: fault.message }],
    });
  }
  return body;
}

/** Names come in many scripts: bytes that are not UTF-8 are refused rather than replaced. */
function decode(bytes: Buffer): string {
  try {
    return decoder.decode(bytes);
  } catch {
    throw malformed('the body is not UTF-8');
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // The parser's own message quotes the body, and with it what is personal.
    throw malformed('the body is not JSON');
  }
}

function malformed(message: string): HabeasError {
  return new HabeasError('malformed', 'malformed-json', message, { errors: [{ pointer: '/body', message }] });
}
