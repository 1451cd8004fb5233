import type { StreamFilter } from '../event-store.js';

export const matches = (filter: StreamFilter | undefined, stream: string): boolean =>
  filter?.prefixes?.some((prefix) => stream.startsWith(prefix)) ?? true;
