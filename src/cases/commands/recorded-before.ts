import { HabeasError } from '../../errors.js';
import type { RecordedEvent } from '../../ledger/recorded-event.js';
import type { CommandAnswer, CommandEnvelope } from './case-command.js';
import type { CommandIds } from './command-ids.js';
import type { Fact, FactType } from '../domain/facts/facts.js';
import { ownIdOf } from '../domain/file/own-ids.js';

export const keyReused = (): HabeasError =>
  new HabeasError(
    'semantic',
    'idempotency-key-reused',
    'this Idempotency-Key was used before, for another request',
    { errors: [{ pointer: '/headers/idempotency-key', message: 'was used before for another request' }] },
  );

const caseErased = (): HabeasError =>
  new HabeasError('refused', 'case-erased', 'what was recorded under this Idempotency-Key was erased');

/**
 * The first answer to a command that was carried out before under the same key. Throws if it was another request; of one whose
 * words were erased, whether it was: else whoever guesses them would be told.
 */
export function recordedBefore(
  caseId: string,
  events: readonly RecordedEvent[],
  ids: CommandIds,
  { idempotency }: CommandEnvelope,
): CommandAnswer | undefined {
  if (!idempotency) return undefined;
  const recorded = events.filter(({ causationId }) => causationId === ids.for('command'));
  const last = recorded.at(-1);
  if (!last) return undefined;
  const isErased = events.some(({ type }) => type === ('SubjectErasureStarted' satisfies FactType));
  if (isErased && recorded.some(({ sealed }) => sealed)) throw caseErased();
  if (last.requestDigest !== idempotency.digest) throw keyReused();
  return { ...answerOf(caseId, recorded, last), replayed: true };
}

/** What a caller is told about the events of one command. */
export function answerOf(
  caseId: string,
  events: readonly { eventId: string; type: string; data: Record<string, unknown> }[],
  { revision, position }: { revision: number; position: string },
): CommandAnswer {
  return {
    caseId,
    revision,
    position,
    events: events.map(({ eventId, type }) => ({ eventId, type })),
    ids: idsIn(events as unknown as readonly Fact[]),
    replayed: false,
  };
}

/** `penaltyId` for one, `penaltyIds` for several. */
function idsIn(facts: readonly Fact[]): CommandAnswer['ids'] {
  const byName = Map.groupBy(
    facts.map(ownIdOf).filter((own) => own !== undefined),
    ({ name }) => name,
  );
  return Object.fromEntries(
    [...byName].map(([name, own]) =>
      own.length === 1 ? [name, own[0]!.id] : [`${name}s`, own.map(({ id }) => id)],
    ),
  );
}
