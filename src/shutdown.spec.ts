import { describe, expect, it } from '@jest/globals';
import { eventually } from '../test/support/eventually.js';
import { createLog } from './log.js';
import { Shutdown } from './shutdown.js';

type Line = Record<string, unknown>;
const HOUR = 3_600_000;
const patient = {
  'stop taking requests': HOUR,
  'finish requests in flight': HOUR,
  'stop subscriptions': HOUR,
  'close stores': HOUR,
};

function shutdown(limits = patient): { end: Shutdown; lines: Line[] } {
  const lines: Line[] = [];
  const log = createLog({ logLevel: 'info' }, { write: (line) => lines.push(JSON.parse(line) as Line) });
  return { end: new Shutdown(log, limits), lines };
}

describe('the service ends', () => {
  it('phase by phase, whatever the order in which rooms came', async () => {
    const { end, lines } = shutdown();
    const done: string[] = [];
    const slowly = async (name: string): Promise<void> => {
      await new Promise((resolve) => setImmediate(resolve));
      done.push(name);
    };
    end.during('close stores', () => done.push('store'));
    end.during('stop subscriptions', () => slowly('projector'));
    end.during('stop subscriptions', () => slowly('feed'));
    end.during('finish requests in flight', () => slowly('requests'));
    expect(await end.run()).toBe(true);
    expect(done).toEqual(['requests', 'projector', 'feed', 'store']);
    expect(lines.map(({ phase, outcome }) => [phase, outcome])).toEqual(
      Object.keys(patient).map((phase) => [phase, 'done']),
    );
  });

  it('once, however often it is asked to', async () => {
    const { end } = shutdown();
    let times = 0;
    end.during('close stores', () => (times += 1));
    await Promise.all([end.run(), end.run()]);
    expect(times).toBe(1);
  });

  it('for rooms too that were still being opened when it began: a phase that is over is made up for', async () => {
    const { end, lines } = shutdown();
    expect(await end.run()).toBe(true);
    let closed = false;
    end.during('close stores', () => (closed = true));
    end.during('stop subscriptions', () => Promise.reject(new Error('a step that fails')));
    await eventually(() => closed && lines.some(({ level }) => level === 'error'));
  });

  it('also when a step fails or never ends: the stores are closed all the same', async () => {
    const { end, lines } = shutdown({ ...patient, 'finish requests in flight': 1 });
    let closed = false;
    end.during('stop taking requests', () => {
      throw new Error('a step that fails');
    });
    end.during('finish requests in flight', () => new Promise(() => undefined));
    end.during('close stores', () => (closed = true));
    expect(await end.run()).toBe(false);
    expect(closed).toBe(true);
    expect(lines.map(({ level, outcome }) => [level, outcome])).toEqual([
      ['error', 'failed'],
      ['error', 'out of time'],
      ['info', 'done'],
      ['info', 'done'],
    ]);
  });
});
