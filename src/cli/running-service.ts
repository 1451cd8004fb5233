import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

const PATIENCE_MS = 2_000;

interface Announced {
  url: string;
  instance: string;
}

/**
 * Where the service answers that runs on this data, if one does. It leaves its address in the data folder. After a crash the file
 * is still there and somebody else may have the port, so the address counts only if the very run that wrote it answers.
 */
export async function runningServiceOn(dataDir: string): Promise<string | undefined> {
  const announced = await announcedIn(join(dataDir, 'running.json'));
  return announced && (await isThere(announced)) ? announced.url : undefined;
}

async function announcedIn(file: string): Promise<Announced | undefined> {
  try {
    const { url, instance } = JSON.parse(await readFile(file, 'utf8')) as Partial<Announced>;
    if (typeof url !== 'string' || !URL.canParse(url) || typeof instance !== 'string') return undefined;
    return { url, instance };
  } catch {
    return undefined;
  }
}

async function isThere({ url, instance }: Announced): Promise<boolean> {
  try {
    const reply = await fetch(new URL('/health/live', url), { signal: AbortSignal.timeout(PATIENCE_MS) });
    const said = (await reply.json()) as Partial<Announced>;
    return reply.ok && said.instance === instance;
  } catch {
    return false;
  }
}
