import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '../../test/support/eventually.js';
import { freshPostgres, type FreshPostgres } from '../../test/support/postgres.js';
import { TcpProxy } from '../../test/support/tcp-proxy.js';
import { holdLock } from './advisory-lock.js';

describe('a lock that one process at a time has', () => {
  let place: FreshPostgres;
  let proxy: TcpProxy;
  let end: AbortController;
  let holders: Promise<unknown>[];
  /** What happened, in order. */
  let story: string[];

  beforeEach(async () => {
    place = await freshPostgres();
    proxy = await TcpProxy.start(Number(new URL(place.url).port));
    end = new AbortController();
    holders = [];
    story = [];
  });
  afterEach(async () => {
    end.abort();
    await Promise.allSettled(holders);
    await proxy.stop();
    await place.drop();
  });

  const far = () => {
    const url = new URL(place.url);
    url.hostname = '127.0.0.1';
    url.port = String(proxy.port);
    return url.href;
  };
  /** Holds it until the signal is given or it is lost, and writes that down. */
  const hold = (who: string, { url = place.url, name = 'work', signal = end.signal } = {}) => {
    const holding = holdLock({ url, name, signal }, async (held) => {
      story.push(`${who} has it`);
      await new Promise((resolve) => held.addEventListener('abort', resolve));
      story.push(`${who} ends`);
    });
    const outcome = holding.then(
      () => 'done',
      (error: { code: string }) => error.code,
    );
    holders.push(outcome);
    return outcome;
  };
  const told = (line: string) => eventually(() => expect(story).toContain(line));
  const sessions = () =>
    place.ask<{ pid: number }>(
      "select pid from pg_stat_activity where datname = current_database() and application_name = 'habeas lock'",
    );

  it('is had by one, and by the next when that one has done', async () => {
    const one = new AbortController();
    const first = hold('one', { signal: one.signal });
    await told('one has it');
    void hold('two');
    await eventually(async () => expect(await sessions()).toHaveLength(2));
    one.abort();
    expect(await first).toBe('done');
    await told('two has it');
    expect(story).toEqual(['one has it', 'one ends', 'two has it']);
  });

  it('is given back with the end of the work, and no session stays', async () => {
    await holdLock({ url: place.url, name: 'work', signal: end.signal }, async () => undefined);
    await eventually(async () => expect(await sessions()).toEqual([]));
    const failing = holdLock({ url: place.url, name: 'work', signal: end.signal }, () =>
      Promise.reject(new Error('the work failed')),
    );
    await expect(failing).rejects.toThrow('the work failed');
    await eventually(async () => expect(await sessions()).toEqual([]));
  });

  it('does not keep apart what goes by different names', async () => {
    void hold('one', { name: 'a' });
    void hold('two', { name: 'b' });
    await told('one has it');
    await told('two has it');
  });

  it('is not waited for any longer when the signal is given, nor asked for after that', async () => {
    void hold('one');
    await told('one has it');
    const two = new AbortController();
    const waiting = hold('two', { signal: two.signal });
    await eventually(async () => expect(await sessions()).toHaveLength(2));
    two.abort();
    expect(await waiting).toBe('done');
    expect(await hold('three', { signal: two.signal })).toBe('done');
    expect(story).toEqual(['one has it']);
  });

  it('is lost with its session: the work is told at once, and another has it', async () => {
    const first = hold('one');
    await told('one has it');
    const [session] = await sessions();
    void hold('two');
    await place.ask('select pg_terminate_backend($1)', session?.pid);
    await told('one ends');
    await told('two has it');
    expect(await first).toBe('lock-lost');
  });

  it('is lost with half its connection: the work ends, and then another has it', async () => {
    const first = hold('one', { url: far() });
    await told('one has it');
    void hold('two');
    proxy.swallow();
    await told('two has it');
    expect(story).toEqual(['one has it', 'one ends', 'two has it']);
    expect(await first).toBe('lock-lost');
  });

  it('is not had by anybody while nobody can reach the server', async () => {
    proxy.refuse();
    expect(await hold('one', { url: far() })).toBe('database-unavailable');
    expect(story).toEqual([]);
  });
});
