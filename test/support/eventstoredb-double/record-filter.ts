import type streamsPb from '@eventstore/db-client/generated/streams_pb.js';
import type { LogRecord } from './log-record.js';

type FilterOptions = streamsPb.ReadReq.Options.FilterOptions;
type Expression = streamsPb.ReadReq.Options.FilterOptions.Expression;

/** How many records the server looks at in one go if nothing else is asked for. */
const SEARCH_WINDOW = 32;

export interface RecordFilter {
  matches(record: LogRecord): boolean;
  /** A checkpoint is due whenever so many records were looked at. */
  readonly checkpointInterval: number;
}

export function recordFilter(options: FilterOptions): RecordFilter {
  const window = options.getMax() || SEARCH_WINDOW;
  const checkpointInterval = window * Math.max(1, options.getCheckpointintervalmultiplier());
  const onType = options.getEventType();
  if (onType) {
    const matches = textMatcher(onType);
    return { checkpointInterval, matches: (record) => matches(record.type) };
  }
  const matches = textMatcher(options.getStreamIdentifier());
  return { checkpointInterval, matches: (record) => matches(record.stream) };
}

function textMatcher(expression: Expression | undefined): (text: string) => boolean {
  if (expression?.getRegex()) {
    const regex = new RegExp(expression.getRegex());
    return (text) => regex.test(text);
  }
  const prefixes = expression?.getPrefixList() ?? [];
  return (text) => prefixes.some((prefix) => text.startsWith(prefix));
}
