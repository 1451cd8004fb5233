import { setImmediate, setTimeout as pause } from 'node:timers/promises';

/** Most things come about within a few turns of the event loop; what takes longer is not to be kept from it by being asked for. */
const EAGER_TURNS = 50;
const PAUSE_MS = 5;

/** Waits until `check` stops throwing (or gives anything but false), looking again and again; `withinMs` is an upper limit, not a measurement. */
export async function eventually<T>(check: () => T | Promise<T>, withinMs = 30_000): Promise<T> {
  const deadline = Date.now() + withinMs;
  for (let turn = 0; ; turn++) {
    try {
      const result = await check();
      if (result !== false) return result;
      if (Date.now() > deadline) throw new Error('still false at the deadline');
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
    await (turn < EAGER_TURNS ? setImmediate() : pause(PAUSE_MS));
  }
}
