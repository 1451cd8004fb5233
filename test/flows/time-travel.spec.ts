import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Fact } from '../../src/cases/domain/facts/facts.js';
import type { CasePageDto } from '../../src/cases/http/answers/case-answer.dto.js';
import { Caseworker, newId, since } from '../support/caseworker.js';
import { FixedClock } from '../support/fixed-clock.js';
import { problemIn } from '../support/problem.js';
import { startService, type Service } from '../support/service.js';
import { chosen, DAYS, stories, type Move } from '../support/stories.js';

const clock = new FixedClock('2020-03-01T09:00:00.000Z');
let service: Service;
let caseworker: Caseworker;
let auditorKey: string;

beforeAll(async () => {
  service = await startService({ clock });
  caseworker = await Caseworker.of(service);
  auditorKey = await service.keyFor('auditor');
});

afterAll(() => service.close());

const settled = (): string => new Date(clock.now().getTime() - 5_000).toISOString();

/** Where a fact is sent to, and with what; null: not from here. */
function commandOf({ type, data }: Fact): [path: string, body: object] | null {
  // A penalty makes its decision; the ids of the stories are of no use to another story.
  const {
    detentionId: _d,
    penaltyId: _p,
    decisionId: _c,
    denialId: _n,
    ...body
  } = data as Record<string, unknown>;
  const paths: Partial<Record<Fact['type'], string>> = {
    Arrested: 'arrests',
    Sentenced: 'sentences',
    NameRecorded: 'names',
    RoleRecorded: 'roles',
    CounselDenied: 'counsel-denials',
    CaseClosed: 'closures',
    CaseReopened: 'reopenings',
  };
  const path = paths[type];
  return path === undefined ? null : [path, body];
}

/** Some cases of the register, worked on by somebody who may be refused. */
class Work {
  readonly cases: string[] = [];

  async move(move: Move): Promise<void> {
    clock.forward(move.kind === 'wait' ? move.seconds : 1);
    if (move.kind === 'wait') return;
    if (move.kind === 'open') {
      this.cases.push(await caseworker.open(`Person ${this.cases.length}`));
      return;
    }
    const caseId = chosen(this.cases, move.which)!;
    const command = await this.#command(caseId, move);
    if (!command) return;
    const { status } = await caseworker.send(`/${caseId}/${command[0]}`, command[1]);
    expect([201, 409]).toContain(status);
  }

  async #command(caseId: string, move: Move): Promise<[path: string, body: object] | null> {
    switch (move.kind) {
      case 'record':
        return commandOf(move.fact);
      case 'merge':
        return ['merges', { intoCaseId: chosen(this.cases, move.into), reason: 'one person' }];
      case 'part':
        return ['unmerges', { reason: 'two after all' }];
      case 'correct':
      case 'void': {
        const events = (await caseworker.history(caseId)).filter((event) => event['caseId'] === caseId);
        const { eventId, data } = chosen(events.slice(1), move.target) ?? {};
        if (eventId === undefined) return null;
        if (move.kind === 'void') return ['voids', { eventId, reason: 'duplicate' }];
        return data && 'at' in data
          ? ['corrections', { eventId, data: { ...data, at: move.at }, reason: 'misread' }]
          : null;
      }
      default:
        return null;
    }
  }
}

/** Everything that is answered, but for the request that it was answered to. */
const answered = async (path: string, key: string): Promise<unknown> => {
  const { status, body } = await service.request('GET', path, { key });
  const { instance: _, ...rest } = body;
  return { status, body: rest };
};

