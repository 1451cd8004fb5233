import type { RecordedEvent } from '../ledger/recorded-event.js';
import type { RecordedRegisterFact } from './domain/facts.js';
import { SUBJECTS, type Subject } from './domain/kinds.js';

const NAMES = Object.keys(SUBJECTS) as Subject[];

/** The beginnings of the names of all streams that hold campaigns, estimates and recommendations. */
export const REGISTER_STREAMS: readonly string[] = NAMES.map((subject) => `${subject}-`);

export const registerStream = (subject: Subject, id: string): string => `${subject}-${id}`;

/** Whose stream it is; undefined for one that is none of the register's. */
export function subjectOf(stream: string): { subject: Subject; id: string } | undefined {
  const subject = NAMES.find((name) => stream.startsWith(`${name}-`));
  return subject && { subject, id: stream.slice(subject.length + 1) };
}

/** An event of such a stream as the domain reads it. Only what the domain decided is ever written to one. */
export const registerFactOf = ({
  eventId,
  type,
  data,
  stream,
  revision,
  recordedAt,
}: RecordedEvent): RecordedRegisterFact =>
  ({
    eventId,
    type,
    data,
    stream,
    subjectId: subjectOf(stream)?.id,
    revision,
    recordedAt,
  }) as unknown as RecordedRegisterFact;
