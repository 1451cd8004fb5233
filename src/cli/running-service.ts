import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

const PATIENCE_MS = 2_000;

/**
 * Where the service answers that runs on this data, if one does. It leaves its address in the data folder; after a crash the
 * file is still there, so the address counts only when somebody answers.
 */
export async function runningServiceOn(dataDir: string): Promise<string | undefined> {
  const url = await addressIn(join(dataDir, 'running.json'));
  return url !== undefined && (await answers(url)) ? url : undefined;
}

async function addressIn(file: string): Promise<string | undefined> {
  try {
    const { url } = JSON.parse(await readFile(file, 'utf8')) as { url?: unknown };
    return typeof url === 'string' && URL.canParse(url) ? url : undefined;
  } catch {
    return undefined;
  }
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(new URL('/health/live', url), { signal: AbortSignal.timeout(PATIENCE_MS) })).ok;
  } catch {
    return false;
  }
}
