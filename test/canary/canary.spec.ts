import { basename, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { withoutPersonalFields } from '../../src/cases/domain/facts/personal-fields.js';
import type { FactType } from '../../src/cases/domain/facts/facts.js';
import { Caseworker, type HistoryEvent } from '../support/caseworker.js';
import { attach } from '../support/evidence.js';
import { eventually } from '../support/eventually.js';
import { markedFields, personalFields, WORDED } from './support/coverage.js';
import { recordEverything, recordEverythingBeside } from './support/course.js';
import { askBadly } from './support/errors.js';
import { importAndShow } from './support/importing.js';
import { Marks } from './support/marks.js';
import { askAbout } from './support/questions.js';
import { makeReports } from './support/reporting.js';
import { tellElsewhere } from './support/telling.js';
import { Thief } from './support/thief.js';
import { WatchedService } from './support/watched-service.js';
import { filesIn } from './support/written.js';

const LONG = 180_000;
const OF_CASES = `select type, payload from events join streams on streams.id = stream_id where name like 'case-%'`;

const marks = new Marks(4);
let watched: WatchedService;
let cases: { first: string; second: string };

beforeAll(async () => {
  watched = await WatchedService.make(marks);
  await watched.start();
}, LONG);

afterAll(() => watched.remove());

// The steps of one story, in their order.
describe('of what people write, nothing can be read on the disk', () => {
  let history: HistoryEvent[];
  let name: string;

  it(
    'when every field of every kind of fact is filled in, by its own route',
    async () => {
      cases = await recordEverything(watched.caseworker, marks, watched.service);
      history = [
        ...(await watched.caseworker.history(cases.first)),
        ...(await watched.caseworker.history(cases.second)),
      ];
      expect(marks.given.length).toBeGreaterThan(200);
      expect(watched.leaks()).toEqual([]);
    },
    LONG,
  );

  it('and the caseworker reads every word of it', () => {
    expect(marks.in(JSON.stringify(history)).toSorted()).toEqual(marks.given.toSorted());
  });

  it.each(WORDED)('%s: no personal field of it was left out', (type) => {
    expect(markedFields(type, history, marks)).toEqual(personalFields(type));
  });

  it('nor in the readable half of an event', () => {
    const events = new DatabaseSync(join(watched.installation.dataDir, 'events.db'), { readOnly: true });
    const rows = events.prepare(OF_CASES).all() as { type: FactType; payload: string }[];
    events.close();
    expect(new Set(rows.map(({ type }) => type))).toEqual(new Set(WORDED));
    for (const { type, payload } of rows) {
      const { data } = JSON.parse(payload) as { data: { data?: object } };
      const corrected = type === 'EventCorrected' ? 'Arrested' : undefined;
      expect(data).toEqual(withoutPersonalFields(type, data, corrected));
    }
  });

  it(
    'when campaigns, estimates and recommendations are recorded, corrected and voided',
    async () => {
      const before = marks.given.length;
      const { caseworker, service, auditorKey } = watched;
      const paths = await recordEverythingBeside(service, caseworker.key, marks);
      const beside = marks.given.slice(before);
      const read = async (key: string) => {
        const answers = await Promise.all(paths.map((path) => service.request('GET', path, { key })));
        expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
        return answers.map(({ text }) => text).join();
      };
      expect(marks.in(await read(caseworker.key)).toSorted()).toEqual(beside.toSorted());
      expect(marks.in(await read(auditorKey))).toEqual([]);
      expect(watched.leaks()).toEqual([]);
    },
    LONG,
  );

  it(
    'when a file is attached, whatever it holds and is called, and the case is exported',
    async () => {
      const bytes = Buffer.from(`%PDF-1.7 ${marks.inProse()} `.repeat(5_000));
      const form = new FormData();
      form.append('file', new Blob([bytes]), `${marks.latin()}.pdf`);
      const { body } = await attach(watched.service, watched.caseworker.key, cases.first, { form });
      const path = `/v1/cases/${cases.first}/evidence/${body.ids['evidenceId']}`;
      expect((await watched.caseworker.get(path)).text).toBe(bytes.toString());
      const [exports, key] = [`/v1/cases/${cases.first}/exports`, watched.auditorKey];
      const exported = () => watched.service.request('POST', exports, { key });
      await eventually(async () => (await exported()).status === 200);
      expect(marks.in((await eventually(exported)).text)).toEqual([]);
      expect(watched.leaks()).toEqual([]);
    },
    LONG,
  );

  it(
    'when people are searched for, found or not, and asked about',
    async () => {
      name = await askAbout(history[0]!, cases.first, watched);
      expect(watched.leaks()).toEqual([]);
    },
    LONG,
  );

  it(
    'when requests are refused, whatever they quote',
    async () => {
      const detentionId = String(history.find(({ type }) => type === 'Released')!.data['detentionId']);
      const asked = { caseId: cases.first, detentionId, key: watched.caseworker.key };
      expect(await askBadly(watched.service, marks, asked)).toEqual([]);
      expect(watched.leaks()).toEqual([]);
    },
    LONG,
  );

  it('when somebody is let in by name', async () => {
    const label = `${marks.next()} ${marks.next()}`;
    const { status, body } = await watched.service.request<{ principalId: string }>(
      'POST',
      '/v1/principals',
      {
        body: { label, roles: ['caseworker'] },
      },
    );
    expect(status).toBe(201);
    expect(
      (await watched.service.request('POST', '/v1/keys', { body: { principalId: body.principalId } })).status,
    ).toBe(201);
    expect((await watched.service.request('GET', '/v1/principals')).text).toContain(label);
    expect(watched.leaks()).toEqual([]);
  });

  it(
    'when reports are made, written in every format and issued',
    async () => {
      await makeReports(watched);
      expect(watched.leaks()).toEqual([]);
    },
    LONG,
  );

  it('when somebody is to be told of it elsewhere, and cannot be reached', async () => {
    await tellElsewhere(watched);
    expect(watched.leaks()).toEqual([]);
  });

  it(
    'when a file is imported and a case is shown at the command line',
    async () => {
      await importAndShow(watched);
      expect(watched.leaks()).toEqual([]);
    },
    LONG,
  );

  it(
    'when a backup is made',
    async () => {
      const [data, keys] = [
        join(watched.installation.folder, 'backup'),
        join(watched.installation.folder, 'keys'),
      ];
      expect(await watched.habeas(['backup', data, '--keys', keys])).toMatchObject({ code: 0 });
      expect(filesIn(data).map((file) => basename(file))).toContain('events.db');
      expect(watched.leaks()).toEqual([]);
    },
    LONG,
  );

  it(
    'when it is killed while facts are being recorded',
    async () => {
      const sending = Array.from({ length: 40 }, () =>
        watched.caseworker.send(`/${cases.first}/notes`, { text: marks.inProse() }).catch(() => undefined),
      );
      await Promise.any(sending.slice(0, 10));
      await watched.service.kill('SIGKILL');
      await Promise.all(sending);
      const left = filesIn(watched.installation.dataDir).map((file) =>
        file.slice(watched.installation.dataDir.length + 1),
      );
      expect(left).toEqual(
        expect.arrayContaining(['events.db-wal', 'read.db-wal', 'keys.db', 'running.json']),
      );
      expect(watched.leaks()).toEqual([]);
    },
    LONG,
  );

  it(
    'when it stumbles over an error that nobody has caught',
    async () => {
      const words = marks.next();
      await watched.start(await watched.stumbling(words));
      const { code } = await watched.service.kill('SIGUSR2');
      expect(code).toBe(1);
      const line = expect.objectContaining({ event: 'uncaught error', error: 'TypeError' });
      expect(watched.service.log()).toContainEqual(line);
      expect(watched.service.said()).not.toContain(words);
      expect(watched.leaks()).toEqual([]);
    },
    LONG,
  );

  it(
    'when it is started again, and finds the names again',
    async () => {
      await watched.start();
      await eventually(async () => expect((await watched.search(name)).status).toBe(200));
      const items = (await watched.search(name)).body.items;
      expect(items.map(({ caseId }) => caseId)).toContain(cases.first);
      expect((await watched.caseworker.get(`/v1/cases/${cases.first}`)).text).toContain(name);
      const masked = await watched.service.request('GET', `/v1/cases/${cases.first}/events`, {
        key: watched.auditorKey,
      });
      expect(masked.status).toBe(200);
      expect(marks.in(masked.text)).toEqual([]);
      await watched.service.request('POST', '/v1/projections/cases/rebuild');
      expect((await watched.service.kill('SIGTERM')).code).toBe(0);
      expect(watched.leaks()).toEqual([]);
    },
    LONG,
  );
});

describe('whoever has the data folder and our program, and not the master key, opens nothing', () => {
  let thief: Thief;
  beforeAll(async () => {
    thief = await Thief.with(watched.installation.dataDir);
  });
  afterAll(() => thief.leave());

  const launch = async () => {
    const launched = watched.installation.launch({ ...watched.settings, ...thief.settings });
    return { ...(await launched.ended), lines: launched.said().trim().split('\n') };
  };

  it(
    'by another master key',
    async () => {
      const line = expect.stringMatching(/^HABEAS_MASTER_KEY_FILE: /);
      expect(await launch()).toEqual({ code: 78, signal: null, lines: [line] });
      expect(await watched.habeas(['show', cases.first], thief.settings)).toMatchObject({
        code: 78,
        out: '',
      });
    },
    LONG,
  );

  it(
    'without the key store',
    async () => {
      await thief.without('keys.db');
      expect(await launch()).toEqual({ code: 78, signal: null, lines: [expect.stringContaining('keys.db')] });
      expect(await watched.habeas(['keys', 'list'], thief.settings)).toMatchObject({ code: 78, out: '' });
    },
    LONG,
  );

  it(
    'as the first admin of the same facts',
    async () => {
      await thief.without('keys.db', 'access.db', 'read.db');
      const stolen = await watched.installation.start({ ...watched.settings, ...thief.settings });
      const key = await Caseworker.joining(stolen).then((joined) => joined.key);
      const ask = (path: string) => stolen.request('GET', path, { key });
      await eventually(async () => expect((await ask('/v1/cases')).body).toMatchObject({ code: 'key-lost' }));
      for (const path of ['', '/events', '/replay', '/similar']) {
        const reply = await ask(`/v1/cases/${cases.first}${path}`);
        expect({ status: reply.status, ...reply.body }).toMatchObject({ status: 503, code: 'key-lost' });
        expect(marks.in(reply.text)).toEqual([]);
      }
      expect((await stolen.kill('SIGTERM')).code).toBe(0);
      expect(watched.leaks(thief.folder)).toEqual([]);
    },
    LONG,
  );
});
