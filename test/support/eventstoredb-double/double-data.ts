import { randomUUID } from 'node:crypto';
import { decideAppend, type Decision, type Expected, type StreamState } from './append-decision.js';
import { logRecord, sizeInLog, unresolvedLink, type LogRecord, type ProposedEvent } from './log-record.js';
import { RecentIds } from './recent-ids.js';

export type AppendOutcome =
  /** `revision` is -1, and there is no position, where nothing was appended to a stream that is not there. */
  | { kind: 'written' | 'repeated'; revision: bigint; position: bigint | undefined }
  /** -1: no stream. */
  | { kind: 'conflict'; current: bigint }
  | { kind: 'deleted' };

export interface DoubleDataOptions {
  /** Where the log begins. Large: whoever takes positions for numbers loses digits. */
  origin?: bigint;
  /** After how many appends the server writes an event of its own. */
  systemEventEvery?: number;
  /** How many ids are remembered for appends that expect no revision. */
  rememberedIds?: number;
}

const TOMBSTONE_REVISION = 2n ** 63n - 1n;
const JSON_TYPE = 'application/json';

/** The log and its indexes: what one server, or all nodes of a cluster, hold. It outlives any restart of the double. */
export class DoubleData {
  /** Everything, in the order of the log, the server's own events as well. */
  readonly records: LogRecord[] = [];
  readonly #streams = new Map<string, StreamState>();
  readonly #recent: RecentIds;
  readonly #listeners = new Set<() => void>();
  readonly #systemEventEvery: number;
  #end: bigint;
  #appends = 0;

  constructor({ origin = 0n, systemEventEvery = 50, rememberedIds = 100_000 }: DoubleDataOptions = {}) {
    this.#end = origin;
    this.#systemEventEvery = systemEventEvery;
    this.#recent = new RecentIds(rememberedIds);
    this.#writeSystemEvent('$users', '$User', 'admin');
    this.#writeSystemEvent('$user-admin', '$UserCreated', { loginName: 'admin', groups: ['$admins'] });
    this.#writeSystemEvent('$$$stats-127.0.0.1:2113', '$metadata', { $maxAge: 86_400 });
    this.#writeStatistics();
  }

  append(stream: string, expected: Expected, events: readonly ProposedEvent[]): AppendOutcome {
    const state = this.#stateOf(stream);
    const ids = events.map(({ id }) => id);
    const decision = decideAppend(state, expected, ids, this.#recent);
    if (decision.kind !== 'write') return outcomeOf(decision, state);
    const records = events.map((event) => this.#write(state, event));
    if (records.length > 0) this.#written();
    return {
      kind: 'written',
      revision: BigInt(state.records.length) - 1n,
      position: records.at(-1)?.position,
    };
  }

  /** Deletes a stream for readers of it; `$all` keeps its events. A tombstone is for good. */
  delete(stream: string, expected: Expected, tombstone: boolean): AppendOutcome {
    const state = this.#stateOf(stream);
    const decision = decideAppend(state, expected, [randomUUID()], this.#recent);
    if (decision.kind !== 'write') return outcomeOf(decision, state);
    const revision = BigInt(state.records.length) - 1n;
    state.tombstoned = tombstone;
    state.softDeleted = true;
    state.truncatedBefore = state.records.length;
    const marker = tombstone
      ? this.#record(stream, TOMBSTONE_REVISION, jsonEvent('$streamDeleted', {}))
      : this.#writeSystemEvent(`$$${stream}`, '$metadata', { $tb: Number.MAX_SAFE_INTEGER });
    this.#written();
    return { kind: 'written', revision, position: marker.position };
  }

  /** An event marked as JSON that is none. */
  appendMalformedJson(stream: string, text = '{"cut":'): void {
    const event = { ...jsonEvent('Malformed', {}), data: Buffer.from(text) };
    this.append(stream, 'any', [event]);
  }

  /** A link to an event that is no more. */
  appendUnresolvedLink(stream: string): void {
    const state = this.#stateOf(stream);
    const link = { ...jsonEvent('$>', {}), data: Buffer.from('0@gone') };
    state.records.push(this.#record(stream, BigInt(state.records.length), link, unresolvedLink));
    this.#written();
  }

  stream(name: string): Readonly<StreamState> | undefined {
    return this.#streams.get(name);
  }

  /** What was appended by others than the server itself, in the order of the log. */
  get events(): LogRecord[] {
    return this.records.filter((record) => !record.stream.startsWith('$') && !record.type.startsWith('$'));
  }

  /** The index of the first record that begins at a position or behind it. */
  indexFrom(position: bigint): number {
    let low = 0;
    let high = this.records.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const record = this.records[middle];
      if (record && record.position < position) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Calls back after each append, until the function that it gives is called. */
  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #stateOf(name: string): StreamState {
    const known = this.#streams.get(name);
    if (known) return known;
    const state = { name, records: [], truncatedBefore: 0, softDeleted: false, tombstoned: false };
    this.#streams.set(name, state);
    return state;
  }

  #write(state: StreamState, event: ProposedEvent): LogRecord {
    const record = this.#record(state.name, BigInt(state.records.length), event);
    state.records.push(record);
    state.softDeleted = false;
    this.#recent.remember(record);
    return record;
  }

  #record(stream: string, revision: bigint, event: ProposedEvent, make = logRecord): LogRecord {
    const record = make(event, { stream, revision, position: this.#end });
    this.#end += sizeInLog(stream, event);
    this.records.push(record);
    return record;
  }

  #written(): void {
    this.#appends += 1;
    if (this.#appends % this.#systemEventEvery === 0) this.#writeStatistics();
    for (const listener of this.#listeners) listener();
  }

  #writeStatistics(): void {
    this.#writeSystemEvent('$stats-127.0.0.1:2113', '$statsCollected', { records: this.records.length });
  }

  #writeSystemEvent(stream: string, type: string, data: unknown): LogRecord {
    return this.#write(this.#stateOf(stream), jsonEvent(type, data));
  }
}

function outcomeOf(decision: Exclude<Decision, { kind: 'write' }>, state: StreamState): AppendOutcome {
  if (decision.kind === 'deleted') return decision;
  if (decision.kind === 'conflict') return { kind: 'conflict', current: BigInt(state.records.length) - 1n };
  return { kind: 'repeated', revision: decision.last.revision, position: decision.last.position };
}

function jsonEvent(type: string, data: unknown): ProposedEvent {
  const bytes = Buffer.from(JSON.stringify(data));
  return { id: randomUUID(), type, contentType: JSON_TYPE, data: bytes, metadata: Buffer.alloc(0) };
}
