import { describe, expect, it } from '@jest/globals';
import { withOwnConnection } from './own-connection.js';

const millisecondsOf = (text: string): number => Number(/keepAliveTimeout=(\d+)$/.exec(text)?.[1]);

describe('a connection string for a connection of its own', () => {
  it.each([
    ['esdb://host', 'esdb://host?keepAliveTimeout='],
    ['esdb://host/?', 'esdb://host/?keepAliveTimeout='],
    ['esdb://a:b%3F@host:2113?tls=true', 'esdb://a:b%3F@host:2113?tls=true&keepAliveTimeout='],
  ])('leads where %s leads', (text, beginning) => {
    expect(withOwnConnection(text).startsWith(beginning)).toBe(true);
  });

  it('is another one each time, a little more patient than was asked for', () => {
    const all = Array.from({ length: 500 }, () => millisecondsOf(withOwnConnection('esdb://host')));
    expect(new Set(all).size).toBe(500);
    expect(Math.min(...all)).toBeGreaterThanOrEqual(10_000);
    expect(Math.max(...all)).toBeLessThan(11_000);
  });

  it.each(['keepAliveTimeout', 'keep-alive-timeout', 'KEEPALIVETIMEOUT'])('goes by %s', (name) => {
    const ms = millisecondsOf(withOwnConnection(`esdb://host?${name}=30000&tls=false`));
    expect(ms - 30_000).toBeGreaterThanOrEqual(0);
    expect(ms - 30_000).toBeLessThan(1_000);
  });
});
