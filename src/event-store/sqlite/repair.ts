import { setTimeout as delay } from 'node:timers/promises';
import type { HabeasError } from '../../errors.js';
import { OutcomeUnknown, StoreUnavailable } from '../errors.js';
import type { Work } from './group-commit.js';
import { storeError } from './sqlite-failure.js';

/** Who is in doubt is told so after this at the latest, however long the check of the file takes. */
const DOUBT_MS = 5_000;
/** Between two attempts at re-opening: from, doubling, up to. */
const RETRY = { fromMs: 100, toMs: 10_000 };

/**
 * Tries to re-open the store until it succeeds or is `closed`. Those in doubt learn their fate from the first attempt if it
 * succeeds in time, and that it is unknown if not. `state` is told what keeps the store from taking appends: undefined, nothing.
 */
export async function untilReopened(
  reopen: () => Promise<ReadonlySet<Work>>,
  { inDoubt, cause, closed }: { inDoubt: readonly Work[]; cause: unknown; closed: AbortSignal },
  state: (refusal: HabeasError | undefined) => void,
): Promise<void> {
  const unsettled = new Set(inDoubt);
  const settle = (tell: (work: Work) => void): void => {
    for (const work of unsettled) tell(work);
    unsettled.clear();
  };
  const giveUp = (): void => settle((work) => work.reject(new OutcomeUnknown({ cause })));
  const patience = setTimeout(giveUp, DOUBT_MS);
  for (let pause = RETRY.fromMs; !closed.aborted; pause = Math.min(2 * pause, RETRY.toMs)) {
    try {
      const stored = await reopen();
      state(undefined);
      settle((work) => {
        if (stored.has(work)) work.settle();
        else work.reject(new StoreUnavailable('nothing was written', { cause }));
      });
      break;
    } catch (error) {
      state(storeError(error));
      giveUp();
      await delay(pause, undefined, { signal: closed }).catch(() => undefined);
    }
  }
  giveUp();
  clearTimeout(patience);
}
