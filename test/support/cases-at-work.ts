import fc from 'fast-check';
import { v7 } from 'uuid';
import { streamOf } from '../../src/cases/case-stream.js';
import type { Fact, RecordedFact } from '../../src/cases/domain/facts/facts.js';
import type { EventStore } from '../../src/event-store/event-store.js';
import type { Ledger } from '../../src/ledger/ledger.js';
import { fact } from './derived.js';
import { histories } from './oracle/arbitraries.js';
import { Halving, ledgerOn } from './ledgers.js';
import { seededRandom } from './random.js';

/** So many cases are being worked on at the same time. */
const OPEN_CASES = 8;
/** So many histories are drawn at once. */
const DRAWN = 50;
const MOST_FACTS_AT_ONCE = 3;
const A_MERGE = 0.3;
/** Of the merges: taken back again, or left with one half written. */
const [TAKEN_BACK, CUT_SHORT] = [0.3, 0.15];
const LATER = '2020-12-31T12:00:00.000Z';

interface OpenCase {
  caseId: string;
  /** Of its last event; -1 before there is one. */
  revision: number;
  toCome: RecordedFact[];
}

/**
 * Caseworkers at many cases at once, past the API but through the ledger: every kind of fact as the service could have recorded
 * it, a few at a time, streams that cross each other, merges and partings, and some that were cut short. The same seed gives the
 * same facts.
 */
export class CasesAtWork {
  /** Events in the store so far. */
  recorded = 0;
  readonly #ledger: Ledger;
  readonly #halving = new Halving();
  readonly #random: () => number;
  #drawn: RecordedFact[][] = [];
  #opened = 0;
  #open: OpenCase[] = [];
  readonly #finished: OpenCase[] = [];

  constructor(
    store: EventStore,
    private readonly seed: number,
  ) {
    this.#ledger = ledgerOn(store);
    this.#random = seededRandom(seed);
  }

  /** Some of the open cases get their next facts, each in an append of its own; now and then two closed ones become one. */
  async goOn(): Promise<void> {
    while (this.#open.length < OPEN_CASES) this.#open.push(this.#next());
    const busy = this.#open.filter(() => this.#random() < 0.5);
    await Promise.all(
      busy.map((one) => {
        const facts = one.toCome.splice(0, 1 + Math.floor(this.#random() * MOST_FACTS_AT_ONCE));
        return this.#record(one, facts, facts.at(-1)?.recordedAt);
      }),
    );
    this.#finished.push(...this.#open.filter(({ toCome }) => toCome.length === 0));
    this.#open = this.#open.filter(({ toCome }) => toCome.length > 0);
    if (this.#random() < A_MERGE) await this.#merge();
  }

  /** One more case is opened, and nothing else recorded of it. */
  async open(): Promise<void> {
    const one = this.#next();
    await this.#record(one, one.toCome.slice(0, 1));
  }

  /** The same until there are so many events. */
  async recordUntil(events: number): Promise<void> {
    while (this.recorded < events) await this.goOn();
  }

  async #merge(): Promise<void> {
    const [loser] = this.#finished.splice(Math.floor(this.#random() * this.#finished.length), 1);
    const survivor = this.#finished[Math.floor(this.#random() * this.#finished.length)];
    if (!loser || !survivor) return;
    const { caseId, revision: throughRevision } = loser;
    const { caseId: intoCaseId } = survivor;
    const reason = 'the same';
    await this.#record(survivor, [fact('CaseAbsorbed', { caseId, throughRevision, reason })]);
    if (this.#random() < CUT_SHORT) return;
    await this.#record(loser, [fact('CaseMerged', { intoCaseId, reason })]);
    if (this.#random() >= TAKEN_BACK) return;
    await this.#record(survivor, [fact('CaseReleasedFromMerge', { caseId, reason })]);
    await this.#record(loser, [fact('CaseUnmerged', { fromCaseId: intoCaseId, reason })]);
    this.#finished.push(loser);
  }

  #next(): OpenCase {
    if (this.#drawn.length === 0) {
      this.#drawn = fc.sample(histories, { numRuns: DRAWN, seed: this.seed + this.#opened });
    }
    this.#opened += 1;
    const history = this.#drawn.pop() ?? [];
    return { caseId: v7(), revision: -1, toCome: ofItsOwn(history, this.#opened) };
  }

  async #record(one: OpenCase, facts: readonly Fact[], recordedAt = LATER): Promise<void> {
    const envelope = { recordedAt, recordedBy: v7(), correlationId: v7(), causationId: v7() };
    const events = facts.map((each) => this.#halving.of(each, eventIdOf(each)));
    const expected = one.revision < 0 ? 'no_stream' : one.revision;
    await this.#ledger.append(streamOf(one.caseId), events, envelope, expected);
    one.revision += events.length;
    this.recorded += events.length;
  }
}

/** Later facts may name it. */
const eventIdOf = (one: Fact | RecordedFact): string => ('eventId' in one ? one.eventId : v7());

/** With a name and with ids that no other history has: merged, two cases are one file. */
function ofItsOwn(history: readonly RecordedFact[], n: number): RecordedFact[] {
  const text = JSON.stringify(history)
    .replaceAll(/0000000([1-9a-f])-0000-4000-8000-/g, `${n.toString(16).padStart(8, '0')}-0000-4000-800$1-`)
    .replaceAll('N. N.', `Дзмітрый Казлоў ${n}`);
  return JSON.parse(text) as RecordedFact[];
}
