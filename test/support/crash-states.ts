import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Disk, type Fate } from './disk.js';
import type { FileOperation } from './file-history.js';
import { seededRandom } from './random.js';
import { faultsOf, type Told } from './store-examination.js';

const FATES: readonly Fate[] = ['dropped', 'kept', 'mixed', 'torn'];

/** What a power cut leaves, and what the store had told its callers by then. */
export interface CrashState {
  files: Map<string, Buffer>;
  told: readonly Told[];
}

/** Which moments of a history are tried: those after every answer, when most is at stake, and a share of the others. */
export interface Moments {
  share: number;
  /** Indexes into the history; all of it, if they are not given. */
  from?: number;
  to?: number;
}

export function* crashStates(history: readonly FileOperation[], moments: Moments): Generator<CrashState> {
  const { share, from = 0, to = history.length } = moments;
  const random = seededRandom(20_200_207);
  const disk = new Disk();
  const told: Told[] = [];
  for (const [index, operation] of history.slice(0, to).entries()) {
    disk.apply(operation);
    if (operation.kind === 'told') told.push(JSON.parse(operation.text) as Told);
    if (index < from) continue;
    if (operation.kind === 'told') {
      yield { files: disk.crash('dropped', random), told: [...told] };
    } else if (random() < share) {
      const fate = FATES[Math.floor(random() * FATES.length)] ?? 'torn';
      yield { files: disk.crash(fate, random), told: [...told] };
    }
  }
}

export function fingerprint({ files, told }: CrashState): string {
  const hash = createHash('sha256').update(String(told.length));
  for (const [name, content] of files) hash.update(`${name} ${content.length} `).update(content);
  return hash.digest('hex').slice(0, 16);
}

/** What the store has to say for itself when it is opened in that state. */
export async function faultsAfter({ files, told }: CrashState, within: string): Promise<string[]> {
  const folder = await mkdtemp(join(within, 'state-'));
  for (const [name, content] of files) await writeFile(join(folder, name), content);
  const faults = await faultsOf(folder, told);
  await rm(folder, { recursive: true });
  return faults;
}
