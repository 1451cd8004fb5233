import { v7 } from 'uuid';
import { type DataKeys } from '../../src/ledger/data-keys.js';
import { type EventStore } from '../../src/event-store/event-store.js';
import { Ledger } from '../../src/ledger/ledger.js';
import { Upcasting } from '../../src/ledger/upcasting.js';
import { say } from '../harness/program.js';
import { FACTS_A_CASE, ordinaryCase } from '../rebuild-facts.js';
import { inHalves } from './in-halves.js';
import { KeysInMemory } from './keys-in-memory.js';

const CASES_AT_ONCE = 256;
const ENVELOPE = {
  recordedAt: '2020-02-07T12:00:00.000Z',
  recordedBy: 'bench',
  correlationId: 'bench',
  causationId: 'bench',
};

/**
 * Fills an event store with ordinary cases, past the API but through the same ledger. Many cases are under way at a
 * time, so that the facts of one do not lie side by side, as they never do. Without `keys` nobody can open what is sealed. Gives
 * the ids of the cases.
 */
export async function writeStore(
  store: EventStore,
  facts: number,
  keys: DataKeys = new KeysInMemory(),
): Promise<string[]> {
  const began = performance.now();
  const caseIds = await writeCases(
    new Ledger(store, new Upcasting([]), keys),
    Math.ceil(facts / FACTS_A_CASE),
  );
  const rate = facts / ((performance.now() - began) / 1000);
  say(`${facts.toLocaleString('en')} facts written, ${Math.round(rate).toLocaleString('en')}/s`);
  return caseIds;
}

async function writeCases(ledger: Ledger, count: number): Promise<string[]> {
  const caseIds: string[] = [];
  for (let first = 0; first < count; first += CASES_AT_ONCE) {
    const under = Array.from({ length: Math.min(CASES_AT_ONCE, count - first) }, (_, n) => ({
      caseId: v7(),
      facts: ordinaryCase(first + n),
    }));
    for (let revision = 0; revision < FACTS_A_CASE; revision++) {
      await Promise.all(
        under.map(({ caseId, facts }) =>
          ledger.append(
            `case-${caseId}`,
            facts.slice(revision, revision + 1).map(inHalves),
            ENVELOPE,
            revision === 0 ? 'no_stream' : revision - 1,
          ),
        ),
      );
    }
    caseIds.push(...under.map(({ caseId }) => caseId));
  }
  return caseIds;
}
