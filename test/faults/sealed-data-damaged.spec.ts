import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Caseworker, newId, since } from '../support/caseworker.js';
import { eventually } from '../support/eventually.js';
import { problemIn } from '../support/problem.js';
import { startService, type Service } from '../support/service.js';
import { StoredBoxes } from './support/sealed-boxes.js';

interface Case {
  caseId: string;
  /** Of its opening and of its arrest. */
  events: [opened: string, arrested: string];
  /** No other case has it. */
  campaignId: string;
  hearingOn: string;
  /** What stands sealed in it. */
  words: string[];
}

const LONG = 120_000;
const flipped = (bytes: Uint8Array, at: number): Uint8Array => bytes.with(at, bytes.at(at)! ^ 1);
const bytesOf = (box: string): Buffer => Buffer.from(box, 'base64url');

/** What somebody with the disk can do to a case, and how the service calls it. `other` is a case that stays as it is. */
const HARM: [harm: string, code: string, does: (boxes: StoredBoxes, one: Case, other: Case) => void][] = [
  [
    'a box of another event of the case',
    'sealed-data-damaged',
    (boxes, { events: [opened, arrested] }) => boxes.replace(opened, boxes.of(arrested)),
  ],
  [
    'a box of the same event of another case',
    'sealed-data-damaged',
    (boxes, one, other) => boxes.replace(one.events[0], boxes.of(other.events[0])),
  ],
  [
    'a box of another case under its own key',
    'sealed-data-damaged',
    (boxes, one, other) => boxes.replace(one.events[1], { box: boxes.of(other.events[1]).box }),
  ],
  [
    'the key of another case',
    'sealed-data-damaged',
    (boxes, one, other) => boxes.replace(one.events[0], { key: boxes.of(other.events[0]).key }),
  ],
  [
    'another version of its key',
    'sealed-data-damaged',
    (boxes, { events: [opened] }) => boxes.replace(opened, { v: 2 }),
  ],
  [
    'another tag',
    'sealed-data-damaged',
    (boxes, { events: [opened] }) => {
      const bytes = flipped(bytesOf(boxes.of(opened).box), -1 + bytesOf(boxes.of(opened).box).length);
      boxes.replace(opened, { box: Buffer.from(bytes).toString('base64url') });
    },
  ],
  [
    'one bit of the text turned over',
    'sealed-data-damaged',
    (boxes, { events: [, arrested] }) => {
      const bytes = flipped(bytesOf(boxes.of(arrested).box), 20);
      boxes.replace(arrested, { box: Buffer.from(bytes).toString('base64url') });
    },
  ],
  [
    'a box cut short',
    'sealed-data-damaged',
    (boxes, { events: [opened] }) => boxes.replace(opened, { box: boxes.of(opened).box.slice(0, 12) }),
  ],
  [
    'a box that is none',
    'sealed-data-damaged',
    (boxes, { events: [opened] }) => boxes.replace(opened, { box: 'no box' }),
  ],
  ['a lost key', 'key-lost', (boxes, { events: [opened] }) => boxes.loseKey(boxes.of(opened).key)],
  [
    'a key that was never there',
    'key-lost',
    (boxes, { events: [opened] }) => boxes.replace(opened, { key: 'AAAAAAAAAAAAAAAAAAAAAA' }),
  ],
  [
    'a damaged key',
    'key-damaged',
    (boxes, { events: [opened] }) => {
      const { key } = boxes.of(opened);
      boxes.wrapAs(key, flipped(boxes.wrapped(key), 15));
    },
  ],
  [
    'the key of another case in the place of its own',
    'key-damaged',
    (boxes, one, other) =>
      boxes.wrapAs(boxes.of(one.events[0]).key, boxes.wrapped(boxes.of(other.events[0]).key)),
  ],
];

let folder: string;
let service: Service;
let caseworker: Caseworker;
let auditorKey: string;
const cases = new Map<string, Case>();
let unharmed: Case;
/** An instant at which all of them were known; five seconds later it can be asked about. */
let settled: string;

async function make(n: number): Promise<Case> {
  const words = [n === 0 ? 'Vasilevich' : 'Kazlou', 'street', 'judge'].map((word) => `${word}${n}Zzyzx`);
  const [name, street, judge] = words;
  const [campaignId, hearingOn] = [newId(), `2040-01-${String(n + 10)}`];
  const opened = await caseworker.record('', { person: { names: [{ form: `Dzmitry ${name}` }], roles: [] } });
  const { caseId } = opened;
  const arrest = { at: '2020-01-12', campaignId, place: { region: 'BY-HM', detail: street } };
  const arrested = await caseworker.record(`/${caseId}/arrests`, arrest);
  await caseworker.record(`/${caseId}/hearings`, { proceedingId: newId(), at: hearingOn, judge });
  const events: [string, string] = [opened.events[0]!.eventId, arrested.events[0]!.eventId];
  return { caseId, events, campaignId, hearingOn, words };
}

