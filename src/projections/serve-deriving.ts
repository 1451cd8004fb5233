import { parentPort } from 'node:worker_threads';
import { DerivingHere } from './deriving.js';
import type { DerivingAnswer, DerivingOrder } from './deriving-threads.js';
import { describeFailure } from './failures.js';
import type { ReadModel } from './read-model.js';

/** What a thread's own file calls: works out rows as it is asked to, until it is terminated. */
export function serveDeriving(model: ReadModel): void {
  const port = parentPort;
  if (!port) throw new Error('this runs in a worker thread only');
  const here = new DerivingHere(model);
  const answer = async ({ id, keys }: DerivingOrder): Promise<DerivingAnswer> => {
    try {
      return { id, derived: await here.derive(keys) };
    } catch (error) {
      return { id, passing: describeFailure(error).code };
    }
  };
  port.on('message', (order: DerivingOrder) => {
    void answer(order).then((answered) => port.postMessage(answered));
  });
}
