import { mkdir, rm } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { makeKey } from '../../src/security/key-files.js';
import { readVerifierLine } from '../../src/transparency/note/note-keys.js';
import { Caseworker } from '../support/caseworker.js';
import { eventually } from '../support/eventually.js';
import { Kept } from '../support/kept.js';
import { startService, type Service } from '../support/service.js';

const LONG = 240_000;

interface Ready {
  log: {
    origin: string;
    signedSize: number;
    alarms: { kind: string; fault: string; leaf: number | null; stream: string | null }[];
  };
}

interface Logs {
  items: { origin: string; verifier: string; reason: string | null }[];
}

let kept: Kept;
beforeAll(async () => {
  kept = await Kept.desk();
});
afterAll(() => kept.desk.clear());

const standing = async (service: Service): Promise<Ready['log']> => {
  const { status, body } = await service.request<Ready>('GET', '/health/ready');
  expect(status).toBe(200);
  return body.log;
};
const signed = (service: Service, size: number): Promise<Ready['log']> =>
  eventually(async () => {
    const now = await standing(service);
    expect(now.signedSize).toBeGreaterThanOrEqual(size);
    return now;
  });
const logs = async (service: Service): Promise<Logs['items']> =>
  (await service.request<Logs>('GET', '/v1/tlog/keys', { key: await service.keyFor('auditor') })).body.items;

it(
  'data that were put back to an older state are not signed until somebody says why, and the service goes on meanwhile',
  async () => {
    const service = await startService({ folder: kept.desk.folder });
    const person = await Caseworker.of(service);
    const { caseId } = await person.openServing();
    await signed(service, 3);
    expect(await kept.habeas(kept.backup())).toMatchObject({ code: 0 });
    for (let n = 0; n < 3; n += 1) await person.openServing();
    const before = await signed(service, 12);
    const refused = await kept.habeas(['notary', 'fork', '--reason', 'x']);
    expect(refused).toMatchObject({ code: 1, said: expect.stringContaining('stop it first') });
    await service.close();

    await rm(kept.desk.dataDir, { recursive: true });
    expect(await kept.habeas(kept.restore())).toMatchObject({ code: 0 });
    const restored = await startService({ folder: kept.desk.folder });
    try {
      const { alarms } = await eventually(async () => {
        const now = await standing(restored);
        expect(now.alarms).toHaveLength(1);
        return now;
      });
      const fault = expect.stringMatching(/^the log is shorter than the one that was signed last/);
      expect(alarms).toMatchObject([{ kind: 'signing', fault, leaf: null, stream: null }]);
      expect(restored.log).toContainEqual(
        expect.objectContaining({ level: 'error', event: 'notary refused', reason: fault }),
      );
      const metrics = await restored.request('GET', '/metrics');
      expect(metrics.text).toMatch(/^habeas_log_alarms 1$/m);
      expect(metrics.text).toMatch(/^habeas_log_signed_size \d+$/m);
      // What it is, admins alone are told.
      const anybody = await restored.request('GET', '/health/ready', { key: null });
      expect(Object.keys(anybody.body)).toEqual(['status', 'checks']);
      expect((await person.at(restored).get(`/v1/cases/${caseId}`)).status).toBe(200);
      await person.at(restored).openServing();
    } finally {
      await restored.close();
    }

    const forked = await kept.habeas(['notary', 'fork', '--reason', 'the disk was lost']);
    expect(forked).toMatchObject({ code: 0, said: expect.stringContaining(before.origin) });
    const after = await startService({ folder: kept.desk.folder });
    try {
      const now = await signed(after, 6);
      expect(now.alarms).toEqual([]);
      expect(now.origin).not.toBe(before.origin);
      expect(forked.out).toContain(now.origin);
      expect(await logs(after)).toMatchObject([
        { origin: now.origin, reason: 'the disk was lost' },
        { origin: before.origin, reason: null },
      ]);
      const [present] = await logs(after);
      expect((await kept.habeas(['notary', 'key'])).out).toBe(present?.verifier);
      expect(readVerifierLine(present?.verifier ?? '')?.name).toBe(before.origin);
    } finally {
      await after.close();
    }
  },
  LONG,
);

it('there is no new log without a reason, without a key, nor where there was none', async () => {
  makeKey(kept.at('master.key'));
  const place = await kept.place('empty');
  const fork = (reason: string) => kept.habeas(['notary', 'fork', '--reason', reason], place);
  expect(await fork(' ')).toMatchObject({ code: 1, said: expect.stringContaining('reason') });
  expect(await fork('a disk')).toMatchObject({ code: 1, said: expect.stringContaining('no key') });
  expect(await kept.habeas(['notary', 'key'], place)).toMatchObject({ code: 1 });
  const key = { ...place, HABEAS_NOTARY_KEY_FILE: kept.at('master.key') };
  const nowhere = await kept.habeas(['notary', 'fork', '--reason', 'a disk'], key);
  expect(nowhere).toMatchObject({ code: 1, said: expect.stringContaining('no data') });
  await mkdir(place.HABEAS_DATA);
  const none = await kept.habeas(['notary', 'fork', '--reason', 'a disk'], key);
  expect(none).toMatchObject({ code: 1, said: expect.stringContaining('no log yet') });
});
