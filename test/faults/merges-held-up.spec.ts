import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CaseRecords } from '../../src/cases/read-models/case-records.js';
import type { MergePairIds } from '../../src/cases/merges.js';
import { OutcomeUnknown } from '../../src/event-store/errors.js';
import { EventStore } from '../../src/event-store/event-store.js';
import { Caseworker } from '../support/caseworker.js';
import { aDesk, type Desk } from '../support/desk.js';
import { eventually } from '../support/eventually.js';
import { startService, type Service } from '../support/service.js';

const LONG = 120_000;

let desk: Desk;
let service: Service;
let caseworker: Caseworker;

beforeAll(async () => {
  desk = await aDesk();
  service = await startService({ folder: desk.folder });
  caseworker = await Caseworker.of(service);
}, LONG);

afterAll(async () => {
  await service.close();
  await desk.clear();
});

/** Two cases whose merge is cut off after its first half, as by a crash. */
async function cutShort(): Promise<void> {
  const [loser, survivor] = [
    (await caseworker.openServing()).caseId,
    (await caseworker.openServing()).caseId,
  ];
  const merging = { intoCaseId: survivor, reason: 'one person' };
  expect((await caseworker.send(`/${loser}/merges`, merging)).status).toBe(503);
}

const pairs = (): Promise<MergePairIds[]> => service.app.get(CaseRecords).openMerges();

const isMerged = async ({ loserId }: MergePairIds): Promise<boolean> =>
  (await service.app.get(EventStore).read(`case-${loserId}`)).some(({ type }) => type === 'CaseMerged');

/** As a disk does it: the first event of a case cannot be read any more. */
function spoil(caseId: string, change: string): void {
  const events = new DatabaseSync(join(desk.folder, 'data', 'events.db'));
  const { changes } = events
    .prepare(
      `update events set payload = ${change} from streams
       where streams.id = events.stream_id and streams.name = ? and revision = 0`,
    )
    .run(`case-${caseId}`);
  events.close();
  expect(changes).toBe(1);
}

describe('of merges that were cut short, one whose case cannot be read', () => {
  let first: MergePairIds;
  let others: MergePairIds[];

  beforeAll(async () => {
    const store = service.app.get(EventStore);
    const append = store.append.bind(store);
    store.append = (stream, events, expected) =>
      events.some(({ type }) => type === 'CaseMerged')
        ? Promise.reject(new OutcomeUnknown())
        : append(stream, events, expected);
    for (let n = 0; n < 3; n += 1) await cutShort();
    await eventually(async () => expect(await pairs()).toHaveLength(3));
    [first, ...others] = (await pairs()) as [MergePairIds, ...MergePairIds[]];
    await service.close();
    spoil(first.survivorId, `'{' || payload`);
    service = await startService({ folder: desk.folder });
  }, LONG);

  it('keeps none of the others from being completed', async () => {
    await eventually(async () => expect(await Promise.all(others.map(isMerged))).toEqual([true, true]));
  });

  it('is said by name, and completed once it can be read again', async () => {
    const said = service.log.find(({ event }) => event === 'merge not completed');
    expect(said).toMatchObject({ level: 'warn', loser: first.loserId, survivor: first.survivorId });
    expect(await isMerged(first)).toBe(false);
    spoil(first.survivorId, 'substr(payload, 2)');
    await eventually(async () => expect(await isMerged(first)).toBe(true), 30_000);
  });
});
