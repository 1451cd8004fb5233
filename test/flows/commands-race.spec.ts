import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Caseworker } from '../support/caseworker.js';
import { startService, type Service } from '../support/service.js';

const COMMANDS = 200;

let service: Service;
let callers: [Caseworker, Caseworker];

beforeAll(async () => {
  service = await startService({ env: { HABEAS_LOG_LEVEL: 'warn' } });
  callers = [await Caseworker.of(service), await Caseworker.joining(service)];
});

afterAll(() => service.close());

const AT_ONCE = 10;
const LONG = 120_000;

const numbers = [...Array(COMMANDS).keys()];

/** Two lists of the same, in whatever order. */
const sorted = (texts: readonly unknown[]): string[] =>
  texts.map(String).toSorted((a, b) => a.localeCompare(b));

const textsIn = async (caseId: string): Promise<unknown[]> =>
  (await callers[0].history(caseId)).slice(1).map(({ data }) => data['text']);

/** Both callers at the same time, each with half of the commands, some of its own at once. */
async function race<T>(send: (caller: Caseworker, n: number) => Promise<T>): Promise<T[]> {
  const halves = callers.map(async (caller, who) => {
    const answers: T[] = [];
    const mine = numbers.filter((n) => n % 2 === who);
    for (let done = 0; done < mine.length; done += AT_ONCE) {
      answers.push(...(await Promise.all(mine.slice(done, done + AT_ONCE).map((n) => send(caller, n)))));
    }
    return answers;
  });
  return (await Promise.all(halves)).flat();
}

describe(`two callers race ${COMMANDS} commands on one case`, () => {
  it(
    'with no word on its revision: every command is recorded once, at a revision of its own',
    async () => {
      const caseId = await callers[0].open();
      const answers = await race((caller, n) => caller.record(`/${caseId}/notes`, { text: `note ${n}` }));
      expect(sorted(answers.map(({ revision }) => revision))).toEqual(sorted(numbers.map((n) => n + 1)));
      expect(sorted(await textsIn(caseId))).toEqual(sorted(numbers.map((n) => `note ${n}`)));
    },
    LONG,
  );

  it(
    'each of them for the same revision: exactly one wins it',
    async () => {
      const caseId = await callers[0].open();
      const winners: string[] = [];
      for (const n of numbers) {
        const replies = await Promise.all(
          callers.map((caller, who) =>
            caller.send(`/${caseId}/notes`, { text: `${who} at ${n}` }, { 'if-match': `"${n}"` }),
          ),
        );
        expect(sorted(replies.map(({ status }) => status))).toEqual(['201', '412']);
        winners.push(`${replies.findIndex(({ status }) => status === 201)} at ${n}`);
      }
      expect(await textsIn(caseId)).toEqual(winners);
    },
    LONG,
  );

  it(
    'each sent twice at once with its key: it is recorded once, and both get the same answer',
    async () => {
      const caseId = await callers[0].open();
      const pairs = await race((caller, n) => {
        const send = () =>
          caller.send(`/${caseId}/notes`, { text: `note ${n}` }, { 'idempotency-key': `race ${n}` });
        return Promise.all([send(), send()]);
      });
      for (const [one, other] of pairs) {
        expect([one.status, other.status]).toEqual([201, 201]);
        expect(one.body).toEqual(other.body);
        expect(
          [one, other].filter(({ headers }) => headers.get('idempotency-replayed') === 'true'),
        ).toHaveLength(1);
      }
      expect(sorted(await textsIn(caseId))).toEqual(sorted(numbers.map((n) => `note ${n}`)));
    },
    LONG,
  );
});
