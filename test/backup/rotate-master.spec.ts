import { existsSync } from 'node:fs';
import { chmod, readFile, rm, writeFile } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { isDevelopmentKey } from '../../src/keys/development-key.js';
import { readConfig } from '../../src/config.js';
import { examine } from '../../src/doctor.js';
import { SqliteEventStore } from '../../src/event-store/sqlite/sqlite-event-store.js';
import { examineLog } from '../../src/log-examination.js';
import { Caseworker } from '../support/caseworker.js';
import { CommandLine } from '../support/command-line.js';
import { aDesk, type Desk } from '../support/desk.js';
import { FixedClock } from '../support/fixed-clock.js';
import { startService, type Service } from '../support/service.js';

const LONG = 120_000;

describe('habeas keys rotate-master, beside a service', () => {
  let desk: Desk;
  let line: CommandLine;
  let service: Service;
  let person: Caseworker;
  const cases: string[] = [];
  const file = (): string => join(desk.folder, 'master.key');

  const readsAndWrites = async (): Promise<void> => {
    cases.push(await person.open(`Zuleika ${cases.length}`));
    for (const caseId of cases)
      expect((await person.get(`/v1/cases/${caseId}/events`)).text).toContain('Zuleika');
  };

  beforeAll(async () => {
    desk = await aDesk();
    line = await CommandLine.make('src/cli/main.ts');
    service = await startService({ folder: desk.folder });
    person = await Caseworker.of(service);
    await readsAndWrites();
  }, LONG);
  afterAll(async () => {
    await service.close();
    await desk.clear();
    await line.remove();
  });

  it.each(['The next master key', 'Wrapping keys anew', 'Opening each'])(
    'is killed, and the service goes on, and so does the next run: %s',
    async (step) => {
      const before = await readFile(file());
      const begun = line.begin(['keys', 'rotate-master'], desk.terminal.env);
      await Promise.race([begun.says(step), begun.ended]);
      begun.kill('SIGKILL');
      await begun.ended;
      await readsAndWrites();
      expect(await desk.run('keys', 'rotate-master')).toMatchObject({ code: 0 });
      expect(await readFile(file())).not.toEqual(before);
      expect(existsSync(`${file()}.next`)).toBe(false);
      await readsAndWrites();
    },
    LONG,
  );

  it('leaves nothing that a later start would miss', async () => {
    await service.close();
    service = await startService({ folder: desk.folder });
    person = person.at(service);
    await readsAndWrites();
  });

  it('takes the next key that is there, and keeps the old one where it is told to', async () => {
    const old = await readFile(file());
    const next = randomBytes(32);
    await writeFile(`${file()}.next`, next, { mode: 0o600 });
    const kept = join(desk.folder, 'kept.key');
    expect(await desk.run('keys', 'rotate-master', '--keep', kept)).toMatchObject({ code: 0 });
    expect(await readFile(file())).toEqual(next);
    expect(await readFile(kept)).toEqual(old);
    await readsAndWrites();
  });

  it.each<[string, () => Promise<unknown>, string[], RegExp]>([
    [
      'that others can read',
      () => writeFile(`${file()}.next`, randomBytes(32), { mode: 0o644 }),
      [],
      /every user/,
    ],
    [
      'that is not whole',
      () => writeFile(`${file()}.next`, randomBytes(31), { mode: 0o600 }),
      [],
      /31 bytes/,
    ],
    [
      'that is the present one',
      async () => writeFile(`${file()}.next`, await readFile(file()), { mode: 0o600 }),
      [],
      /same key/,
    ],
    ['while the old one cannot be kept', async () => undefined, ['--keep', '/none/such'], /cannot be kept/],
  ])('takes no key %s, and changes nothing', async (_, lay, more, reason) => {
    const before = await readFile(file());
    await rm(`${file()}.next`, { force: true });
    await lay();
    expect(await desk.run('keys', 'rotate-master', ...more)).toMatchObject({
      code: 1,
      said: expect.stringMatching(reason),
    });
    expect(await readFile(file())).toEqual(before);
    await rm(`${file()}.next`, { force: true });
    await readsAndWrites();
  });

  it('changes no key for data that are not there', async () => {
    const before = await readFile(file());
    const elsewhere = await aDesk({ HABEAS_MASTER_KEY_FILE: file() });
    expect(await elsewhere.run('keys', 'rotate-master')).toMatchObject({
      code: 1,
      said: expect.stringContaining('no keys here'),
    });
    expect(await readFile(file())).toEqual(before);
    expect(existsSync(elsewhere.dataDir)).toBe(false);
    await elsewhere.clear();
  });
});

