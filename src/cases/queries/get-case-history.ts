import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Unsealing, type RevealedEvent } from '../../ledger/unsealing.js';
import { CaseHistories, type CaseHistory } from '../case-history.js';
import { caseIdOf } from '../case-stream.js';
import { caseNotFound } from '../case-not-found.js';
import { marksIn, streamEntry, type StreamEntry } from './stream-entry.js';
import { sightOf, type Viewer } from './viewer.js';

/** An event with its envelope, as recorded, and what has become of it since. */
export interface HistoryEntry extends StreamEntry {
  /** The case in whose stream it stands: in a merged file not always the one that answers. */
  caseId: string;
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
  return events.map((event) => ({ ...streamEntry(event, marks), caseId: caseIdOf(event.stream) }));
}
