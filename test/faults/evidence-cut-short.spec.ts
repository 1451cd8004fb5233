import { randomBytes, randomUUID } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Caseworker, type Refused } from '../support/caseworker.js';
import { attach, beginAttaching, filesBelow, sha256 } from '../support/evidence.js';
import { eventually } from '../support/eventually.js';
import { Installation, type ChildService } from '../support/installation.js';
import { SmallDisk } from '../support/small-disk.js';

const LONG = 120_000;
const LARGE = randomBytes(3_000_000);

let installation: Installation;
let disk: SmallDisk | undefined;
let folder: string;
let service: ChildService;
let caseworker: Caseworker;

/** With the files of cases on a disk of their own. */
async function start(): Promise<void> {
  service = await installation.start({ HABEAS_EVIDENCE: folder });
  caseworker = await Caseworker.of(service);
}

beforeAll(async () => {
  installation = await Installation.make();
  disk = await SmallDisk.mount('16m');
  folder = join(disk?.path ?? installation.folder, 'evidence');
  await start();
}, LONG);
afterAll(async () => {
  await installation.remove();
  await disk?.unmount();
});

const drafts = (): Promise<string[]> => filesBelow(join(folder, 'drafts'));
const kept = async (caseId: string): Promise<string[]> =>
  (await filesBelow(join(folder, caseId))).map((file) => basename(file));
const typesOf = async (caseId: string): Promise<string[]> =>
  (await caseworker.history(caseId)).map(({ type }) => type);

/** What the case tells of is there, byte for byte, and nothing else is. */
async function expectOneFile(caseId: string, bytes: Buffer): Promise<void> {
  expect(await typesOf(caseId)).toEqual(['CaseOpened', 'EvidenceAttached']);
  const [, { data }] = (await caseworker.history(caseId)) as [unknown, { data: { evidenceId: string } }];
  expect(await kept(caseId)).toEqual([`${data.evidenceId}.${sha256(bytes)}`]);
  const answer = await fetch(`${service.url}/v1/cases/${caseId}/evidence/${data.evidenceId}`, {
    headers: { authorization: `Bearer ${caseworker.key}` },
  });
  expect(sha256(Buffer.from(await answer.arrayBuffer()))).toBe(sha256(bytes));
  expect(await drafts()).toEqual([]);
}

it(
  'a process killed while a file comes in leaves half a draft, which no case tells of and the next start removes',
  async () => {
    const caseId = await caseworker.open();
    const headers = { 'idempotency-key': randomUUID() };
    const sending = await beginAttaching(service, caseworker.key, caseId, { bytes: LARGE, headers });
    await eventually(async () => {
      const [draft] = await drafts();
      expect((await stat(draft!)).size).toBeGreaterThan(1_000_000);
    });
    await service.kill('SIGKILL');
    sending.destroy();
    expect(await drafts()).toHaveLength(1);

    await start();
    expect(await drafts()).toEqual([]);
    expect(await kept(caseId)).toEqual([]);
    expect(await typesOf(caseId)).toEqual(['CaseOpened']);
    expect((await attach(service, caseworker.key, caseId, { bytes: LARGE, headers })).status).toBe(201);
    await expectOneFile(caseId, LARGE);
  },
  LONG,
);

it(
  'one killed between the file and its event leaves a whole file that nobody is told of, until its sender repeats it',
  async () => {
    const caseId = await caseworker.open();
    const headers = { 'idempotency-key': randomUUID() };
    // Nothing can be appended meanwhile, so there is time to kill it.
    const store = new DatabaseSync(join(installation.dataDir, 'events.db'));
    store.exec('begin immediate');
    const unanswered = attach(service, caseworker.key, caseId, { bytes: LARGE, headers });
    const broken = expect(unanswered).rejects.toThrow();
    await eventually(async () => expect(await kept(caseId)).toHaveLength(1));
    await service.kill('SIGKILL');
    await broken;
    store.exec('rollback');
    store.close();

    await start();
    expect(await typesOf(caseId)).toEqual(['CaseOpened']);
    const [evidenceId = ''] = (await kept(caseId))[0]!.split('.');
    const asked = await caseworker.get(`/v1/cases/${caseId}/evidence/${evidenceId}`);
    expect(asked).toMatchObject({ status: 404, body: { code: 'evidence-not-found' } });
    expect((await attach(service, caseworker.key, caseId, { bytes: LARGE, headers })).status).toBe(201);
    await expectOneFile(caseId, LARGE);
  },
  LONG,
);

it(
  'a full disk is told to whoever sends a file, and takes files again when there is room',
  async () => {
    if (!disk) {
      process.stdout.write('no small disk: mounting is not allowed here; src/files tells the rest\n');
      return;
    }
    const caseId = await caseworker.open();
    disk.fill();
    for (let n = 0; n < 3; n += 1) {
      const refused = await attach<Refused>(service, caseworker.key, caseId, { bytes: LARGE });
      expect(refused).toMatchObject({ status: 507, body: { code: 'storage-full' } });
    }
    expect([await drafts(), await kept(caseId), await typesOf(caseId)]).toEqual([[], [], ['CaseOpened']]);
    disk.clear();
    expect((await attach(service, caseworker.key, caseId, { bytes: LARGE })).status).toBe(201);
    await expectOneFile(caseId, LARGE);
    expect(service.log().filter(({ event }) => event === 'unknown error')).toEqual([]);
  },
  LONG,
);
