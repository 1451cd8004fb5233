import { StoreUnavailable } from '../../src/event-store/errors.js';
import { EventStore } from '../../src/event-store/event-store.js';
import type { Service } from './service.js';

/** Has a running service's store refuse what is appended to streams with a prefix, until the function given back is called. */
export function refuseAppends({ app }: Pick<Service, 'app'>, prefix: string): () => void {
  const store = app.get(EventStore);
  const append = store.append.bind(store);
  store.append = (stream, ...rest) =>
    stream.startsWith(prefix)
      ? Promise.reject(new StoreUnavailable('this takes nothing'))
      : append(stream, ...rest);
  return () => {
    store.append = append;
  };
}