async function start(): Promise<void> {
  service = await startService({ folder });
  caseworker = caseworker ? caseworker.at(service) : await Caseworker.of(service);
  auditorKey = await service.keyFor('auditor');
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'habeas-harmed-'));
  await start();
  unharmed = await make(0);
  for (const [n, [harm]] of HARM.entries()) cases.set(harm, await make(n + 1));
  settled = new Date().toISOString();
  await service.close();
  const boxes = new StoredBoxes(join(folder, 'data'));
  for (const [harm, , does] of HARM) does(boxes, cases.get(harm)!, unharmed);
  boxes.close();
  await start();
  await eventually(async () => expect((await found('Zzyzx')).status).toBe(200));
  await eventually(() => Date.now() - Date.parse(settled) > 5_000);
}, LONG);

afterAll(async () => {
  await service.close();
  await rm(folder, { recursive: true, force: true });
});

const found = (name: string) =>
  caseworker.get<{ items: { caseId: string }[] }>(`/v1/cases?name=${encodeURIComponent(name)}`);

/** Every question whose answer would show what is sealed in the case. */
const questions = ({ caseId, campaignId, hearingOn }: Case): string[] => [
  `/v1/cases/${caseId}`,
  `/v1/cases/${caseId}?knownAt=${settled}`,
  `/v1/cases/${caseId}/events`,
  `/v1/cases/${caseId}/similar`,
  `/v1/cases?campaignId=${campaignId}`,
  `/v1/hearings?from=${hearingOn}&to=${hearingOn}`,
];

const said = (words: readonly string[], text: string): string[] =>
  words.filter((word) => text.includes(word));

describe.each(HARM)('a case with %s', (harm, code) => {
  it(
    'is not shown, nor any of it, by no route',
    async () => {
      const one = cases.get(harm)!;
      for (const path of questions(one)) {
        const reply = await caseworker.get(path);
        expect({ path, ...problemIn(reply) }).toMatchObject({ path, status: 503, code });
        expect(said([...one.words, ...unharmed.words], reply.text)).toEqual([]);
      }
      expect(said(one.words, JSON.stringify(service.log))).toEqual([]);
    },
    LONG,
  );

  it('is what it was to an auditor', async () => {
    const one = cases.get(harm)!;
    for (const path of [`/v1/cases/${one.caseId}`, `/v1/cases/${one.caseId}/events`]) {
      const reply = await service.request('GET', path, { key: auditorKey });
      expect({ status: reply.status, masked: reply.body['masked'] }).toEqual({ status: 200, masked: true });
      expect(said(one.words, reply.text)).toEqual([]);
    }
  });
});

describe('beside cases that are damaged', () => {
  it('the others answer as ever', async () => {
    for (const path of questions(unharmed)) expect((await caseworker.get(path)).status).toBe(200);
    const [name] = unharmed.words;
    expect((await found(name!)).body.items.map(({ caseId }) => caseId)).toEqual([unharmed.caseId]);
  });

  it('a page that would show one of them is not shown at all, but to an auditor', async () => {
    const all = await caseworker.get('/v1/cases');
    expect(problemIn(all).status).toBe(503);
    const masked = await service.request<{ items: unknown[] }>('GET', '/v1/cases', { key: auditorKey });
    expect(masked.body.items).toHaveLength(HARM.length + 1);
  });

  it('nobody is found by a name that does not open, and that is in the log', async () => {
    const lost = cases.get('a lost key')!;
    expect((await found(lost.words[0]!)).body.items).toEqual([]);
    expect(service.log).toContainEqual(expect.objectContaining({ event: 'names that do not open' }));
  });

  it('a case whose key is lost takes no more facts, and nothing is written', async () => {
    const lost = cases.get('a lost key')!;
    const before = await service.request<{ revision: number }>('GET', `/v1/cases/${lost.caseId}`, {
      key: auditorKey,
    });
    const refused = await caseworker.send(`/${lost.caseId}/notes`, { text: 'one more' });
    expect(problemIn(refused)).toMatchObject({ status: 503, code: 'key-lost' });
    const { position } = await caseworker.record(`/${unharmed.caseId}/notes`, { text: 'one more' });
    const after = await service.request('GET', `/v1/cases/${lost.caseId}?${since(position)}`, {
      key: auditorKey,
    });
    expect(after.body).toMatchObject({ revision: before.body.revision });
  });

  it('one that is put back as it was is whole again', async () => {
    const boxes = new StoredBoxes(join(folder, 'data'));
    const other = cases.get('another version of its key')!;
    boxes.replace(other.events[0], { v: 1 });
    boxes.close();
    const { status, text } = await caseworker.get(`/v1/cases/${other.caseId}`);
    expect({ status, said: said(other.words, text).length > 0 }).toEqual({ status: 200, said: true });
  });

  it('not one answer was a failure that nobody knows', () => {
    const lines = service.log.filter(({ event, status }) => event === 'unknown error' || status === 500);
    expect(lines).toEqual([]);
  });
});
