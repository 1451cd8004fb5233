import { randomUUID } from 'node:crypto';
import { CASE_STREAMS } from '../../src/cases/case-stream.js';
import type {
  EventStore,
  NewEvent,
  Position,
  StoredEvent,
  StreamFilter,
} from '../../src/event-store/event-store.js';

export function newEvent(given: Partial<NewEvent> = {}): NewEvent {
  return { eventId: randomUUID(), type: 'NoteAdded', payload: '{"text":"…"}', metadata: '{}', ...given };
}

export function newEvents(count: number): NewEvent[] {
  return Array.from({ length: count }, () => newEvent());
}

export function newStream(prefix = 'case-'): string {
  return `${prefix}${randomUUID()}`;
}

/** Everything in the store after a position, in its order. */
export async function everything(
  store: EventStore,
  after?: Position,
  filter?: StreamFilter,
): Promise<StoredEvent[]> {
  const events: StoredEvent[] = [];
  for await (const batch of store.readAll(after, filter)) events.push(...batch);
  return events;
}

/** Of a case; not what reads and refusals have left. */
export const isFact = ({ stream }: { stream: string }): boolean => stream.startsWith(CASE_STREAMS);

/** The same without what reads and refusals have left. */
export const facts = (store: EventStore): Promise<StoredEvent[]> =>
  everything(store, undefined, { prefixes: [CASE_STREAMS] });

export const lastFact = async (store: EventStore): Promise<Position | undefined> =>
  (await facts(store)).at(-1)?.position;

/** The error a promise rejects with; fails if it does not. */
export async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error('this should have been refused');
}
