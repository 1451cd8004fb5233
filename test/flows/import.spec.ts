import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { checkedFile } from '../../src/cli/import/import-file.js';
import { Sending } from '../../src/cli/import/sending.js';
import { withService } from '../../src/cli/local-service.js';
import { LawBook } from '../../src/cases/law-book.js';
import { EventStore } from '../../src/event-store/event-store.js';
import { aDesk, type Desk } from '../support/desk.js';

interface CaseFile {
  cases: { id: string; commands: { post: string; body: object; as?: string }[] }[];
}

// Each test starts and ends whole services.
jest.setTimeout(60_000);

const asNdjson = (name: string): string =>
  (JSON.parse(readFileSync(`test/cases/${name}`, 'utf8')) as CaseFile).cases
    .flatMap(({ id, commands }) => commands.map((command) => JSON.stringify({ case: id, ...command })))
    .join('\n');

const STATEMENT = asNdjson('statement-2020-02.json');
const LINES = STATEMENT.split('\n').length;

const CSV = `case,fact,at,name,roles,detentionId,days,source,source.kind,source.confidential
K1,CaseOpened,,Dzmitry Kazlou,blogger|activist,,,,,
K1,Arrested,2019-12-25,,,$d1,,Viasna,organisation,no
K1,Sentenced,2019-12-26,,,,15,"Viasna, by telephone",organisation,yes
`;

describe('importing a file', () => {
  let desk: Desk;
  beforeEach(async () => {
    desk = await aDesk();
  });
  afterEach(() => desk.clear());

  /** Everything that is recorded, as the store has it. */
  async function recorded(): Promise<string[]> {
    const service = await desk.serve();
    const events: string[] = [];
    for await (const batch of service.app.get(EventStore).readAll(undefined)) {
      events.push(...batch.map((event) => JSON.stringify(event)));
    }
    await service.stop();
    return events;
  }

  it('records every line once, and the same file again changes nothing', async () => {
    const file = await desk.file('statement.ndjson', STATEMENT);
    expect(await desk.run('import', file)).toMatchObject({ code: 0, out: `${LINES} lines recorded.` });
    const first = await recorded();
    expect(first.length).toBeGreaterThanOrEqual(LINES);

    const again = await desk.run('import', file);
    expect(again).toMatchObject({ code: 0, out: `0 lines recorded, ${LINES} had been recorded before.` });
    expect(await recorded()).toEqual(first);
  });

  it('goes through a service that runs on the same data', async () => {
    const service = await desk.serve();
    const file = await desk.file('golden.jsonl', asNdjson('golden.json'));
    expect(await desk.run('import', file)).toMatchObject({ code: 0 });
    let events = 0;
    for await (const batch of service.app.get(EventStore).readAll(undefined)) events += batch.length;
    expect(events).toBeGreaterThan(100);
    await service.stop();
  });

  it('completes an import that was interrupted', async () => {
    const path = await desk.file('statement.ndjson', STATEMENT);
    const { ids, lines } = await checkedFile(path, LawBook.of('BY').law, new Date());
    let left = 9;
    const interrupted = withService(desk.terminal, 'caseworker', (api) => {
      const command: typeof api.command = async (...sent) => {
        if (left-- <= 0) throw new TypeError('the connection is gone');
        return api.command(...sent);
      };
      return new Sending({ command }, ids, () => undefined).send(lines);
    });
    await expect(interrupted).rejects.toThrow('The same command again completes the import.');

    const completed = await desk.run('import', path);
    expect(completed).toMatchObject({
      code: 0,
      out: `${LINES - 9} lines recorded, 9 had been recorded before.`,
    });
    const whole = await recorded();
    expect(new Set(whole.map((event) => (JSON.parse(event) as { eventId: string }).eventId)).size).toBe(
      whole.length,
    );
    expect((await desk.run('import', path)).out).toBe(`0 lines recorded, ${LINES} had been recorded before.`);
    expect(await recorded()).toEqual(whole);
  });

  it('records nothing of a file with a bad line, and tells every one with its number and reason', async () => {
    const bad = [
      ...STATEMENT.split('\n'),
      '{"case":"kazlou"',
      '{"case":"kazlou","post":"/v1/cases/:case/sentences","body":{"days":0}}',
      '{"case":"kazlou","post":"/v1/cases/:case/penalties/$nothing/withdrawals","body":{}}',
    ].join('\n');
    const refused = await desk.run('import', await desk.file('bad.ndjson', bad));
    expect(refused).toMatchObject({ code: 1, out: '' });
    expect(refused.said).toMatch(
      new RegExp(
        `^line ${LINES + 1}: the body is not JSON\nline ${LINES + 2}: /body/days: .*\nline ${LINES + 3}: .*\n3 lines cannot be taken; nothing was recorded\\.$`,
      ),
    );
    expect(await recorded()).toEqual([]);
  });

  it('can check a file and leave it at that', async () => {
    const file = await desk.file('statement.ndjson', STATEMENT);
    expect((await desk.run('import', '--check', file)).out).toBe(
      `${LINES} lines, and nothing wrong with them.`,
    );
    expect(await recorded()).toEqual([]);
  });

  it('takes a table, and tells its bad cells by their columns', async () => {
    expect(await desk.run('import', await desk.file('cases.csv', CSV))).toMatchObject({
      code: 0,
      out: '3 lines recorded.',
    });
    const bad = CSV.replace(',15,', ',0,').replace('blogger|activist', 'blogger|king');
    const refused = await desk.run('import', await desk.file('bad.csv', bad));
    expect(refused.code).toBe(1);
    expect(refused.said).toMatch(/^line 2: person\.roles|^line 2: roles/);
    expect(refused.said).toMatch(/\nline 4: days: /);
  });

  it('tells what only the service could know, and goes on with the other cases', async () => {
    const unknown = 'a0000000-0000-4000-8000-000000000001';
    const text = `${STATEMENT}\n{"case":"${unknown}","post":"/v1/cases/:case/arrests","body":{}}`;
    const refused = await desk.run('import', await desk.file('more.ndjson', text));
    expect(refused).toMatchObject({ code: 1, out: `${LINES} lines recorded.` });
    expect(refused.said).toContain(`line ${LINES + 1}: there is no such case (case-not-found)`);
  });

  it('does not guess what a file is, or that it is there', async () => {
    expect(await desk.run('import', await desk.file('cases.txt', ''))).toMatchObject({ code: 1 });
    expect((await desk.run('import', `${desk.folder}/nothing.csv`)).said).toContain('ENOENT');
    expect((await desk.run('import', await desk.file('empty.ndjson', '\n'))).said).toContain(
      'holds no facts',
    );
  });
});
