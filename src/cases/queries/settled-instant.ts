import type { Clock } from '../../clock.js';
import { HabeasError } from '../../errors.js';

/** A later instant may still be written to: what was answered for it would change. */
export const SETTLED_AFTER_MS = 5_000;

/** Where a question was put: what the pointers of its faults begin with. */
export type AskedIn = 'query' | 'body';

/** `knownAt` is RFC 3339; `part`: where it came from. Throws `malformed` for an instant of which it is not settled yet what was known. */
export function requireSettled(knownAt: string, clock: Clock, part: AskedIn = 'query'): void {
  const latest = clock.now().getTime() - SETTLED_AFTER_MS;
  if (Date.parse(knownAt) <= latest) return;
  throw new HabeasError('malformed', `invalid-${part}`, 'what was known is not settled yet at that instant', {
    errors: [{ pointer: `/${part}/knownAt`, message: 'is not an instant of at least 5 seconds ago' }],
  });
}
