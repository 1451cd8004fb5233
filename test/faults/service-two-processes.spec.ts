import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Caseworker, since, type Refused } from '../support/caseworker.js';
import { Installation, type ChildService } from '../support/installation.js';
import { expected, seeAnswers } from './support/examination.js';

const COMMANDS = 100;
const AT_ONCE = 10;
const LONG = 180_000;

let installation: Installation;
let services: [ChildService, ChildService];
/** The same person, at the one service and at the other. */
let desks: [Caseworker, Caseworker];

beforeAll(async () => {
  installation = await Installation.make();
  services = [await installation.start(), await installation.start()];
  const caseworker = await Caseworker.of(services[0]);
  desks = [caseworker, caseworker.at(services[1])];
}, LONG);

afterAll(() => installation.remove());

const TODAY = '2020-02-07';
const numbers = [...Array(COMMANDS).keys()];

/** Runs some of them at once, until all are done. */
async function forAll(work: (n: number) => Promise<unknown>): Promise<void> {
  for (let done = 0; done < COMMANDS; done += AT_ONCE) {
    await Promise.all(numbers.slice(done, done + AT_ONCE).map(work));
  }
}

const texts = async (desk: Caseworker, caseId: string): Promise<string[]> =>
  (await desk.history(caseId))
    .slice(1)
    .map(({ data }) => String(data['text']))
    .toSorted();

describe('two services on the same data', () => {
  it('each answer from what the other has recorded', async () => {
    for (const [here, there] of [desks, desks.toReversed() as [Caseworker, Caseworker]]) {
      const { caseId, position } = await here.openServing();
      const { body } = await there.get(`/v1/cases/${caseId}?asOf=${TODAY}&${since(position)}`);
      expect(body).toMatchObject(expected(caseId, await there.history(caseId), TODAY));
    }
  });

  it(
    'record a command once that is sent to both with one key, and give it one answer',
    async () => {
      const caseId = await desks[0].open();
      await forAll(async (n) => {
        const note = { text: `note ${n}` };
        const key = { 'idempotency-key': `both ${n}` };
        const [one, other] = await Promise.all(
          desks.map((desk) => desk.record(`/${caseId}/notes`, note, key)),
        );
        expect(one).toEqual(other);
      });
      const recorded = await texts(desks[1], caseId);
      expect(recorded).toHaveLength(COMMANDS);
      expect(new Set(recorded)).toEqual(new Set(numbers.map((n) => `note ${n}`)));
    },
    LONG,
  );

  it(
    'let one command have each revision, whichever of them it comes to',
    async () => {
      const caseId = await desks[0].open();
      await forAll((n) => desks[n % 2]!.record(`/${caseId}/notes`, { text: `note ${n}` }));
      const history = await desks[0].history(caseId);
      expect(history.map(({ revision }) => revision)).toEqual([0, ...numbers.map((n) => n + 1)]);

      const ifMatch = { 'if-match': `"${COMMANDS}"` };
      const replies = await Promise.all(
        desks.map((desk) => desk.send<Refused>(`/${caseId}/notes`, { text: 'mine' }, ifMatch)),
      );
      expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([201, 412]));
      expect(await desks[1].history(caseId)).toHaveLength(COMMANDS + 2);
    },
    LONG,
  );

  it(
    'do without each other: when one is killed, the other goes on and its answers keep up',
    async () => {
      const cases: string[] = [];
      for (const desk of desks) cases.push((await desk.openServing()).caseId);
      const dying = forAll((n) =>
        desks[1].send(`/${cases[1]}/notes`, { text: `${n}` }).catch(() => undefined),
      );
      const going = forAll(async (n) => {
        await desks[0].record(`/${cases[0]}/notes`, { text: `${n}` });
        if (n === COMMANDS / 2) services[1].process.kill('SIGKILL');
      });
      await Promise.all([dying, going]);
      const { position } = await desks[0].record(`/${cases[1]}/notes`, { text: 'the last' });
      expect((await desks[0].get(`/v1/cases?limit=1&${since(position)}`)).status).toBe(200);
      const derived = [];
      for (const caseId of cases) derived.push(expected(caseId, await desks[0].history(caseId), TODAY));
      await seeAnswers(desks[0], derived, TODAY);
      expect((await services[0].request<{ items: unknown[] }>('GET', '/v1/parked')).body.items).toEqual([]);
      expect(await services[0].kill('SIGTERM')).toEqual({ code: 0, signal: null });
    },
    LONG,
  );
});
