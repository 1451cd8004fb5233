import type { Clock } from '../clock.js';
import type { Envelope } from '../ledger/recorded-event.js';
import type { CommandEnvelope } from '../security/command-envelope.js';
import type { CommandIds } from './command-ids.js';

/** Time of recording never goes back within a stream, whatever the clock does. */
export function notBefore(last: string | undefined, clock: Clock): string {
  const now = clock.now().toISOString();
  return last !== undefined && last > now ? last : now;
}

/** What stands beside every event of a command. */
export const envelopeOf = (
  { principalId, correlationId, idempotency }: CommandEnvelope,
  ids: CommandIds,
  recordedAt: string,
): Envelope => ({
  recordedAt,
  recordedBy: principalId,
  correlationId,
  causationId: ids.for('command'),
  ...(idempotency ? { requestDigest: idempotency.digest } : {}),
});
