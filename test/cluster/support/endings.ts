import type { Caseworker, HistoryEvent } from '../../support/caseworker.js';
import type { FinalHistories, StoredEvent } from './checker/final-history.js';

/** What a case holds in the end, and where its last event is. */
export interface Ending {
  events: readonly StoredEvent[];
  last: { revision: number; position: string };
}

async function endingOf(caseworker: Caseworker, caseId: string): Promise<Ending> {
  const history = await caseworker.history(caseId);
  const last = history.at(-1);
  if (!last) throw new Error(`nothing is recorded of ${caseId}`);
  return {
    events: history.map(storedEvent),
    last: { revision: last.revision, position: String(last['position']) },
  };
}

export async function endingsOf(
  caseworker: Caseworker,
  cases: readonly string[],
): Promise<ReadonlyMap<string, Ending>> {
  return new Map(
    await Promise.all(cases.map(async (caseId) => [caseId, await endingOf(caseworker, caseId)] as const)),
  );
}

export const historiesIn = (endings: ReadonlyMap<string, Ending>): FinalHistories =>
  new Map([...endings].map(([caseId, { events }]) => [caseId, events]));

const storedEvent = ({ eventId, revision, type, correlationId }: HistoryEvent): StoredEvent => ({
  eventId,
  revision,
  type,
  key: String(correlationId),
});
