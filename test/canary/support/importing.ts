import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import type { WatchedService } from './watched-service.js';

/** Imports a file at the command line, has another one refused, and shows what was recorded. */
export async function importAndShow(watched: WatchedService): Promise<void> {
  const { marks } = watched;
  const form = `${marks.next()} ${marks.next()}`;
  const opening = { person: { names: [{ form }], roles: [] }, summary: marks.inProse() };
  const lines = [
    { case: marks.latin(), post: '/v1/cases', body: opening },
    { case: marks.latin(), post: '/v1/cases', body: { person: { names: [{ form: marks.next() }] } } },
  ];
  const [good, bad] = [
    join(watched.desk, `${marks.latin()}.ndjson`),
    join(watched.desk, `${marks.latin()}.ndjson`),
  ];
  await writeFile(good, JSON.stringify(lines[0]));
  await writeFile(bad, lines.map((line) => JSON.stringify(line)).join('\n'));
  expect(await watched.habeas(['import', good])).toMatchObject({ code: 0, out: '1 lines recorded.\n' });
  expect((await watched.habeas(['import', '--check', bad])).code).toBe(1);
  const { caseId } = (await watched.search(form)).body.items[0]!;
  expect((await watched.habeas(['show', caseId])).out).toContain(form);
}
