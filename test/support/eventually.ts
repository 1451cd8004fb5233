import { setTimeout as pause } from 'node:timers/promises';

/** Whoever looks without a pause takes the processor from what is waited for. */
const LONGEST_PAUSE_MS = 5;

/** Waits until `check` stops throwing (or gives anything but false), looking again and again; `withinMs` is an upper limit, not a measurement. */
export async function eventually<T>(check: () => T | Promise<T>, withinMs = 30_000): Promise<T> {
  const deadline = Date.now() + withinMs;
  for (let pauseMs = 1; ; pauseMs = Math.min(pauseMs + 1, LONGEST_PAUSE_MS)) {
    try {
      const result = await check();
      if (result !== false) return result;
      if (Date.now() > deadline) throw new Error('still false at the deadline');
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
    await pause(pauseMs);
  }
}
