import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Caseworker, since, type HistoryEvent } from '../support/caseworker.js';
import { eventually } from '../support/eventually.js';
import { Installation, type ChildService } from '../support/installation.js';
import { seededRandom } from '../support/random.js';
import { Caller } from './support/caller.js';
import { expected, seeAnswers, type Expected } from './support/examination.js';
import { Notebook } from './support/notebook.js';

const KILLS = 50;
const CALLERS = 6;
/** Of a round; which of them is the last one sent, is left to chance. */
const MOST_COMMANDS = 24;
const READY_WITHIN_MS = 5_000;
const DAYS = ['2019-05-08', '2019-08-13', '2019-12-01', '2020-02-07'];
const LONG = 900_000;

const random = seededRandom(9);
const upTo = (most: number): number => Math.floor(random() * most);

let installation: Installation;
let service: ChildService;
let caseworker: Caseworker;
/** Is answered from the read model alone; to a caseworker the streams are opened. */
let auditor: Caseworker;
const notebook = new Notebook();

/** Starts the service and waits until it is ready; gives how long that took. */
async function startUntilReady(): Promise<number> {
  const began = performance.now();
  service = await installation.start();
  await eventually(async () => (await service.request('GET', '/health/ready')).status === 200, 60_000);
  caseworker = await Caseworker.of(service);
  auditor = Caseworker.with(service, await service.keyFor('auditor'));
  return performance.now() - began;
}

beforeAll(async () => {
  installation = await Installation.make();
  await installation.compile();
}, LONG);

afterAll(() => installation.remove());

/** Lets all callers send commands, and kills the service while one of them is on its way. */
async function killWhileTheyWork(callers: readonly Caller[]): Promise<void> {
  let left = 1 + upTo(MOST_COMMANDS);
  const turns = upTo(30);
  const killSoon = async (): Promise<void> => {
    for (let turn = 0; turn < turns; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    service.process.kill('SIGKILL');
  };
  const sending = (): void => {
    left -= 1;
    if (left === 0) void killSoon();
  };
  await Promise.all(callers.map((caller) => caller.work(caseworker, sending)));
  expect(await service.ended).toEqual({ code: null, signal: 'SIGKILL' });
}

/** Reads a case and sees that it holds what was acknowledged, once; so many commands may have been carried out unheard. */
async function historyOf(reader: Caseworker, caseId: string, unanswered = 0): Promise<HistoryEvent[]> {
  const history = await reader.history(caseId);
  expect({ caseId, faults: notebook.faultsIn(caseId, history, unanswered) }).toEqual({ caseId, faults: [] });
  return history;
}

/** Sees besides that every answer about each case is derived from what it holds. */
async function seeCases(caseIds: readonly string[], asOf: string): Promise<void> {
  const cases: Expected[] = [];
  for (const caseId of caseIds) cases.push(expected(caseId, await historyOf(auditor, caseId), asOf));
  await seeAnswers(auditor, cases, asOf);
}

/** Waits until the read model shows what was answered. */
async function caughtUp(answers: readonly { position: string }[]): Promise<void> {
  const newest = answers.map(({ position }) => position).reduce((a, b) => (a > b ? a : b));
  expect((await caseworker.get(`/v1/cases?limit=1&${since(newest)}`)).status).toBe(200);
}

it(
  `killed ${KILLS} times in the middle of appends, the service loses nothing, doubles nothing and answers from what it has`,
  async () => {
    const tookEmpty = await startUntilReady();
    const shared = await caseworker.record('', { person: { names: [{ form: 'Shared' }], roles: [] } });
    notebook.acknowledged(shared);
    const callers = Array.from(
      { length: CALLERS },
      (_, n) => new Caller(`caller ${n}`, shared.caseId, notebook),
    );
    const took: number[] = [];
    for (let kill = 1; kill <= KILLS; kill += 1) {
      await killWhileTheyWork(callers);
      took.push(await startUntilReady());
      const changed = notebook.changedCases();
      for (const caseId of changed) await historyOf(caseworker, caseId, CALLERS);
      const answers = await Promise.all(callers.map((caller) => caller.sendOnce(caseworker)));
      await caughtUp(answers);
      await seeCases([...new Set([...changed, ...notebook.changedCases()])], DAYS[upTo(DAYS.length)]!);
    }
    await seeCases(notebook.caseIds, '2020-02-07');
    // Where even an empty one takes longer to start than here, the machine is busy with something else.
    expect(median(took)).toBeLessThan(Math.max(READY_WITHIN_MS, 2 * tookEmpty));
  },
  LONG,
);

const median = (numbers: readonly number[]): number =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)]!;

describe('this examination would see', () => {
  const event = (eventId: string, revision: number): HistoryEvent => ({
    eventId,
    revision,
    type: 'NoteAdded',
    data: {},
    causationId: `command of ${eventId}`,
  });
  const told = new Notebook();
  told.acknowledged({ caseId: 'c', events: ['a', 'b'].map((eventId) => ({ eventId, type: 'NoteAdded' })) });

  it.each([
    ['a fact that is lost', [event('a', 0)], ['b is lost']],
    ['a fact that is doubled', [event('a', 0), event('b', 1), event('a', 2)], ['a stands twice']],
    ['a revision left out', [event('a', 0), event('b', 2)], ['revision 2 is out of place']],
    [
      'a command that was carried out twice',
      [event('a', 0), event('b', 1), event('x', 2)],
      ['1 commands that nobody was told of'],
    ],
  ])('%s', (_, history, faults) => {
    expect(told.faultsIn('c', [event('a', 0), event('b', 1)])).toEqual([]);
    expect(told.faultsIn('c', history)).toEqual(faults);
  });

  it(
    'an answer that is not derived from what is stored',
    async () => {
      const [caseId = ''] = notebook.caseIds.slice(1);
      await service.kill('SIGTERM');
      const database = new DatabaseSync(join(installation.dataDir, 'read.db'));
      const [table] = database
        .prepare("select name from sqlite_master where name like 'cases_g%' and type = 'table'")
        .all();
      database
        .prepare(
          `update ${String(table?.['name'])} set docket = replace(docket, '"days":9', '"days":8') where case_id = ?`,
        )
        .run(caseId);
      database.close();
      await startUntilReady();
      await expect(seeCases([caseId], '2020-02-07')).rejects.toThrow(/daysImposed/);
    },
    LONG,
  );
});
