import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { eventToRecord } from '../../src/cases/commands/event-to-record.js';
import type { Fact, FactType } from '../../src/cases/domain/facts/facts.js';
import { joined, type Members } from '../../src/ledger/sealed-fields.js';
import { Caseworker } from '../support/caseworker.js';
import { FILLED, leaves, PERSONAL } from '../support/filled-facts.js';
import { Installation } from '../support/installation.js';
import { ledgerIn } from '../support/stores.js';
import { formsOf } from './support/forms.js';
import { Marks } from './support/marks.js';
import { Needles } from './support/needles.js';
import { leaks } from './support/written.js';

const LONG = 120_000;
const WORDS = ['qzjxwvkybpfghdmt', 'ўжшчэюяфцхізгбль'];

describe('the search for words', () => {
  it.each(WORDS.flatMap(formsOf).map(({ word, form, bytes }) => [word, form, bytes] as const))(
    'finds %s %s, wherever it begins and ends',
    (word, _, bytes) => {
      const needles = new Needles(WORDS);
      for (const hay of [bytes, Buffer.concat([randomBytes(1_001), bytes, randomBytes(3)])]) {
        expect(new Set(needles.in(hay).map((found) => found.word))).toEqual(new Set([word]));
      }
    },
  );

  it.each(WORDS)('finds %s in whatever base64 somebody makes of a text with it', (word) => {
    for (const before of ['', 'a', 'ab', 'abc']) {
      for (const encoding of ['base64', 'base64url'] as const) {
        const hay = Buffer.from(Buffer.from(`${before}${word} and more`).toString(encoding));
        expect(new Needles(WORDS).in(hay)).toMatchObject([{ word }]);
      }
    }
  });

  it('finds nothing where nothing is', () => {
    expect(new Needles(WORDS).in(randomBytes(1_000_000))).toEqual([]);
    expect(new Needles(WORDS).in(Buffer.from(WORDS[0]!.slice(1)))).toEqual([]);
  });
});

/** Each personal field of a fact by itself, with a mark in it: as the fact says it, and as the events would have it unsealed. */
function fieldsLeftOpen(
  type: FactType,
  marks: Marks,
): { path: string; mark: string; data: Members; rest: Members }[] {
  return [...leaves(FILLED[type])]
    .filter(([, value]) => value === PERSONAL)
    .map(([path]) => {
      const mark = marks.next();
      const data = JSON.parse(JSON.stringify(FILLED[type])) as Members;
      const names = path.slice(1).split('/');
      const only = names.reduceRight<unknown>(
        (inner, name) => (/^\d+$/.test(name) ? [inner] : { [name]: inner }),
        mark,
      );
      return { path, mark, data: joined(data, only) as Members, rest: only as Members };
    });
}

describe('the canary finds', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'habeas-open-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it(
    'every single field of every kind of fact, were it not sealed; and none of them as they are',
    async () => {
      const marks = new Marks(5);
      const { ledger, close } = await ledgerIn(folder);
      const append = (events: Parameters<typeof ledger.append>[1]) =>
        ledger.append(
          `case-${randomUUID()}`,
          events,
          { recordedAt: '2020-01-27T10:00:00.000Z', recordedBy: 'p', correlationId: 'c', causationId: 'c' },
          'no_stream',
        );
      const fields = (Object.keys(FILLED) as FactType[]).flatMap((type) =>
        fieldsLeftOpen(type, marks).map((field) => ({ type, ...field })),
      );
      const sealed = fields.map(({ type, data }) =>
        eventToRecord({ type, data } as unknown as Fact, randomUUID(), () => 'Arrested'),
      );
      await append(sealed);
      expect(leaks(folder, new Needles(marks.given))).toEqual([]);

      const open = fields.map(({ rest }, i) => ({
        ...sealed[i]!,
        eventId: randomUUID(),
        data: joined(sealed[i]!.data, rest) as Members,
      }));
      await append(open);
      await close();
      const met = new Set(leaks(folder, new Needles(marks.given)).flatMap((leak) => marks.in(leak)));
      expect(fields.filter(({ mark }) => !met.has(mark))).toEqual([]);
      expect(fields.length).toBeGreaterThan(120);
    },
    LONG,
  );
});

describe('the canary finds, when the program itself is changed,', () => {
  let installation: Installation;
  const marks = new Marks(6);
  beforeAll(async () => {
    installation = await Installation.make();
    await mkdir(join(installation.folder, 'tmp'));
  }, LONG);
  afterAll(() => installation.remove());

  /** Puts other words in the place of some in a file of the program: they must stand there, once. */
  async function change(file: string, from: string, to: string): Promise<void> {
    const path = join(installation.folder, 'program/src', file);
    const parts = (await readFile(path, 'utf8')).split(from);
    expect(parts).toHaveLength(2);
    await writeFile(path, parts.join(to));
  }

  it(
    'a field that was declared readable, and a line of the log that tells too much',
    async () => {
      await change(
        'cases/domain/facts/personal-fields.js',
        'NoteAdded: circumstance',
        'NoteAdded: { ...circumstance, text: true }',
      );
      await change('http/request-journal.js', 'correlationId,', 'correlationId, url: request.url,');
      const service = await installation.start();
      const caseworker = await Caseworker.of(service);
      const caseId = await caseworker.open(marks.next());
      await caseworker.record(`/${caseId}/notes`, { text: marks.next(), remark: marks.next() });
      await caseworker.get(`/v1/cases?name=${encodeURIComponent(marks.next())}`);
      await service.kill('SIGTERM');
      const [, text, , searched] = marks.given;
      const found = leaks(installation.folder, new Needles(marks.given), ['program']);
      expect(new Set(found.flatMap((leak) => marks.in(leak)))).toEqual(new Set([text, searched]));
      expect(new Set(found.map((leak) => leak.split(/[/:]/)[0]))).toEqual(new Set(['data', 'logs']));
    },
    LONG,
  );
});
