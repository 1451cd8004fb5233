import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { carriedOutErasure } from '../support/carried-out-erasure.js';
import { Caseworker } from '../support/caseworker.js';
import { attach, filesBelow, PICTURE, sha256 } from '../support/evidence.js';
import { Kept } from '../support/kept.js';
import { startService, type Service } from '../support/service.js';

const LONG = 240_000;

let kept: Kept;
let service: Service;
let person: Caseworker;
beforeAll(async () => {
  kept = await Kept.desk();
  service = await startService({ folder: kept.desk.folder });
  person = await Caseworker.of(service);
}, LONG);
afterAll(async () => {
  await service.close();
  await kept.desk.clear();
});

async function withFile(): Promise<{ caseId: string; evidenceId: string }> {
  const caseId = await person.open();
  const { body } = await attach(service, person.key, caseId, { bytes: PICTURE });
  return { caseId, evidenceId: body.ids['evidenceId']! };
}

it(
  'the files of cases are part of a backup, but for those that were erased before it or since',
  async () => {
    const [stays, goneBefore, goneSince] = [await withFile(), await withFile(), await withFile()];
    await carriedOutErasure(service, person, goneBefore.caseId);
    expect(await kept.habeas(kept.backup())).toMatchObject({ code: 0 });
    const inCopy = await filesBelow(join(kept.at('copy'), 'evidence'));
    expect(inCopy.map((file) => [stays, goneSince].some(({ caseId }) => file.includes(caseId)))).toEqual([
      true,
      true,
    ]);
    await carriedOutErasure(service, person, goneSince.caseId);
    await service.close();

    const env = await kept.place('new');
    await cp(join(kept.desk.folder, 'erasures.ndjson'), kept.at('saved.ndjson'));
    const elsewhere = { ...env, HABEAS_EVIDENCE: kept.at('elsewhere') };
    const refused = await kept.habeas(kept.restore('copy', 'saved.ndjson'), elsewhere);
    expect(refused.said).toContain('HABEAS_EVIDENCE');
    expect(existsSync(env.HABEAS_DATA)).toBe(false);
    expect(await kept.habeas(kept.restore('copy', 'saved.ndjson'), env)).toMatchObject({ code: 0 });
    expect(await filesBelow(join(env.HABEAS_DATA, 'evidence'))).toHaveLength(1);

    service = await startService({ folder: kept.at('new') });
    person = person.at(service);
    const answer = await fetch(`${service.url}/v1/cases/${stays.caseId}/evidence/${stays.evidenceId}`, {
      headers: { authorization: `Bearer ${person.key}` },
    });
    expect(sha256(Buffer.from(await answer.arrayBuffer()))).toBe(sha256(PICTURE));
  },
  LONG,
);

it(
  'there is no backup with a file that is missing, or is another than was attached',
  async () => {
    const [file] = await filesBelow(join(kept.desk.dataDir, 'evidence'));
    const bytes = await readFile(file!);
    await writeFile(file!, bytes.fill(bytes[40]! ^ 1, 40, 41));
    const changed = await kept.habeas(kept.backup('second'));
    expect(changed).toMatchObject({
      code: 1,
      said: expect.stringContaining('is not the file that was attached'),
    });
    await rm(file!);
    const missing = await kept.habeas(kept.backup('second'));
    expect(missing).toMatchObject({ code: 1, said: expect.stringContaining('is missing') });
    expect(existsSync(kept.at('second'))).toBe(false);
  },
  LONG,
);
