import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Registry } from 'prom-client';
import { StoreUnavailable } from '../../event-store/errors.js';
import { HabeasError } from '../../errors.js';
import type { Log } from '../../log.js';
import { DueErasures } from './due-erasures.js';
import { FailingErasures } from './failing-erasures.js';

const MINUTE = 60_000;

describe('the erasures that are due', () => {
  let end: AbortController;
  let failing: FailingErasures;
  let due: DueErasures;
  let running: Promise<void>;
  let tried: string[];
  let broken: Map<string, Error>;
  let logged: object[];

  beforeEach(() => {
    jest.useFakeTimers();
    end = new AbortController();
    failing = new FailingErasures(new Registry());
    [tried, broken, logged] = [[], new Map(), []];
    const line = (level: string) => (fields: object, event: string) =>
      logged.push({ level, event, ...fields });
    const log: Log = { debug: line('debug'), info: line('info'), warn: line('warn'), error: line('error') };
    const carryOut = async (caseId: string): Promise<boolean> => {
      tried.push(caseId);
      const error = broken.get(caseId);
      if (error) throw error;
      return true;
    };
    due = new DueErasures({ carryOut, failing, log, signal: end.signal });
    running = due.run();
  });
  afterEach(async () => {
    end.abort();
    await running;
    jest.useRealTimers();
  });
  const after = (ms: number): Promise<void> => jest.advanceTimersByTimeAsync(ms);

  it('are carried out once each, in the order in which they came', async () => {
    for (const caseId of ['a', 'b', 'a']) due.add(caseId);
    await after(10 * MINUTE);
    expect(tried).toEqual(['a', 'b']);
    expect(logged).toEqual([
      { level: 'info', event: 'erasure carried out', caseId: 'a' },
      { level: 'info', event: 'erasure carried out', caseId: 'b' },
    ]);
  });

  it('do not wait for one that cannot be, which is told once as an error, and tried later', async () => {
    broken.set('a', new SyntaxError('quotes Kazlou'));
    for (const caseId of ['a', 'b']) due.add(caseId);
    await after(0);
    expect(tried).toEqual(['a', 'b']);
    expect([failing.caseIds, failing.codeOf('a')]).toEqual([['a'], 'unexpected']);
    const told = { event: 'erasure not carried out', caseId: 'a', code: 'unexpected' };
    expect(logged[0]).toEqual({ level: 'error', ...told });
    await after(MINUTE);
    expect(logged.at(-1)).toEqual({ level: 'warn', ...told });
    broken.clear();
    await after(2 * MINUTE);
    expect(tried).toEqual(['a', 'b', 'a', 'a']);
    expect(failing.caseIds).toEqual([]);
  });

  it('are tried again within seconds when a store is out of reach, and that is told once', async () => {
    broken.set('a', new StoreUnavailable('away'));
    due.add('a');
    await after(MINUTE);
    expect(tried.length).toBeGreaterThan(8);
    expect(logged).toEqual([
      { level: 'warn', event: 'erasure not carried out', caseId: 'a', code: 'store-unavailable' },
    ]);
    broken.clear();
    await after(10_000);
    expect(failing.codeOf('a')).toBeUndefined();
  });

  it('are no matter of waiting where a key is lost', async () => {
    broken.set('a', new HabeasError('unavailable', 'key-lost', 'lost'));
    due.add('a');
    await after(MINUTE - 1);
    expect(tried).toEqual(['a']);
    expect(logged).toMatchObject([{ level: 'error', code: 'key-lost' }]);
  });

  it('are tried at once when something new is recorded of them', async () => {
    broken.set('a', new SyntaxError());
    due.add('a');
    await after(0);
    due.add('a');
    await after(0);
    expect(tried).toEqual(['a', 'a']);
  });
});
