import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';

/** No upload takes that long, and whoever writes to a draft touches it. */
const LEFT_AFTER_MS = 2 * 3_600_000;
const NAME = /^([\w-]+)\.(\d+)\.([\w-]+)\.[\w-]+$/;

/** In a container every process has the same number. */
const RUN = randomUUID();
const HERE = hostname().replaceAll(/[^\w-]/g, '_');

/** Says which process of which machine writes it. */
export const ownDraftName = (id: string): string => `${HERE}.${process.pid}.${RUN}.${id}`;

/** Whether nobody writes to a draft any more: its process is gone, or nothing was written for long. */
export function isLeft(name: string, writtenAtMs: number): boolean {
  const [, machine, pid, run] = NAME.exec(name) ?? [];
  if (machine === HERE && run !== RUN && !isAnother(Number(pid))) return true;
  return Date.now() - writtenAtMs > LEFT_AFTER_MS;
}

function isAnother(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
