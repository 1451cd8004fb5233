import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { keyIdsIn } from '../../src/ledger/chain.js';
import { ErasureList } from '../../src/security/erasure-list.js';
import { carriedOutErasure } from '../support/carried-out-erasure.js';
import { Caseworker, since } from '../support/caseworker.js';
import { eventually } from '../support/eventually.js';
import { eventsIn, Kept } from '../support/kept.js';
import { startService } from '../support/service.js';

const LONG = 240_000;

let kept: Kept;
beforeAll(async () => {
  kept = await Kept.desk();
});
afterAll(() => kept.desk.clear());

it(
  'a backup that is older than an erasure, and than the merge before it, brings nobody back with the list that the service wrote',
  async () => {
    const service = await startService({ folder: kept.desk.folder });
    const person = await Caseworker.of(service);
    const [erased, merged, other] = [
      (await person.openServing('Zuleika Erased')).caseId,
      (await person.openServing('Zuleika Merged')).caseId,
      (await person.openServing('Nadzieja Other')).caseId,
    ];
    const totals = async (worker: Caseworker, caseId: string): Promise<unknown> =>
      (await worker.get(`/v1/cases/${caseId}?asOf=2020-03-01`)).body['totals'];
    const { position } = await person.record(`/${erased}/notes`, { text: 'Zuleika is at home' });
    await person.get(`/v1/cases/${erased}?${since(position)}`);
    const before = [await totals(person, erased), await totals(person, merged)];
    expect(await kept.habeas(kept.backup())).toMatchObject({ code: 0 });
    const settled = new Date().toISOString();
    await person.record(`/${merged}/merges`, { intoCaseId: erased, reason: 'one person' });
    await carriedOutErasure(service, person, erased);
    await service.close();

    // The list is all that is left of the machine.
    const env = await kept.place('new');
    await cp(join(kept.desk.folder, 'erasures.ndjson'), kept.at('saved.ndjson'));
    expect(await kept.habeas(kept.restore('copy', 'saved.ndjson'), env)).toMatchObject({ code: 0 });
    const restored = await startService({ folder: kept.at('new') });
    const worker = person.at(restored);
    for (const caseId of [erased, merged])
      await eventually(async () =>
        expect((await worker.get(`/v1/cases/${caseId}`)).body['erased']).toBe(true),
      );
    await eventually(() => Date.now() - Date.parse(settled) > 5_000);
    for (const caseId of [erased, merged]) {
      for (const path of ['', '/events', '/replay', '/similar', `?knownAt=${settled}`]) {
        const { status, text } = await worker.get(`/v1/cases/${caseId}${path}`);
        expect({ path, status, named: text.includes('Zuleika') }).toEqual({
          path,
          status: 200,
          named: false,
        });
      }
    }
    const found = async (name: string): Promise<object[]> =>
      (await worker.get<{ items: object[] }>(`/v1/cases?name=${name}`)).body.items;
    await eventually(async () => expect(await found('Nadzieja')).toHaveLength(1));
    expect(await found('Zuleika')).toEqual([]);
    expect((await worker.get('/v1/cases')).text).not.toContain('Zuleika');
    expect((await worker.get(`/v1/cases/${other}`)).text).toContain('Nadzieja');
    expect([await totals(worker, erased), await totals(worker, merged)]).toEqual(before);
    await restored.close();
    await expectCertified(erased, merged);
  },
  LONG,
);

/** Each with its own key, and both by the approval that the list tells of. */
async function expectCertified(...caseIds: string[]): Promise<void> {
  const events = await eventsIn(join(kept.at('new'), 'data'));
  const [line, ...more] = new ErasureList(join(kept.at('new'), 'erasures.ndjson')).read();
  expect(more).toEqual([]);
  expect([line?.caseId, ...(line?.mergedFrom ?? [])]).toEqual(caseIds);
  for (const caseId of caseIds) {
    const own = events.filter(({ stream }) => stream === `case-${caseId}`);
    const { data } = JSON.parse(own.at(-1)!.payload) as { data: object };
    expect(own.at(-1)?.type).toBe('SubjectErased');
    expect(data).toMatchObject({ requestEventId: line?.eventId, destroyedKeys: keyIdsIn(own[0]!) });
  }
}
