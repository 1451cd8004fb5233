import { closeSync, fdatasyncSync, openSync, rmSync, writeSync } from 'node:fs';
import { cpus, release, totalmem, type } from 'node:os';
import { join } from 'node:path';
import { median, percentile } from './figure.js';

const FLUSHES = 200;
const PAGE = Buffer.alloc(4096, 1);

/** What the figures depend on besides the code. */
export function describeMachine(folder: string): string[] {
  const processors = cpus();
  const flushes = flushTimes(join(folder, 'flush'));
  return [
    `CPU: ${processors[0]?.model.trim() ?? 'unknown'}, ${processors.length} cores`,
    `Memory: ${Math.round(totalmem() / 2 ** 30)} GiB`,
    `System: ${type()} ${release()}`,
    `Node.js ${process.version}, SQLite ${process.versions['sqlite'] ?? 'unknown'}`,
    `Disk: 4 KiB written and flushed in ${median(flushes).toFixed(2)} ms (median of ${FLUSHES}; 99th percentile ${percentile(flushes, 0.99).toFixed(2)} ms)`,
  ];
}

/** In milliseconds. Appending is bound by this. */
function flushTimes(path: string): number[] {
  const file = openSync(path, 'w');
  try {
    return Array.from({ length: FLUSHES }, () => {
      const began = performance.now();
      writeSync(file, PAGE);
      fdatasyncSync(file);
      return performance.now() - began;
    });
  } finally {
    closeSync(file);
    rmSync(path);
  }
}
