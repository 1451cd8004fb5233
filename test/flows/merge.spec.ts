import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EventStore } from '../../src/event-store/event-store.js';
import { Caseworker, newId, since, type Refused } from '../support/caseworker.js';
import { derivedFrom } from '../support/derivation.js';
import { MinskClock } from '../support/minsk-clock.js';
import { startService, type Service } from '../support/service.js';

interface Case {
  caseId: string;
  revision: number;
  position: string;
  knownAt: string;
  mergedFrom: string[];
  totals: { arrests: number; daysServed: object; fines: { outstanding: string }[] };
  penalties: { penaltyId: string; kind: string }[];
}

const TODAY = '2020-03-01';
const SAME = { reason: 'one and the same person' };

let service: Service;
let caseworker: Caseworker;
const clock = new MinskClock(`${TODAY}T09:00:00.000Z`);

beforeAll(async () => {
  service = await startService({ clock });
  caseworker = await Caseworker.of(service);
});

afterAll(() => service.close());

const head = (): Promise<string | undefined> => service.app.get(EventStore).head();

/** As everybody sees it who waits for all that was recorded. */
async function get(caseId: string, more = ''): Promise<Case> {
  const { status, body } = await caseworker.get<Case>(`/v1/cases/${caseId}?${since((await head())!)}${more}`);
  expect(status).toBe(200);
  return body;
}

const list = async (campaignId: string): Promise<string[]> => {
  const path = `/v1/cases?campaignId=${campaignId}&${since((await head())!)}`;
  return (await caseworker.get<{ items: Case[] }>(path)).body.items.map(({ caseId }) => caseId);
};

const merge = (caseId: string, intoCaseId: string, headers?: Record<string, string>) =>
  caseworker.record(`/${caseId}/merges`, { intoCaseId, ...SAME }, headers);

const unmerge = (caseId: string, headers?: Record<string, string>) =>
  caseworker.record(`/${caseId}/unmerges`, { reason: 'two people after all' }, headers);

/** What an answer says of the person, whenever it is given. */
function told({
  revision: _,
  position: _p,
  knownAt: _k,
  ...rest
}: Case): Omit<Case, 'revision' | 'position' | 'knownAt'> {
  return rest;
}

/** Somebody who was held and fined in a campaign: 15 days from 24 February 2020, and 510 roubles. */
async function somebody(campaignId = newId()): Promise<{ caseId: string; penaltyId: string }> {
  const { caseId } = await caseworker.openServing();
  await caseworker.record(`/${caseId}/charges`, { at: '2020-02-24', campaignId });
  const fine = { at: '2020-02-26', amount: { value: '510.00', currency: 'BYN' } };
  const { ids } = await caseworker.record(`/${caseId}/fines`, fine);
  return { caseId, penaltyId: ids['penaltyId']! };
}

/** The same person in another spelling: held in January for 5 days. */
async function again(campaignId = newId()): Promise<{ caseId: string }> {
  const caseId = await caseworker.open('Sombody');
  const { ids } = await caseworker.record(`/${caseId}/arrests`, { at: '2020-01-10', campaignId });
  await caseworker.record(`/${caseId}/sentences`, { at: '2020-01-10', days: 5 });
  const release = {
    at: '2020-01-15',
    detentionId: ids['detentionId'],
    basis: 'term_served',
    conditional: false,
  };
  await caseworker.record(`/${caseId}/releases`, release);
  return { caseId };
}

describe('two merged cases', () => {
  const campaignId = newId();
  let loser: { caseId: string; penaltyId: string };
  let survivor: { caseId: string };
  let before: Case[];
  let beforeTheMerge: string;

  beforeAll(async () => {
    [loser, survivor] = [await somebody(campaignId), await again(campaignId)];
    before = [await get(loser.caseId), await get(survivor.caseId)];
    beforeTheMerge = clock.now().toISOString();
    clock.forward(60);
    await merge(loser.caseId, survivor.caseId);
    clock.forward(60);
  });

  it('are read as one, whichever is asked for', async () => {
    const answer = await get(survivor.caseId);
    expect(answer).toMatchObject({
      caseId: survivor.caseId,
      mergedFrom: [loser.caseId],
      totals: { arrests: 2, daysServed: { min: 11, max: 11 }, fines: [{ outstanding: '510.00' }] },
    });
    expect(answer).toMatchObject(
      derivedFrom(survivor.caseId, await caseworker.history(survivor.caseId), TODAY),
    );
    expect(await get(loser.caseId)).toEqual(answer);
    expect(await caseworker.history(loser.caseId)).toEqual(await caseworker.history(survivor.caseId));
  });

  it('are one in the list', async () => {
    expect(await list(campaignId)).toEqual([survivor.caseId]);
  });

  it('were two before, and are so for whoever asks what was known then', async () => {
    const known = `&knownAt=${encodeURIComponent(beforeTheMerge)}`;
    expect(told(await get(loser.caseId, known))).toEqual(told(before[0]!));
    expect(told(await get(survivor.caseId, known))).toEqual(told(before[1]!));
  });

  it('take commands under the id of the survivor only, and nothing is written for the others', async () => {
    const last = await head();
    for (const [path, body] of [
      ['/notes', { text: 'too late' }],
      ['/arrests', { at: '2020-02-29' }],
      ['/closures', { reason: 'merged' }],
      ['/merges', { intoCaseId: survivor.caseId, ...SAME }],
    ] as const) {
      const reply = await caseworker.send<Refused>(`/${loser.caseId}${path}`, body);
      expect(reply).toMatchObject({ status: 409, body: { code: 'case-merged', survivor: survivor.caseId } });
    }
    expect(await head()).toBe(last);
    const amount = { value: '10.00', currency: 'BYN' };
    await caseworker.record(`/${survivor.caseId}/penalties/${loser.penaltyId}/payments`, {
      amount,
      by: 'family',
    });
    expect((await get(loser.caseId)).totals.fines).toMatchObject([{ outstanding: '500.00' }]);
  });
});

