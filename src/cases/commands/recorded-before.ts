import { HabeasError } from '../../errors.js';
import type { RecordedEvent } from '../../ledger/recorded-event.js';
import type { CommandIds } from '../../recording/command-ids.js';
import { recordedUnder, type Recorded } from '../../recording/stream-recorder.js';
import type { CommandEnvelope } from '../../security/command-envelope.js';
import type { Fact, FactType } from '../domain/facts/facts.js';
import { ownIdOf } from '../domain/file/own-ids.js';
import type { CommandAnswer } from './case-command.js';

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
  envelope: CommandEnvelope,
): CommandAnswer | undefined {
  const before = recordedUnder(events, ids, envelope, (recorded) => refuseIfWordsAreGone(events, recorded));
  return before && answerOf(caseId, before.events, before, before.replayed);
}

/** `events` are of the case, `recorded` those of one command among them. */
export function refuseIfWordsAreGone(
  events: readonly RecordedEvent[],
  recorded: readonly RecordedEvent[],
): void {
  const isErased = events.some(({ type }) => type === ('SubjectErasureStarted' satisfies FactType));
  if (isErased && recorded.some(({ sealed }) => sealed)) throw caseErased();
}

/** What a caller is told about the events of one command. */
export function answerOf(
  caseId: string,
  events: Recorded['events'],
  { revision, position }: Pick<Recorded, 'revision' | 'position'>,
  replayed = false,
): CommandAnswer {
  return {
    caseId,
    revision,
    position,
    events: events.map(({ eventId, type }) => ({ eventId, type })),
    ids: idsIn(events as unknown as readonly Fact[]),
    replayed,
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
