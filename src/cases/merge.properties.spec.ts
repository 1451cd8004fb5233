import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DATABASES } from '../../test/support/databases.js';
import { fact } from '../../test/support/derived.js';
import { ReadSide } from '../../test/support/read-side.js';
import { HabeasError } from '../errors.js';
import { OutcomeUnknown } from '../event-store/errors.js';
import type { RecordedEvent } from '../ledger/recorded-event.js';
import type { CaseHistory } from './case-history.js';
import { streamOf } from './case-stream.js';
import { Refusal } from './domain/refusal.js';
import { isOfMerge } from './merges.js';
import { CASES } from './read-models/case-read-model.js';
import { MergeCases, RecordInCase, UnmergeCases } from './commands/case-command.js';
import type { CommandEnvelope } from '../security/command-envelope.js';
import { CaseFiles } from './commands/case-files.js';
import { CasesInSight } from './commands/cases-in-sight.js';
import { ClaimsByEventId } from '../recording/key-claims.js';
import { MergeCasesHandler } from './commands/merge-cases.handler.js';
import { MergePair } from './commands/merge-pair.js';
import { MergeRepair } from './commands/merge-repair.js';
import { StreamRecorder } from '../recording/stream-recorder.js';
import { Recorder } from './commands/recorder.js';
import { Turns } from '../recording/turns.js';
import { RecordInCaseHandler } from './commands/record-in-case.handler.js';
import { UnmergeCasesHandler } from './commands/unmerge-cases.handler.js';

const CASE_COUNT = 4;
const RUNS = 1_000;

/** Something done to cases known by their place; `cut`: the machine goes down before the second half. */
type Step =
  | { do: 'merge' | 'unmerge'; one: number; other: number; cut: boolean }
  | { do: 'note'; one: number }
  | { do: 'repair'; one: number; other: number };

const place = fc.nat(CASE_COUNT - 1);
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    {
      weight: 3,
      arbitrary: fc.record({
        do: fc.constant('merge' as const),
        one: place,
        other: place,
        cut: fc.boolean(),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        do: fc.constant('unmerge' as const),
        one: place,
        other: place,
        cut: fc.boolean(),
      }),
    },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('note' as const), one: place }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('repair' as const), one: place, other: place }) },
  ),
  { maxLength: 12 },
);

/** The commands as they run in the service, on the read side's store. */
class Office {
  readonly turns = new Turns();
  readonly claims = new ClaimsByEventId();
  readonly files: CaseFiles;
  readonly cases: CasesInSight;
  readonly pair: MergePair;
  readonly repair: MergeRepair;
  #down: readonly string[] = [];

  constructor(readonly side: ReadSide) {
    this.files = new CaseFiles(side.ledger, side.histories);
    this.cases = new CasesInSight(this.files);
    this.pair = new MergePair(side.ledger, side.clock);
    this.repair = new MergeRepair(this.files, this.pair, side.unsealing);
    const append = side.store.append.bind(side.store);
    side.store.append = (stream, events, expected) =>
      events.some(({ type }) => this.#down.includes(type))
        ? Promise.reject(new OutcomeUnknown())
        : append(stream, events, expected);
  }

  /** A step that is refused, or cut short, does nothing else. */
  async take(step: Step, ids: readonly string[]): Promise<void> {
    this.side.clock.forward(1);
    this.#down = 'cut' in step && step.cut ? ['CaseMerged', 'CaseUnmerged'] : [];
    await this.#carryOut(step, ids).catch((error: unknown) => {
      if (!(error instanceof Refusal) && !(error instanceof HabeasError)) throw error;
    });
    this.#down = [];
  }

  async #carryOut(step: Step, ids: readonly string[]): Promise<unknown> {
    const envelope: CommandEnvelope = { principalId: 'p', roles: ['caseworker'], correlationId: 'c' };
    const one = ids[step.one] ?? '';
    switch (step.do) {
      case 'note': {
        const recorder = new Recorder(
          new StreamRecorder(this.turns, this.side.ledger, this.claims, this.side.clock),
          this.side.book,
        );
        const command = { name: 'RecordFact', fact: { type: 'NoteAdded', data: { text: 'seen' } } } as const;
        return new RecordInCaseHandler(recorder, this.files, this.cases).execute(
          new RecordInCase(one, command, envelope),
        );
      }
      case 'merge': {
        const handler = new MergeCasesHandler(this.turns, this.cases, this.pair, this.claims, this.repair);
        return handler.execute(
          new MergeCases(one, { intoCaseId: ids[step.other] ?? '', reason: 'r' }, envelope),
        );
      }
      case 'unmerge': {
        const handler = new UnmergeCasesHandler(this.turns, this.cases, this.pair, this.claims, this.repair);
        return handler.execute(new UnmergeCases(one, { reason: 'r' }, envelope));
      }
      case 'repair':
        return this.repair.repair({ survivorId: one, loserId: ids[step.other] ?? '' });
    }
  }
}

