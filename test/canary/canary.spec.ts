import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { withoutPersonalFields } from '../../src/cases/domain/facts/personal-fields.js';
import type { FactType } from '../../src/cases/domain/facts/facts.js';
import { indexKeys } from '../../src/cases/domain/names/name-keys.js';
import { Caseworker, since, type HistoryEvent } from '../support/caseworker.js';
import { eventually } from '../support/eventually.js';
import { FILLED, leaves, PERSONAL } from '../support/filled-facts.js';
import { Installation, type ChildService } from '../support/installation.js';
import { recordEverything } from './support/course.js';
import { askBadly } from './support/errors.js';
import { habeasOf, type Printed } from './support/habeas.js';
import { UNMARKED } from './support/marked-facts.js';
import { Marks } from './support/marks.js';
import { Needles } from './support/needles.js';
import { filesIn, leaks } from './support/written.js';

const LONG = 180_000;
/** Our own sources, which nobody writes to. */
const PROGRAM = ['program'];
/** Shorter keys of names might stand somewhere by chance. */
const SHORTEST_KEY = 10;

const marks = new Marks(4);
let installation: Installation;
let settings: Record<string, string>;
let sent: string;
let habeas: (args: readonly string[], more?: Record<string, string>) => Promise<Printed>;
let service: ChildService;
let caseworker: Caseworker;
let auditorKey: string;
let cases: { first: string; second: string };

/** At a signal the process stumbles over an error whose message quotes what somebody has written. */
async function stumbling(words: string): Promise<Record<string, string>> {
  const [module, quoted] = [join(sent, 'stumbling.mjs'), join(sent, 'words')];
  await writeFile(quoted, words);
  await writeFile(
    module,
    `import { readFileSync } from 'node:fs';
     process.on('SIGUSR2', () => { throw new TypeError(readFileSync(${JSON.stringify(quoted)}, 'utf8')); });`,
  );
  return { NODE_OPTIONS: `--import=${module}` };
}

async function start(more: Record<string, string> = {}): Promise<void> {
  service = await installation.start({ ...settings, ...more });
  caseworker = await Caseworker.of(service);
  auditorKey = await service.keyFor('auditor');
}

/** Every word that must lie nowhere, and what a name is found by. */
const needles = (): Needles => {
  const keys = marks.given.flatMap((mark) => indexKeys(mark)).filter((key) => key.length >= SHORTEST_KEY);
  return new Needles([...marks.given, ...keys]);
};

const found = (): string[] => leaks(installation.folder, needles(), PROGRAM);

const search = (name: string, key = caseworker.key) =>
  service.request<{ items: { caseId: string }[] }>('POST', '/v1/cases/search', { body: { name }, key });

beforeAll(async () => {
  installation = await Installation.make();
  sent = await mkdtemp(join(tmpdir(), 'habeas-sent-'));
  const [tmp, home] = [join(installation.folder, 'tmp'), join(installation.folder, 'home')];
  await mkdir(tmp);
  await mkdir(home);
  settings = { TMPDIR: tmp, HOME: home, HABEAS_LOG_LEVEL: 'trace' };
  habeas = await habeasOf(installation, settings);
  await start();
}, LONG);

afterAll(async () => {
  await installation.remove();
  await rm(sent, { recursive: true, force: true });
});

