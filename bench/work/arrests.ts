import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { endsWithThis } from '../harness/child.js';

export interface ArrestsLoad {
  url: string;
  key?: string;
  /** Arrests are recorded of any of these. */
  caseIds: readonly string[];
  connections: number;
  seconds: number;
}

export interface LoadResult {
  /** Requests answered with a success. */
  perSecond: number;
  /** Latency in milliseconds. */
  p99: number;
  /** Any other answer, or none. */
  refused: number;
}

/** Records arrests over HTTP for a while. Throws if one is refused. */
export async function sendArrests(load: ArrestsLoad): Promise<LoadResult> {
  const child = fork(fileURLToPath(new URL('arrests-load.ts', import.meta.url)));
  endsWithThis(child);
  await once(child, 'message');
  child.send(load);
  const [result] = (await once(child, 'message')) as [LoadResult];
  if (result.refused > 0) throw new Error(`${result.refused} arrests were not recorded`);
  return result;
}
