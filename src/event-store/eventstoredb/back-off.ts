import { setTimeout as pause } from 'node:timers/promises';

/** In milliseconds; each failure doubles the pause, up to the longest. */
export interface Pauses {
  first: number;
  longest: number;
}

/** Waits after so many failures (0: the first), at random up to a half less, so that not all come back at once. The signal ends it early. */
export async function backOff(
  failures: number,
  { first, longest }: Pauses,
  signal?: AbortSignal,
): Promise<void> {
  const ms = Math.min(first * 2 ** failures, longest) * (0.5 + Math.random() / 2);
  await pause(ms, undefined, { signal }).catch(() => undefined);
}
