import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import type { RecordedEvent } from '../../ledger/recorded-event.js';
import { shownData, Unsealing, type RevealedEvent } from '../../ledger/unsealing.js';
import { CaseHistories, type CaseHistory } from '../case-history.js';
import { caseIdOf } from '../case-stream.js';
import type { RecordedFact } from '../domain/facts/facts.js';
import { voidedEvents } from '../domain/file/facts-in-force.js';
import { caseNotFound } from '../case-not-found.js';
import { sightOf, type Viewer } from './viewer.js';

/** An event with its envelope, as recorded, and what has become of it since. */
export interface HistoryEntry extends ReturnType<typeof envelopeIn> {
  /** A field that was erased says so in its place. */
  data: Record<string, unknown>;
  /** The case in whose stream it stands: in a merged file not always the one that answers. */
  caseId: string;
  /** The correction whose data stand in place of these now. */
  correctedBy?: string;
  /** The void by which it counts no more. */
  voidedBy?: string;
}

export interface CaseHistoryAnswer {
  caseId: string;
  mergedFrom: string[];
  masked?: true;
  /** In record order. */
  items: HistoryEntry[];
}

/** All that was ever recorded of a case, from its streams. */
export class GetCaseHistory extends Query<CaseHistoryAnswer> {
  constructor(readonly asked: { caseId: string; viewer: Viewer }) {
    super();
  }
}

@QueryHandler(GetCaseHistory)
export class GetCaseHistoryHandler implements IQueryHandler<GetCaseHistory, CaseHistoryAnswer> {
  constructor(
    private readonly histories: CaseHistories,
    private readonly unsealing: Unsealing,
  ) {}

  async execute({ asked: { caseId, viewer } }: GetCaseHistory): Promise<CaseHistoryAnswer> {
    const history = await this.histories.load(caseId);
    const sight = sightOf(viewer, history?.readers);
    if (!history || sight === 'none') throw caseNotFound();
    const plain = sight === 'whole';
    const events: readonly RevealedEvent[] = plain
      ? await this.unsealing.reveal(history.events)
      : history.events;
    return {
      caseId: history.caseId,
      mergedFrom: history.mergedFrom,
      ...(plain ? {} : { masked: true as const }),
      items: entriesOf(history, events),
    };
  }
}

/** `events` are of the history, all or some, opened as far as they may be shown. */
export function entriesOf(
  { recorded }: Pick<CaseHistory, 'recorded'>,
  events: readonly RevealedEvent[],
): HistoryEntry[] {
  const marks = marksIn(recorded);
  return events.map((event) => ({
    ...envelopeIn(event),
    caseId: caseIdOf(event.stream),
    data: shownData(event),
    ...marks.get(event.eventId),
  }));
}

type Marks = Pick<HistoryEntry, 'correctedBy' | 'voidedBy'>;

function marksIn(recorded: readonly RecordedFact[]): ReadonlyMap<string, Marks> {
  const voided = voidedEvents(recorded);
  const marks = new Map<string, Marks>();
  for (const { type, eventId, data } of recorded) {
    if (voided.has(eventId)) continue;
    if (type === 'EventVoided') marks.set(data.eventId, { ...marks.get(data.eventId), voidedBy: eventId });
    if (type === 'EventCorrected')
      marks.set(data.eventId, { ...marks.get(data.eventId), correctedBy: eventId });
  }
  return marks;
}

const envelopeIn = ({
  eventId,
  type,
  revision,
  position,
  schemaVersion,
  recordedAt,
  recordedBy,
  correlationId,
  causationId,
}: RecordedEvent) => ({
  eventId,
  type,
  revision,
  position,
  schemaVersion,
  recordedAt,
  recordedBy,
  correlationId,
  causationId,
});
