import { expect } from '@jest/globals';
import { problemIn } from './problem.js';
import type { Reply } from './service.js';

const TAKEN_OR_REFUSED: readonly number[] = [201, 400, 404, 409, 412, 413, 415, 422];

/**
 * Sends something and sees that it is either taken, or refused by a problem document that tells the place of what is malformed,
 * with nothing written. Throws for anything else.
 */
export async function watched<T>(
  send: () => Promise<Reply<T>>,
  head: () => Promise<string | undefined>,
): Promise<Reply<T>> {
  const before = await head();
  const reply = await send();
  expect(TAKEN_OR_REFUSED).toContain(reply.status);
  if (reply.status === 201) return reply;
  const { errors } = problemIn(reply);
  if (reply.status === 400) expect(errors?.length).toBeGreaterThan(0);
  expect(await head()).toBe(before);
  return reply;
}