describe('cases that are parted again', () => {
  it('are both what they were before the merge', async () => {
    const campaignId = newId();
    const ids = [await somebody(campaignId), await again(campaignId)].map(({ caseId }) => caseId);
    const before = [await get(ids[0]!), await get(ids[1]!)];
    await merge(ids[0]!, ids[1]!);
    expect(told(await get(ids[1]!))).not.toEqual(told(before[1]!));
    await unmerge(ids[0]!);
    expect([await get(ids[0]!), await get(ids[1]!)].map(told)).toEqual(before.map(told));
    expect(new Set(await list(campaignId))).toEqual(new Set(ids));
    await caseworker.record(`/${ids[0]}/notes`, { text: 'takes facts again' });
  });

  it('may be merged again, also the other way round', async () => {
    const [one, other] = [(await somebody()).caseId, (await again()).caseId];
    await merge(one, other);
    await unmerge(one);
    await merge(other, one);
    expect(await get(other)).toMatchObject({ caseId: one, mergedFrom: [other], totals: { arrests: 2 } });
  });

  it('must have been merged, and nothing is written if not', async () => {
    const { caseId } = await again();
    const last = await head();
    const reply = await caseworker.send<Refused>(`/${caseId}/unmerges`, { reason: 'two people' });
    expect(reply).toMatchObject({ status: 409, body: { code: 'case-not-merged' } });
    expect(await head()).toBe(last);
  });
});

describe('a case merged into one that is then merged itself', () => {
  it('answers with the last one, and with the first again when that one is parted', async () => {
    const [a, b, c] = [await again(), await again(), await again()].map(({ caseId }) => caseId) as [
      string,
      string,
      string,
    ];
    await merge(a, b);
    await merge(b, c);
    for (const id of [a, b, c]) {
      expect(await get(id)).toMatchObject({ caseId: c, mergedFrom: [b, a], totals: { arrests: 3 } });
    }

    const last = await head();
    const reply = await caseworker.send<Refused>(`/${a}/unmerges`, { reason: 'out of turn' });
    expect(reply).toMatchObject({ status: 409, body: { code: 'case-merged', survivor: c } });
    expect(await head()).toBe(last);

    await unmerge(b);
    expect(await get(c)).toMatchObject({ caseId: c, mergedFrom: [], totals: { arrests: 1 } });
    for (const id of [a, b]) {
      expect(await get(id)).toMatchObject({ caseId: b, mergedFrom: [a], totals: { arrests: 2 } });
    }
  });
});

describe('a merge with an Idempotency-Key', () => {
  const key = (text: string) => ({ 'idempotency-key': text });

  it('is carried out once, and so is its undoing', async () => {
    const [one, other] = [(await again()).caseId, (await again()).caseId];
    for (const send of [() => merge(one, other, key('merge')), () => unmerge(one, key('unmerge'))]) {
      const first = await send();
      const last = await head();
      expect(await send()).toEqual(first);
      expect(await head()).toBe(last);
    }
    // A repeat tells what was done then, though the two have been parted since.
    const repeated = await caseworker.send(`/${one}/merges`, { intoCaseId: other, ...SAME }, key('merge'));
    expect(repeated.headers.get('idempotency-replayed')).toBe('true');
    expect(await get(one)).toMatchObject({ caseId: one });
  });

  it.each(['merges', 'unmerges'])(
    'that was used for something else is refused by %s; nothing is written',
    async (path) => {
      const [one, other] = [(await again()).caseId, (await again()).caseId];
      const body = path === 'merges' ? { intoCaseId: other, ...SAME } : { reason: 'two people' };
      await caseworker.record(
        `/${(await again()).caseId}/notes`,
        { text: 'a' },
        key(`used elsewhere, ${path}`),
      );
      await caseworker.record(`/${other}/notes`, { text: 'b' }, key(`used in the other, ${path}`));
      if (path === 'unmerges') await merge(one, other);
      const before = await get(one);
      const last = await head();
      for (const used of ['elsewhere', 'in the other']) {
        const reply = await caseworker.send<Refused>(`/${one}/${path}`, body, key(`used ${used}, ${path}`));
        expect(reply).toMatchObject({ status: 422, body: { code: 'idempotency-key-reused' } });
      }
      expect(await head()).toBe(last);
      expect(told(await get(one))).toEqual(told(before));
    },
  );
});