describe('an answer as of a day, as known at an instant, over HTTP', () => {
  it('never changes, of a case and of a list, whatever is recorded afterwards', async () => {
    const property = fc.asyncProperty(stories(12), async (moves) => {
      const work = new Work();
      const asked: { path: string; key: string; first: unknown }[] = [];
      for (const move of moves) {
        await work.move(move);
        if (move.kind !== 'wait') continue;
        const question = `asOf=${chosen(DAYS, move.seconds)}&knownAt=${settled()}`;
        const paths = work.cases.map((caseId) => `/v1/cases/${caseId}?${question}`);
        const lists = ['limit=3', 'limit=2&finding=unsourced'];
        paths.push(...lists.map((filter) => `/v1/cases?${question}&${filter}`));
        for (const path of paths)
          for (const key of [caseworker.key, auditorKey])
            asked.push({ path, key, first: await answered(path, key) });
      }
      const now = [];
      for (const { path, key } of asked) now.push(await answered(path, key));
      expect(now).toEqual(asked.map(({ first }) => first));
    });
    await fc.assert(property, { numRuns: 4, endOnFailure: true });
  }, 120_000);
});

describe('a list as known at an instant', () => {
  it('is asked for in a body, too, and goes on where its cursor says', async () => {
    const campaignId = newId();
    const opened: string[] = [];
    for (let n = 0; n < 3; n++) {
      const caseId = await caseworker.open(`Person ${n}`);
      await caseworker.record(`/${caseId}/arrests`, { at: '2020-02-01', campaignId });
      opened.unshift(caseId);
    }
    clock.forward(10);
    const body = { campaignId, knownAt: settled(), limit: 2 };
    await caseworker.record(`/${opened[2]}/notes`, { text: 'seen' });
    const first = await service.request<CasePageDto>('POST', '/v1/cases/search', {
      body,
      key: caseworker.key,
    });
    expect(first.body.items.map(({ caseId }) => caseId)).toEqual(opened.slice(0, 2));
    const query = new URLSearchParams({ ...body, limit: '2' }).toString();
    const { headers } = await caseworker.get(`/v1/cases?${query}`);
    const next = /^<([^>]+)>; rel="next"$/.exec(headers.get('link') ?? '')?.[1] ?? '';
    const last = await caseworker.get<CasePageDto>(next);
    expect(last.body).toMatchObject({ items: [{ caseId: opened[2], knownAt: body.knownAt }], next: null });
    const other = next.replace(encodeURIComponent(body.knownAt), '2020-01-01T00:00:00Z');
    expect(problemIn(await caseworker.get(other)).errors).toMatchObject([{ pointer: '/query/cursor' }]);
  });

  it.each([
    ['2020-02-30T00:00:00Z', 'a day that there is not'],
    ['2020-02-01', 'no instant'],
    ['2030-01-01T00:00:00Z', 'to come'],
  ])('is refused for %s: %s', async (knownAt) => {
    const refused = problemIn(await caseworker.get(`/v1/cases?knownAt=${knownAt}`));
    expect(refused).toMatchObject({ status: 400, code: 'invalid-query' });
    expect(refused.errors).toMatchObject([{ pointer: '/query/knownAt' }]);
  });

  it('is refused where the body asks for an instant to come, or goes on in another list', async () => {
    const { body } = await caseworker.get<CasePageDto>(`/v1/cases?knownAt=${settled()}&limit=1`);
    const faults: [string, object][] = [
      ['/body/knownAt', { knownAt: '2030-01-01T00:00:00Z' }],
      ['/body/cursor', { knownAt: '2020-01-01T00:00:00Z', cursor: body.next }],
    ];
    for (const [pointer, asked] of faults) {
      const reply = await service.request('POST', '/v1/cases/search', { body: asked, key: caseworker.key });
      expect(problemIn(reply)).toMatchObject({ status: 400, code: 'invalid-body', errors: [{ pointer }] });
    }
  });

  it('has the case at once that was recorded before, without a position to wait for', async () => {
    const { caseId, position } = await caseworker.openServing();
    clock.forward(5);
    const { body } = await caseworker.get<CasePageDto>(`/v1/cases?knownAt=${settled()}&limit=1`);
    expect(body.items).toMatchObject([{ caseId }]);
    const now = await caseworker.get<CasePageDto>(`/v1/cases?limit=1&${since(position)}`);
    expect(now.body.items).toMatchObject([{ caseId }]);
  });
});