/** Of the events that have nothing to do with merges. */
const idsOfLasting = (events: readonly RecordedEvent[]): string[] =>
  events.filter((event) => !isOfMerge(event)).map(({ eventId }) => eventId);

describe.each(DATABASES)('whatever is merged, parted and cut short, on %s', (database, fresh) => {
  let side: ReadSide;
  let office: Office;

  beforeAll(async () => {
    side = await ReadSide.start(fresh);
    office = new Office(side);
  });

  afterAll(() => side.stop());

  const openCases = async (): Promise<string[]> => {
    const ids = Array.from({ length: CASE_COUNT }, randomUUID);
    for (const id of ids)
      await side.record(id, fact('CaseOpened', { person: { names: [{ form: 'P' }], roles: [] } }));
    return ids;
  };

  const answersOf = async (ids: readonly string[]): Promise<CaseHistory[]> =>
    Promise.all(ids.map(async (id) => (await side.histories.load(id))!));

  const run = async (taken: readonly Step[], after = async () => {}): Promise<string[]> => {
    const ids = await openCases();
    await after();
    for (const step of taken) {
      await office.take(step, ids);
      await after();
    }
    return ids;
  };

  const readModelShows = async (): Promise<void> =>
    side.projections.waitFor(CASES, (await side.store.head()) ?? '', 60_000);

  it('every id answers, and every note and every case is in exactly one answer', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (taken) => {
        const ids = await run(taken);
        const answers = await answersOf(ids);
        const distinct = [...new Map(answers.map((answer) => [answer.caseId, answer])).values()];
        const held = distinct.flatMap(({ caseId, mergedFrom }) => [caseId, ...mergedFrom]);
        expect(held).toHaveLength(CASE_COUNT);
        expect(new Set(held)).toEqual(new Set(ids));
        for (const [i, { caseId, mergedFrom }] of answers.entries())
          expect([caseId, ...mergedFrom]).toContain(ids[i]);

        const streams = await Promise.all(ids.map((id) => side.ledger.read(streamOf(id))));
        const lasting = idsOfLasting(streams.flat());
        const shown = idsOfLasting(distinct.flatMap(({ events }) => events));
        expect(shown).toHaveLength(lasting.length);
        expect(new Set(shown)).toEqual(new Set(lasting));
      }),
      { numRuns: RUNS },
    );
  }, 120_000);

  it('the read model says the same, and knows which merges are half done', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (taken) => {
        // Step by step: what is derived all at once tells nothing of what a single fact must bring about.
        const ids = await run(taken, readModelShows);
        const answers = await answersOf(ids);
        for (const [i, { caseId, mergedFrom, revision, position }] of answers.entries()) {
          expect(await side.records.find(ids[i]!)).toMatchObject({ caseId, mergedFrom, revision, position });
        }
        const open = (await side.records.openMerges()).filter(({ survivorId }) => ids.includes(survivorId));
        const halfDone = new Map(answers.map((answer) => [answer.caseId, answer.halfDone]));
        const byName = (pairs: readonly object[]): Set<string> =>
          new Set(pairs.map((pair) => JSON.stringify(pair)));
        expect(byName(open)).toEqual(byName([...halfDone.values()].flat()));
      }),
      // Each step is waited for.
      { numRuns: database === 'SQLite' ? RUNS / 5 : RUNS / 25 },
    );
  }, 240_000);

  it('once every half is completed, the two streams of every merge say the same', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (taken) => {
        const ids = await run(taken);
        for (const { halfDone } of await answersOf(ids)) {
          for (const pair of halfDone) await office.repair.repair(pair);
        }
        for (const { halfDone } of await answersOf(ids)) expect(halfDone).toEqual([]);
      }),
      { numRuns: RUNS },
    );
  }, 120_000);
});