describe('habeas doctor', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await aDesk();
    const service = await startService({ folder: desk.folder });
    await (await Caseworker.of(service)).openServing();
    await service.close();
  });
  afterAll(() => desk.clear());

  it('knows the key that a start has made by itself, which production refuses, until it is changed', async () => {
    const file = join(desk.folder, 'master.key');
    expect(isDevelopmentKey(await readFile(file))).toBe(true);
    expect(await desk.run('doctor')).toMatchObject({
      code: 78,
      said: expect.stringContaining('development key'),
    });
    expect(await desk.run('keys', 'rotate-master')).toMatchObject({ code: 0 });
    expect(await desk.run('doctor')).toMatchObject({
      code: 0,
      out: 'All well.',
      said: expect.stringMatching(
        /MB are free[^]*checkpoint[^]*on disk[^]*keys were asked for and open[^]*clock/,
      ),
    });
  });

  it('finds keys that are lost, and makes no others', async () => {
    const keys = join(desk.dataDir, 'keys.db');
    const kept = await readFile(keys);
    const db = new DatabaseSync(keys);
    db.exec(`DELETE FROM wrappedKey WHERE keyId <> 'service'`);
    db.close();
    const lost = /1 of 1 keys that events name are not in the key store/;
    expect(await desk.run('doctor')).toMatchObject({ code: 78, said: expect.stringMatching(lost) });
    await rm(keys);
    expect(await desk.run('doctor')).toMatchObject({
      code: 78,
      said: expect.stringContaining('keys.db is missing'),
    });
    expect(existsSync(keys)).toBe(false);
    await writeFile(keys, kept, { mode: 0o600 });
    expect(await desk.run('doctor')).toMatchObject({ code: 0 });
  });

  it('finds an event that cannot be read, and looks at everything else', async () => {
    const events = new DatabaseSync(join(desk.dataDir, 'events.db'));
    const set = events.prepare('update events set payload = ?, metadata = ? where position = 3');
    const { payload, metadata } = events
      .prepare('select payload, metadata from events where position = 3')
      .get() as Record<string, string>;
    set.run('Vasilevich', 'Vasilevich');
    const { code, said } = await desk.run('doctor');
    expect(code).toBe(78);
    expect(said).toMatch(/keys were asked for and open[^]*the clock is not behind/);
    expect(said).toMatch(/event \d of case-[\da-f-]{36} is not as it was written and cannot be read/);
    expect(said).not.toMatch(/Vasilevich|a look failed/);
    set.run(payload!, metadata!);
    events.close();
    expect(await desk.run('doctor')).toMatchObject({ code: 0 });
  });

  it('tells what the notary has found, and finds a key of it that others can read', async () => {
    const log = new DatabaseSync(join(desk.dataDir, 'notary.db'));
    const { kind } = log.prepare('select kind from tlogFinding').get() as { kind: string };
    expect(kind).toBe('signing');
    const fault = `update tlogFinding set fault = 'it is not so', leaf = 2, stream = 'case-x', revision = 1`;
    log.exec(fault);
    expect(await desk.run('doctor')).toMatchObject({
      code: 78,
      said: expect.stringContaining('the notary: it is not so (leaf 2, event 1 of case-x)'),
    });
    log.exec('update tlogFinding set fault = null');
    log.close();
    const key = join(desk.folder, 'notary.key');
    await chmod(key, 0o644);
    expect(await desk.run('doctor')).toMatchObject({
      code: 78,
      said: expect.stringMatching(/^HABEAS_NOTARY_KEY_FILE: .*every user/),
    });
    await chmod(key, 0o600);
  });

  it('finds events that nobody signs beside a service that runs', async () => {
    const config = readConfig(desk.terminal.env);
    const log = new DatabaseSync(join(desk.dataDir, 'notary.db'));
    const { size, position } = log.prepare('select size, position from tlog').get() as Record<string, string>;
    log.exec('update tlog set size = 0, position = null');
    log.exec('create temporary table kept as select * from tlogCheckpoint');
    log.exec('delete from tlogCheckpoint where size > 0');
    const store = new SqliteEventStore({ folder: desk.dataDir, access: 'read' });
    const inTwoMinutes = Date.now() + 120_000;
    const [now, later, alone] = [
      await examineLog(config, store, true),
      await examineLog(config, store, true, inTwoMinutes),
      await examineLog(config, store, false, inTwoMinutes),
    ];
    await store.close();
    log.exec('insert into tlogCheckpoint select * from kept where size > 0');
    log.prepare('update tlog set size = ?, position = ?').run(size!, position!);
    log.close();
    expect(now).toEqual({ faults: [], well: '4 events are under no signed checkpoint' });
    expect(later.faults).toEqual([expect.stringMatching(/no signed checkpoint, .*does the notary run/)]);
    expect(alone.faults).toEqual([]);
  });

  it('finds a clock that is behind, and a disk without room, beside a running service, too', async () => {
    const service = await startService({
      folder: desk.folder,
      clock: new FixedClock('2126-01-01T00:00:00.000Z'),
    });
    try {
      await (await Caseworker.of(service)).open();
      expect(await desk.run('doctor')).toMatchObject({
        code: 78,
        said: expect.stringContaining('the clock is behind'),
      });
    } finally {
      await service.close();
    }
    const config = readConfig(desk.terminal.env);
    const { faults } = await examine(Object.assign(config, { minFreeMegabytes: Infinity }), false);
    expect(faults).toContainEqual(expect.stringMatching(/MB are free on its disk, less than/));
  });
});
