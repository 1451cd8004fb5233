import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EventStore } from '../../src/event-store/event-store.js';
import { isForeign } from '../../src/event-store/foreign-position.js';
import type { CheckView, IssuedView, IssueView } from '../../src/reports/issued/http/issued-answers.js';
import { Caseworker } from '../support/caseworker.js';
import { aDesk, type Desk } from '../support/desk.js';
import { EventStoreDouble } from '../support/eventstoredb-double/eventstore-double.js';
import { FixedClock } from '../support/fixed-clock.js';
import { at, MIGRATE, UNSET } from '../support/migrating-desk.js';
import { figuresIn } from '../support/reports/figures-in.js';
import { startService, type Service } from '../support/service.js';

const MONTHLY = { report: 'monthly', asOf: '2020-03-01' } as const;
const count = (value: number) => ({ kind: 'count', value }) as const;

describe('reports that were issued before the store was moved', () => {
  const clock = new FixedClock('2020-03-10T09:00:00.000Z');
  let desk: Desk;
  let double: EventStoreDouble;
  let service: Service;
  let worker: Caseworker;
  let first: IssueView;
  let second: IssueView;

  const open = async (persons: number): Promise<void> => {
    for (let n = 0; n < persons; n++) await worker.openServing();
  };
  const issue = async (body: object): Promise<IssueView> => {
    const key = await service.keyFor('reporter');
    const reply = await service.request<IssueView>('POST', '/v1/reports/issue', { body, key });
    if (reply.status !== 201) throw new Error(`the issue was answered ${reply.status}: ${reply.text}`);
    return reply.body;
  };
  const get = async <T>(path: string): Promise<T> =>
    (await service.request<T>('GET', `/v1/reports/issued/${path}`, { key: await service.keyFor('reporter') }))
      .body;

  beforeAll(async () => {
    desk = await aDesk(UNSET);
    service = await startService({ clock, folder: desk.folder });
    worker = await Caseworker.of(service);
    await open(12);
    first = await issue(MONTHLY);
    await open(7);
    clock.forward(3_600);
    const knownAt = clock.now().toISOString();
    clock.forward(3_600);
    // Recorded since, and not known then.
    await open(1);
    second = await issue({ ...MONTHLY, knownAt });
    await service.close();

    double = await EventStoreDouble.start();
    const env = { EVENTSTORE_URL: double.connectionString };
    expect(await at(desk, env)(...MIGRATE)).toMatchObject({ code: 0 });
    // As where `DATABASE_URL` is set for the first time.
    await rm(join(desk.dataDir, 'issued.db'));
    service = await startService({ clock, folder: desk.folder, env });
    worker = await Caseworker.of(service);
  });
  afterAll(async () => {
    await service.close();
    await double.stop();
    await desk.clear();
  });

  it('say positions that this store cannot have given', async () => {
    expect(figuresIn(first.content)['arrests']?.value).toEqual(count(12));
    expect(figuresIn(second.content)['arrests']?.value).toEqual(count(19));
    const head = await service.app.get(EventStore).head();
    for (const { content } of [first, second]) expect(isForeign(content.basis.position, head)).toBe(true);
  });

  it('come out of the new one as they were printed, to the byte', async () => {
    // The later one first: beside the earlier one, of which it is not kept who is behind it.
    for (const { issueId } of [second, first])
      expect(await get<CheckView>(`${issueId}/check`)).toEqual({ issueId, equal: true, differences: [] });
  });

  it('have what is known now beside them', async () => {
    const { content, revised } = await get<IssuedView>(first.issueId);
    expect(content).toEqual(first.content);
    expect(figuresIn(revised!)['arrests']?.value).toEqual({ kind: 'withheld' });
  });

  it('are what the next ones are held to', async () => {
    // 20 persons: one more than was printed.
    const held = await issue(MONTHLY);
    expect(figuresIn(held.content)['arrests']?.value).toEqual({ kind: 'withheld' });
    await open(4);
    const third = await issue(MONTHLY);
    expect(figuresIn(third.content)['arrests']?.value).toEqual(count(24));
    for (const { issueId } of [held, third])
      expect(await get<CheckView>(`${issueId}/check`)).toMatchObject({ equal: true });
  });
});
