import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '../../test/support/eventually.js';
import type { ProjectorNews } from './news.js';
import { ProjectorThread } from './projector-thread.js';

/** Stands in for a projector: says what it is told, and dies when it is nudged, if it is a weak one. */
const PROGRAM = `
import { parentPort, workerData } from 'node:worker_threads';
if (workerData.broken) {
  parentPort.postMessage({ kind: 'failed', message: 'no store' });
  process.exitCode = 1;
  parentPort.close();
} else {
  const say = (position) => parentPort.postMessage({ kind: 'applied', projection: 'boxes', position });
  parentPort.on('message', (order) => {
    say(order);
    if (order === 'stop') parentPort.close();
    else if (workerData.weak) throw new TypeError('the name of a person');
  });
  parentPort.postMessage({ kind: 'ready' });
  say('started');
}
`;

describe('a projector in a thread of its own', () => {
  let folder: string;
  let heard: string[];
  let deaths: string[];
  let thread: ProjectorThread | undefined;

  const start = async (data: { broken?: boolean; weak?: boolean }) => {
    const entry = join(folder, 'program.mjs');
    writeFileSync(entry, PROGRAM);
    thread = new ProjectorThread({
      entry: pathToFileURL(entry),
      data,
      tell: (news: ProjectorNews) => heard.push('position' in news ? news.position : news.kind),
      onDeath: (reason) => deaths.push(reason),
    });
    await thread.start();
    return thread;
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'habeas-'));
    heard = [];
    deaths = [];
  });
  afterEach(async () => {
    await thread?.stop();
    rmSync(folder, { recursive: true });
  });

  it('passes its news on and ends when told to', async () => {
    const running = await start({});
    running.nudge();
    await eventually(() => expect(heard).toEqual(['started', 'nudge']));
    await running.stop();
    expect(heard).toEqual(['started', 'nudge', 'stop']);
    expect(deaths).toEqual([]);
  });

  it('is started again when it dies, and its last words are not repeated', async () => {
    const running = await start({ weak: true });
    running.nudge();
    await eventually(() => expect(heard).toEqual(['started', 'nudge', 'started']));
    expect(deaths).toHaveLength(1);
    expect(deaths.join()).not.toContain('person');
  });

  it('does not start when it cannot, and says why', async () => {
    await expect(start({ broken: true })).rejects.toThrow('no store');
  });
});
