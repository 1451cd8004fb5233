import { DoubleData } from './double-data.js';
import { textsOf, type ProposedEvent } from './log-record.js';

/** An event as it lies in the log, apart from its place. */
export interface Logged {
  stream: string;
  id: string;
  type: string;
  data: string;
  metadata: string;
}

/** A log of its own with the same events put otherwise: what somebody may have done to a server's data. */
export function rewritten(data: DoubleData, change: (events: Logged[]) => Logged[]): DoubleData {
  const log = new DoubleData();
  const events = data.events.map((record) => {
    const { stream, id, type } = record;
    return { stream, id, type, ...textsOf(record) };
  });
  for (const event of change(events)) log.append(event.stream, 'any', [proposed(event)]);
  return log;
}

const proposed = ({ id, type, data, metadata }: Logged): ProposedEvent => ({
  id,
  type,
  contentType: 'application/octet-stream',
  data: Buffer.from(data),
  metadata: Buffer.from(metadata),
});
