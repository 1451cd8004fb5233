import type { EventStore } from '../event-store/event-store.js';
import { EVENTS_A_BATCH, type Build, type PreparedBatch } from './build.js';
import { DerivingHere, type Deriving } from './deriving.js';
import { HeldLog } from './held-log.js';
import { prepared } from './pipeline.js';
import type { ReadModel } from './read-model.js';

/** Of more there is no need to try whether they can be held. */
const MOST_EVENTS = 200_000;
/** Two logs would be more than a thread may take: of two passes at a time, the second reads streams. */
let isHolding = false;

export interface FirstPassParts {
  model: ReadModel;
  store: EventStore;
  deriving: Deriving;
  signal: AbortSignal;
}

/**
 * Everything after the checkpoint, ready to be committed. Each key is derived from the whole of its streams; to read the log
 * and then each stream is to read everything twice, and the streams one by one. So in the first pass what can be held is read
 * once. What is recorded meanwhile comes after that, and is derived from the store again.
 */
export async function* firstPass(
  build: Build,
  { model, store, deriving, signal }: FirstPassParts,
): AsyncGenerator<PreparedBatch> {
  const log = () =>
    store.readAll(build.state.position ?? undefined, { prefixes: model.prefixes }, EVENTS_A_BATCH);
  // Other threads read for themselves: to hand streams over would take them as long.
  const isToBeHeld = !deriving.elsewhere && !isHolding && build.isInFirstPass && mayBeHeld(build);
  if (!isToBeHeld) return yield* prepared(build, log(), deriving);
  isHolding = true;
  try {
    const held = await HeldLog.of(log(), store, signal);
    if (signal.aborted) return;
    if (held) return yield* prepared(build, held.batches, new DerivingHere(model, held));
  } finally {
    isHolding = false;
  }
  yield* prepared(build, log(), deriving);
}

const mayBeHeld = ({ state }: Build): boolean => (state.events_expected ?? 0) <= MOST_EVENTS;
