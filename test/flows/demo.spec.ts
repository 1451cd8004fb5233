import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { eventually } from '../support/eventually.js';
import { aDesk, type Desk } from '../support/desk.js';

// Each test starts and ends whole services.
jest.setTimeout(60_000);

describe('the demo', () => {
  let desk: Desk;
  let temporary: string;
  beforeEach(async () => {
    temporary = await mkdtemp(join(tmpdir(), 'habeas-temporary-'));
    desk = await aDesk({ TMPDIR: temporary });
  });
  afterEach(async () => {
    await desk.clear();
    await rm(temporary, { recursive: true });
  });

  it('shows the five people of the statement, computed, and the case of one of them fact by fact', async () => {
    const { code, out } = await desk.run('demo');
    expect(code).toBe(0);
    const lines = out.split('\n');
    const row = (name: string): string => lines.find((line) => line.startsWith(name)) ?? '';
    expect(row('Dzmitry Kazlou')).toMatch(/not determinable +120 +0 +0 +120 +0 +0 +/);
    expect(row('Ales Krutkin')).toMatch(/not determinable +15 +0 +0 +15 +0 +0 +/);
    expect(row('Pavel Sevyaryniets')).toMatch(/not determinable +30 +0 +0 +30 +0 +0 +/);
    expect(row('Piotr Markelau')).toMatch(
      /in custody undecided, +0 +0\+ +0 +0 +0 +1 \(24\+ h\) +counsel denied/,
    );
    expect(row('Stanislau Shashok')).toMatch(
      /in custody undecided, +0 +0\+ +0 +0 +0 +1 \(24\+ h\) +counsel denied/,
    );
    expect(out).toContain('At least 165 days of administrative detention imposed on 3 people.');
    expect(out).toMatch(/ 9 {2}2020-01-27 .* no\. 8 +120 █{24} +claimed 120 days confirmed/);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(120);
    expect(await readdir(temporary)).toEqual([]);
  });

  it('stays, where it is asked to, with a key for each role, until it is interrupted', async () => {
    const printed: string[] = [];
    const terminal = { ...desk.terminal, out: (text: string) => void printed.push(text) };
    const { habeas } = await import('../../src/cli/habeas.js');
    const ended = habeas(['demo', '--serve'], terminal);
    const text = await eventually(() => (printed.at(-1)?.includes('Ctrl-C') ? printed.join('\n') : false));

    const url = /http:\/\/[\w.:]+/.exec(String(text))?.[0] ?? '';
    const keys = [...String(text).matchAll(/^ {2}(\w+) +(hb_\S+)$/gm)].map(([, role = '', key = '']) => ({
      role,
      key,
    }));
    expect(keys.map(({ role }) => role)).toEqual(['caseworker', 'auditor', 'reporter', 'admin']);
    const answer = await fetch(`${url}/v1/events`, { headers: { authorization: `Bearer ${keys[2]?.key}` } });
    expect(answer.status).toBe(200);

    expect(await readdir(temporary)).toHaveLength(1);
    process.emit('SIGINT', 'SIGINT');
    expect(await ended).toBe(0);
    await expect(fetch(url)).rejects.toThrow();
    expect(await readdir(temporary)).toEqual([]);
  });
});
