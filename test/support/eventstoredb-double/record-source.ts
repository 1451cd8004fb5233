import type streamsPb from '@eventstore/db-client/generated/streams_pb.js';
import { invalidPosition } from './call-errors.js';
import type { DoubleData } from './double-data.js';
import type { LogRecord } from './log-record.js';

type StreamOptions = streamsPb.ReadReq.Options.StreamOptions;
type AllOptions = streamsPb.ReadReq.Options.AllOptions;

export type Manner = 'forwards' | 'backwards' | 'subscription';

/** What is read: the whole log, or one stream. */
export interface RecordSource {
  readonly stream: string;
  /** The index to begin with. */
  readonly start: number;
  /** The index of the first that may still be read. */
  readonly lowest: number;
  /** In order. To be asked again: a stream may come into being. */
  records(): readonly LogRecord[];
  /** Whether there is no such stream to read. */
  missing(): boolean;
  /** Whether it is deleted for good. */
  deleted(): boolean;
}

export function recordSource(
  data: DoubleData,
  options: streamsPb.ReadReq.Options,
  manner: Manner,
): RecordSource {
  const streamOptions = options.getStream();
  if (streamOptions) return streamSource(data, streamOptions, manner);
  return {
    stream: '$all',
    start: startInLog(data, options.getAll(), manner),
    lowest: 0,
    records: () => data.records,
    missing: () => false,
    deleted: () => false,
  };
}

/** A forward read includes the place it begins with, a subscription excludes it, a backward read ends before it. */
function startInLog(data: DoubleData, options: AllOptions | undefined, manner: Manner): number {
  const length = data.records.length;
  if (options?.hasEnd()) return manner === 'backwards' ? length - 1 : length;
  const wanted = BigInt(options?.getPosition()?.getCommitPosition() ?? 0);
  if (wanted === 0n) return manner === 'backwards' ? -1 : 0;
  const found = data.indexFrom(wanted);
  if (manner === 'backwards') return found - 1;
  const record = data.records[found];
  if (record && record.position !== wanted) throw invalidPosition();
  return manner === 'subscription' && record ? found + 1 : found;
}

function streamSource(data: DoubleData, options: StreamOptions, manner: Manner): RecordSource {
  const bytes = options.getStreamIdentifier()?.getStreamName_asU8() ?? new Uint8Array();
  const name = Buffer.from(bytes).toString('utf8');
  const lowest = data.stream(name)?.truncatedBefore ?? 0;
  const length = data.stream(name)?.records.length ?? 0;
  return {
    stream: name,
    start: startInStream(options, manner, lowest, length),
    lowest,
    records: () => data.stream(name)?.records ?? [],
    missing: () => {
      const state = data.stream(name);
      return !state || state.records.length === 0 || state.softDeleted;
    },
    deleted: () => data.stream(name)?.tombstoned === true,
  };
}

/** Both directions include the revision they begin with; a subscription excludes it. */
function startInStream(options: StreamOptions, manner: Manner, lowest: number, length: number): number {
  if (options.hasEnd()) return manner === 'backwards' ? length - 1 : length;
  const revision = options.hasRevision() ? Number(options.getRevision()) : undefined;
  if (manner === 'backwards') return Math.min(revision ?? 0, length - 1);
  const first = revision === undefined ? 0 : revision + (manner === 'subscription' ? 1 : 0);
  return Math.max(first, lowest);
}
