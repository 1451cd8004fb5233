import { v7 } from 'uuid';
import { streamOf } from '../../src/cases/case-stream.js';
import type { Fact } from '../../src/cases/domain/facts/facts.js';
import type { EventStore } from '../../src/event-store/event-store.js';
import type { Ledger } from '../../src/ledger/ledger.js';
import { fact } from './derived.js';
import { Halving, ledgerOn } from './ledgers.js';
import { seededRandom } from './random.js';

/** So many of the cases are merged into another one, and every third of these parted again. */
const MERGES = 12;
const ENVELOPE = {
  recordedAt: '2020-02-07T12:00:00.000Z',
  recordedBy: '0197c5a0-0000-7000-8000-000000000001',
  correlationId: '0197c5a0-0000-7000-8000-000000000002',
  causationId: '0197c5a0-0000-7000-8000-000000000003',
};

/**
 * Records cases that were worked on at the same time, past the API but through the ledger, until there are so many events:
 * appends of one to three facts, streams that cross each other, and pairs of streams that tell of one merge. Gives their ids.
 */
export async function recordCases(
  store: EventStore,
  { events, cases }: { events: number; cases: number },
): Promise<string[]> {
  const desk = new Recording(ledgerOn(store), seededRandom(events));
  const caseIds = Array.from({ length: cases }, () => v7());
  await Promise.all(caseIds.map((caseId, n) => desk.open(caseId, n)));
  const merges = Math.min(MERGES, Math.floor(cases / 3));
  while (desk.recorded < events - 4 * merges - 3 * cases) {
    const busy = caseIds.filter(() => desk.chance(0.4));
    await Promise.all(busy.map((caseId) => desk.work(caseId)));
  }
  for (let n = 0; n < merges; n += 1) {
    await desk.merge(caseIds[2 * n] ?? '', caseIds[2 * n + 1] ?? '', n % 3 === 0);
  }
  const left = caseIds.slice(2 * merges);
  for (let n = 0; desk.recorded < events; n += 1) await desk.work(left[n % left.length] ?? '', 1);
  return caseIds;
}

class Recording {
  recorded = 0;
  readonly #halving = new Halving();
  readonly #revisions = new Map<string, number>();

  constructor(
    private readonly ledger: Ledger,
    private readonly random: () => number,
  ) {}

  chance(share: number): boolean {
    return this.random() < share;
  }

  open(caseId: string, n: number): Promise<void> {
    const person = { names: [{ form: `Дзмітрый Казлоў ${n}` }], roles: ['protester' as const] };
    return this.#record(caseId, [fact('CaseOpened', { person })]);
  }

  work(caseId: string, facts = 1 + Math.floor(this.random() * 3)): Promise<void> {
    const text = 'Прыйшлі ноччу; "адваката" не пусцілі\n'.repeat(Math.ceil(this.random() * 6));
    return this.#record(
      caseId,
      Array.from({ length: facts }, () => fact('NoteAdded', { text })),
    );
  }

  async merge(caseId: string, intoCaseId: string, andPart: boolean): Promise<void> {
    const throughRevision = this.#revisions.get(caseId) ?? 0;
    await this.#record(intoCaseId, [fact('CaseAbsorbed', { caseId, throughRevision, reason: 'the same' })]);
    await this.#record(caseId, [fact('CaseMerged', { intoCaseId, reason: 'the same' })]);
    if (!andPart) return;
    await this.#record(intoCaseId, [fact('CaseReleasedFromMerge', { caseId, reason: 'two after all' })]);
    await this.#record(caseId, [fact('CaseUnmerged', { fromCaseId: intoCaseId, reason: 'two after all' })]);
  }

  async #record(caseId: string, facts: readonly Fact[]): Promise<void> {
    const before = this.#revisions.get(caseId);
    this.#revisions.set(caseId, (before ?? -1) + facts.length);
    this.recorded += facts.length;
    const events = facts.map((each) => this.#halving.of(each, v7()));
    await this.ledger.append(streamOf(caseId), events, ENVELOPE, before ?? 'no_stream');
  }
}
