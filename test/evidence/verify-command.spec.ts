import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { habeas } from '../../src/cli/habeas.js';
import type { Terminal } from '../../src/cli/terminal.js';
import { bundleText, type Bundle } from '../../src/evidence/bundle.js';
import { verifierLine } from '../../src/transparency/note/note-keys.js';
import { freshFile } from '../support/databases.js';
import { aDesk, type Desk } from '../support/desk.js';
import { eventually } from '../support/eventually.js';
import { EventStoreDouble } from '../support/eventstoredb-double/eventstore-double.js';
import { storeOn } from '../support/migrating-desk.js';
import { Notarised } from '../transparency/support/notarised.js';
import { exported } from './support/exporting.js';

const UNSET = { EVENTSTORE_URL: undefined, DATABASE_URL: undefined };

describe('habeas verify', () => {
  let notarised: Notarised;
  let desk: Desk;
  /** Files as an auditor keeps them. */
  let [known, key, bundle, copy] = ['', '', '', ''];
  let line = '';

  beforeAll(async () => {
    const place = await freshFile();
    if (place.location.kind !== 'sqlite') throw new Error('this is about files');
    const log = place.location.file;
    notarised = await Notarised.on(place);
    desk = await aDesk(UNSET);
    const [stream] = await notarised.recordCases(4, 5);
    notarised.start();
    await notarised.covered();
    known = await desk.file('checkpoint-2020-02', notarised.memory.read()!);
    line = verifierLine(notarised.key);
    key = await desk.file('notary.pub', `${line}\n`);
    bundle = await desk.file(
      'case.json',
      bundleText(await exported(notarised, stream!, { known: readFileSync(known, 'utf8') })),
    );
    await notarised.stop();
    await notarised.record(2);
    await notarised.store.close();
    copy = join(desk.folder, 'copy');
    mkdirSync(copy);
    copyFileSync(join(notarised.folder, 'events.db'), join(copy, 'events.db'));
    const tables = new DatabaseSync(log);
    tables.prepare('VACUUM INTO ?').run(join(copy, 'notary.db'));
    tables.close();
  });
  afterAll(async () => {
    await notarised.remove();
    await desk.clear();
  });

  /** The files of a store as they are, for the time of one test. */
  async function tampering(sql: string, test: () => Promise<void>): Promise<void> {
    const file = join(copy, 'events.db');
    const whole = readFileSync(file);
    const db = new DatabaseSync(file);
    db.exec(sql);
    db.close();
    try {
      await test();
    } finally {
      for (const log of ['-wal', '-shm']) rmSync(file + log, { force: true });
      writeFileSync(file, whole);
    }
  }

  describe('of a whole store', () => {
    it('says what was checked, and against what', async () => {
      const found = await desk.run('verify', '--store', copy, '--key', key, '--known', known);
      expect(found.said).toBe('Reading events …');
      expect(found).toMatchObject({ code: 0 });
      expect(found.out.split('\n')).toEqual([
        `PROVEN: the store in ${copy}`,
        '- 23 events were read: each is as it was recorded, and stands behind the one before it in its stream.',
        '- The log "habeas.example/log", which lies with them, has 21 of them, each in its place. It has not come to the last 2 yet.',
        '- The first 21 are those that its last checkpoint was signed for.',
        '- The first 20 are those of the checkpoint that you have kept: since it was signed, none of them was altered, taken out or put in.',
        'NOT CHECKED: the last 2 events. No signature covers them yet: all that is known is that nothing in them contradicts the rest.',
        'What is sealed stays sealed: names and texts are proven to be unaltered, not shown.',
      ]);
    });

    it('says what was not checked', async () => {
      const { code, out } = await desk.run('verify', '--store', copy);
      expect(code).toBe(0);
      expect(out).toMatch(/^NO FAULT FOUND: /);
      expect(out).toMatch(/NOT CHECKED: who signed/);
      expect(out).toMatch(/NOT CHECKED: whether the end is missing/);
      expect(out).toMatch(/NOT CHECKED: the last 2 events\. No signature covers them yet/);
      const byOther = await desk.run('verify', '--store', copy, '--known', known);
      expect(byOther.out).toMatch(/^NO FAULT FOUND: .*[^]*NOT CHECKED: who signed/);
      expect(byOther.out).not.toMatch(/whether the end is missing/);
    });

    it.each([
      ['payload', 11, `UPDATE events SET payload = replace(payload, '"v":1', '"v":2') WHERE position = 7`],
      ['chain', 12, `UPDATE events SET type = 'NoteTaken' WHERE position = 7`],
      ['inclusion', 13, 'UPDATE events SET position = -1 WHERE position = 22'],
      ['head', 16, 'DELETE FROM events WHERE position > 15'],
      ['gap', 18, 'DELETE FROM events WHERE position = 7'],
    ])(
      'names the first event that does not hold, and ends with the code of its fault: %s',
      async (aspect, code, sql) => {
        await tampering(sql, async () => {
          const found = await desk.run('verify', '--store', copy, '--key', line, '--known', known);
          expect(found).toMatchObject({ code, out: '' });
          expect(found.said).toMatch(
            aspect === 'head'
              ? /NOT PROVEN \(head\): leaf 15 of the log: it is in the log and no longer in the store$/
              : new RegExp(
                  `NOT PROVEN \\(${aspect}\\): event \\d of case-[0-9a-f-]{36}, leaf \\d of the log: .`,
                ),
          );
        });
      },
    );

    it('reads a backup as it lies there', async () => {
      const backup = join(desk.folder, 'backup');
      mkdirSync(backup);
      for (const name of ['events.db', 'notary.db']) {
        const db = new DatabaseSync(join(copy, name));
        db.prepare('VACUUM INTO ?').run(join(backup, name));
        db.close();
      }
      const found = await desk.run('verify', '--store', backup, '--key', key, '--known', known);
      expect(found).toMatchObject({ code: 0, out: expect.stringMatching(/^PROVEN: .*\n- 23 events/) });
      expect(readdirSync(backup)).toEqual(['events.db', 'notary.db']);
    });

    it('says so where a store was taken without its log', async () => {
      const alone = join(desk.folder, 'alone');
      mkdirSync(alone);
      copyFileSync(join(copy, 'events.db'), join(alone, 'events.db'));
      const { code, out } = await desk.run('verify', '--store', alone, '--key', key, '--known', known);
      expect(code).toBe(0);
      expect(out).toMatch(/^PROVEN: [^]*- The first 20 are those of the checkpoint that you have kept/);
      expect(out).toMatch(/NOT CHECKED: what is newer than your checkpoint[^]*there is no log/);
      const without = await desk.run('verify', '--store', alone);
      expect(without.out).toMatch(
        /^NO FAULT FOUND: [^]*NOT CHECKED: the order of events, and whether all are here/,
      );
    });

    it('reads the store that the settings name, beside the service that runs on it, and writes nothing', async () => {
      const service = await desk.serve();
      try {
        await openCase(service.url);
        const files = () => readdirSync(desk.dataDir).filter((name) => !/-(wal|shm)$/.test(name));
        const before = files();
        const { out: ours } = await desk.run('notary', 'key');
        await eventually(async () => {
          const { code, out } = await desk.run('verify', '--store', '--key', ours);
          expect([code, out]).toEqual([0, expect.stringContaining(`PROVEN: the store in ${desk.dataDir}`)]);
          expect(out).toMatch(/has [1-9]\d* of them, each in its place\.\n/);
        });
        expect(files()).toEqual(before);
      } finally {
        await service.stop();
      }
    });

    async function openCase(url: string): Promise<void> {
      const { out } = await desk.run('keys', 'create', '--label', 'Desk', '--role', 'caseworker');
      const reply = await fetch(`${url}/v1/cases`, {
        method: 'POST',
        headers: { authorization: `Bearer ${out}`, 'content-type': 'application/json' },
        body: JSON.stringify({ person: { names: [{ form: 'Dzmitry Kazlou' }], roles: ['blogger'] } }),
      });
      expect(reply.status).toBe(201);
    }

    it('reads EventStoreDB, with the log that lies where the settings say', async () => {
      const double = await EventStoreDouble.start();
      const place = await freshFile();
      const elsewhere = await Notarised.on(place, storeOn(double));
      await elsewhere.recordCases(3, 4);
      elsewhere.start();
      await elsewhere.covered();
      await elsewhere.stop();
      mkdirSync(join(desk.folder, 'log'), { recursive: true });
      const tables = new DatabaseSync(place.location.kind === 'sqlite' ? place.location.file : '');
      tables.prepare('VACUUM INTO ?').run(join(desk.folder, 'log', 'notary.db'));
      tables.close();
      const env = {
        ...desk.terminal.env,
        EVENTSTORE_URL: double.connectionString,
        HABEAS_DATA: join(desk.folder, 'log'),
      };
      const out: string[] = [];
      const terminal: Terminal = { ...desk.terminal, env, out: (text) => void out.push(text) };
      const args = ['verify', '--store', '--key', verifierLine(elsewhere.key)];
      expect(await habeas(args, terminal)).toBe(0);
      expect(out[0]).toBe('PROVEN: the EventStoreDB of the settings');
      expect(out[2]).toMatch(/has 12 of them, each in its place\.$/);
      await elsewhere.remove();
      await double.stop();
    });

    it('says that there is none, and makes none', async () => {
      const nowhere = join(desk.folder, 'nowhere');
      const found = await desk.run('verify', '--store', nowhere);
      expect(found).toMatchObject({ code: 1, out: '' });
      expect(found.said).toContain(`the store in ${nowhere} cannot be read`);
      expect(existsSync(nowhere)).toBe(false);
    });
  });

  describe('of an evidence file', () => {
    /** On the laptop of an auditor: no settings that would do, and no data. */
    const offline = async (...args: string[]) => {
      const [out, said]: [string[], string[]] = [[], []];
      const terminal: Terminal = {
        ...desk.terminal,
        env: { HABEAS_PORT: 'none', HABEAS_DATA: '/dev/null/none', DATABASE_URL: 'none' },
        out: (text) => void out.push(text),
        say: (text) => void said.push(text),
      };
      const code = await habeas(['verify', ...args], terminal);
      return { code, out: out.join('\n'), said: said.join('\n') };
    };

    it('needs the file and nothing else', async () => {
      const found = await offline(bundle, '--key', key, '--known', known);
      expect(found).toMatchObject({ code: 0, said: '' });
      expect(found.out).toMatch(/^PROVEN: case [^]*begins with the one whose checkpoint you have kept/);
      expect((await offline(bundle)).out).toContain('NOT CHECKED: who signed.');
    });

    it('ends with the code of what does not hold', async () => {
      const altered = await desk.file(
        'altered.json',
        readFileSync(bundle, 'utf8').replace('NoteAdded', 'NoteTaken'),
      );
      expect(await offline(altered, '--key', key)).toMatchObject({
        code: 12,
        out: '',
        said: expect.stringMatching(/^NOT PROVEN \(chain\): event 0 of case-/),
      });
    });

    it('takes no bytes that are no text for the sign that stands for them', async () => {
      const cosigned = JSON.parse(readFileSync(bundle, 'utf8')) as Bundle;
      cosigned.checkpoint += '— witness\ufffd AAAAAAAA\n';
      const file = await desk.file('cosigned.json', bundleText(cosigned));
      expect(await offline(file, '--key', key)).toMatchObject({ code: 0 });
      const bytes = readFileSync(file);
      bytes.writeUInt8(0xff, bytes.indexOf('\ufffd'));
      writeFileSync(
        file,
        Buffer.concat([bytes.subarray(0, bytes.indexOf(0xff) + 1), bytes.subarray(bytes.indexOf(0xff) + 3)]),
      );
      expect(await offline(file, '--key', key)).toMatchObject({ code: 10, out: '' });
      const marked = await desk.file('marked.json', `\ufeff${bundleText(cosigned)}`);
      expect(await offline(marked, '--key', key)).toMatchObject({ code: 10, out: '' });
    });

    it('says what is wrong with how it was asked', async () => {
      const both = await offline('--store', copy, '--evidence', bundle);
      expect(both).toMatchObject({ code: 1, out: '', said: expect.stringContaining('--evidence') });
      expect(await offline()).toMatchObject({ code: 1, said: expect.stringContaining('--store') });
      expect(await offline(`${bundle}.gone`)).toMatchObject({
        code: 1,
        said: expect.stringContaining('ENOENT'),
      });
      expect(await offline(bundle, '--key', 'none')).toMatchObject({
        code: 1,
        said: expect.stringContaining('--key: this is no verifier line'),
      });
    });
  });
});