// The steps of one story, in their order.
describe('of what people write, nothing can be read on the disk', () => {
  let history: HistoryEvent[];
  let name: string;

  it(
    'when every field of every kind of fact is filled in, by its own route',
    async () => {
      cases = await recordEverything(caseworker, marks);
      history = [...(await caseworker.history(cases.first)), ...(await caseworker.history(cases.second))];
      expect(marks.given.length).toBeGreaterThan(200);
      expect(found()).toEqual([]);
    },
    LONG,
  );

  it('and the caseworker reads every word of it', () => {
    expect(marks.in(JSON.stringify(history)).toSorted()).toEqual(marks.given.toSorted());
  });

  it.each(Object.keys(FILLED) as FactType[])('%s: no personal field of it was left out', (type) => {
    const inFact = (data: unknown): [string, unknown][] =>
      [...leaves(data)].filter(([path]) => !(type === 'EventCorrected' && path.startsWith('/data/')));
    const marked = history
      .filter((event) => event.type === type)
      .flatMap(({ data }) => inFact(data))
      .filter(([path, value]) => isMarked(path, value))
      .map(([path]) => placeOf(path));
    const personal = inFact(FILLED[type]).filter(([, value]) => value === PERSONAL);
    expect(new Set(marked)).toEqual(new Set(personal.map(([path]) => placeOf(path))));
  });

  it('nor in the readable half of an event', () => {
    const events = new DatabaseSync(join(installation.dataDir, 'events.db'), { readOnly: true });
    const rows = events.prepare('select type, payload from events').all() as {
      type: FactType;
      payload: string;
    }[];
    events.close();
    expect(new Set(rows.map(({ type }) => type))).toEqual(new Set(Object.keys(FILLED)));
    for (const { type, payload } of rows) {
      const { data } = JSON.parse(payload) as { data: { data?: object } };
      const corrected = type === 'EventCorrected' ? 'Arrested' : undefined;
      expect(data).toEqual(withoutPersonalFields(type, data, corrected));
    }
  });

  it(
    'when people are searched for, found or not, and asked about',
    async () => {
      const [opened] = history;
      name = (opened!.data['person'] as { names: { form: string }[] }).names[0]!.form;
      expect((await search(name)).body.items.map(({ caseId }) => caseId)).toEqual([cases.first]);
      const asked = `/v1/cases?name=${encodeURIComponent(name)}`;
      expect((await caseworker.get<{ items: unknown[] }>(asked)).body.items).toHaveLength(1);
      for (const nobody of [marks.next(), marks.next()]) {
        expect((await search(nobody)).body.items).toEqual([]);
        await caseworker.get(`/v1/cases?name=${encodeURIComponent(nobody)}`, { 'x-purpose': marks.latin() });
        expect((await search(nobody, auditorKey)).status).toBe(403);
      }
      const { caseId: twin, position } = await caseworker.record('', {
        person: { names: [{ form: name }], roles: [] },
      });
      const paths = [`/v1/cases/${twin}/similar`, '/v1/hearings', '/v1/releases/expected', '/v1/cases'];
      for (const path of paths) {
        const asked = `${path}?${since(position)}`;
        expect((await caseworker.get(asked, { 'x-purpose': marks.latin() })).status).toBe(200);
      }
      const similar = await caseworker.get(`/v1/cases/${twin}/similar`);
      expect(similar.text).toContain(name);
      expect(found()).toEqual([]);
    },
    LONG,
  );

  it(
    'when requests are refused, whatever they quote',
    async () => {
      const detentionId = String(history.find(({ type }) => type === 'Released')!.data['detentionId']);
      const asked = { caseId: cases.first, detentionId, key: caseworker.key };
      expect(await askBadly(service, marks, asked)).toEqual([]);
      expect(found()).toEqual([]);
    },
    LONG,
  );

  it('when somebody is let in by name', async () => {
    const label = `${marks.next()} ${marks.next()}`;
    const { status, body } = await service.request<{ principalId: string }>('POST', '/v1/principals', {
      body: { label, roles: ['caseworker'] },
    });
    expect(status).toBe(201);
    expect(
      (await service.request('POST', '/v1/keys', { body: { principalId: body.principalId } })).status,
    ).toBe(201);
    expect((await service.request('GET', '/v1/principals')).text).toContain(label);
    expect(found()).toEqual([]);
  });

  it(
    'when a file is imported and a case is shown at the command line',
    async () => {
      const form = `${marks.next()} ${marks.next()}`;
      const opening = { person: { names: [{ form }], roles: [] }, summary: marks.inProse() };
      const lines = [
        { case: marks.latin(), post: '/v1/cases', body: opening },
        { case: marks.latin(), post: '/v1/cases', body: { person: { names: [{ form: marks.next() }] } } },
      ];
      const [good, bad] = [join(sent, `${marks.latin()}.ndjson`), join(sent, `${marks.latin()}.ndjson`)];
      await writeFile(good, JSON.stringify(lines[0]));
      await writeFile(bad, lines.map((line) => JSON.stringify(line)).join('\n'));
      expect(await habeas(['import', good])).toMatchObject({ code: 0, out: '1 lines recorded.\n' });
      expect((await habeas(['import', '--check', bad])).code).toBe(1);
      const { caseId } = (await search(form)).body.items[0]!;
      expect((await habeas(['show', caseId])).out).toContain(form);
      expect(found()).toEqual([]);
    },
    LONG,
  );

  it(
    'when it is killed while facts are being recorded',
    async () => {
      const sending = Array.from({ length: 40 }, () =>
        caseworker.send(`/${cases.first}/notes`, { text: marks.inProse() }).catch(() => undefined),
      );
      await Promise.any(sending.slice(0, 10));
      await service.kill('SIGKILL');
      await Promise.all(sending);
      const left = filesIn(installation.dataDir).map((file) => file.slice(installation.dataDir.length + 1));
      expect(left).toEqual(
        expect.arrayContaining(['events.db-wal', 'read.db-wal', 'keys.db', 'running.json']),
      );
      expect(found()).toEqual([]);
    },
    LONG,
  );

  it(
    'when it stumbles over an error that nobody has caught',
    async () => {
      const words = marks.next();
      await start(await stumbling(words));
      const { code } = await service.kill('SIGUSR2');
      expect(code).toBe(1);
      const line = expect.objectContaining({ event: 'uncaught error', error: 'TypeError' });
      expect(service.log()).toContainEqual(line);
      expect(service.said()).not.toContain(words);
      expect(found()).toEqual([]);
    },
    LONG,
  );

  it(
    'when it is started again, and finds the names again',
    async () => {
      await start();
      await eventually(async () => expect((await search(name)).status).toBe(200));
      const items = (await search(name)).body.items;
      expect(items.map(({ caseId }) => caseId)).toContain(cases.first);
      expect((await caseworker.get(`/v1/cases/${cases.first}`)).text).toContain(name);
      const masked = await service.request('GET', `/v1/cases/${cases.first}/events`, { key: auditorKey });
      expect(masked.status).toBe(200);
      expect(marks.in(masked.text)).toEqual([]);
      await service.request('POST', '/v1/projections/cases/rebuild');
      expect((await service.kill('SIGTERM')).code).toBe(0);
      expect(found()).toEqual([]);
    },
    LONG,
  );
});

/** A name's script and a date of birth take no mark; they are known by their values. */
const isMarked = (path: string, value: unknown): boolean =>
  typeof value === 'string' &&
  (marks.in(value).length > 0 ||
    (/\/(?:script|born)$/.test(path) && Object.values(UNMARKED).includes(value)));

/** Which of a list it was makes no difference. */
const placeOf = (path: string): string => path.replaceAll(/\/\d+(?=\/|$)/g, '/0');
