import { setTimeout as pause } from 'node:timers/promises';
import type { HttpClient } from '../harness/http-client.js';

const LOOK_EVERY_MS = 100;

/** Asks for a report, and again at its place while it is being made. Gives the seconds until it is there. */
export async function made(reader: HttpClient, path: string): Promise<number> {
  const began = performance.now();
  for (let place = path; ;) {
    const { status, body, headers } = await reader.get(place);
    if (status === 200) return (performance.now() - began) / 1000;
    if (status !== 202) throw new Error(`${place} was answered ${status}: ${JSON.stringify(body)}`);
    place = headers.location ?? place;
    await pause(LOOK_EVERY_MS);
  }
}
