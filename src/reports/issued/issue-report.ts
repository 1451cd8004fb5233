import { Injectable } from '@nestjs/common';
import { formatDay } from '../../cases/domain/dates/day.js';
import { askedDay } from '../../cases/queries/asked-day.js';
import { Clock } from '../../clock.js';
import { Ledger } from '../../ledger/ledger.js';
import { CommandIds } from '../../recording/command-ids.js';
import { StreamRecorder, type FoundStream } from '../../recording/stream-recorder.js';
import type { CommandEnvelope } from '../../security/command-envelope.js';
import { AskedFilters } from '../asking/asked-filters.js';
import { AskedStates } from '../asking/asked-states.js';
import type { Filters, ReportName } from '../content/content.js';
import { KeptCells } from './kept-cells.js';
import { PublicReports } from './public-reports.js';
import { requireIssuable } from './issuable.js';
import { ISSUED, ISSUED_STREAM, issuedIn, type ReportIssued } from './report-issued.js';
import { SharedPlaces } from './shared-places.js';

const TARGET = { stream: ISSUED_STREAM, turn: ISSUED_STREAM, claim: ISSUED_STREAM, called: 'report' };

const POINTERS = { report: '/body/report', caseId: '/body/caseId' };

export interface AskedIssue {
  report: ReportName;
  /** YYYY-MM-DD; absent: today. */
  asOf?: string;
  /** RFC 3339; absent: now. */
  knownAt?: string;
  filters: Omit<Filters, 'caseId'>;
}

export interface Issued extends ReportIssued {
  revision: number;
  position: string;
  replayed: boolean;
}

/** Publishes a report: what is printed is decided beside everything that was published before, and recorded if that is still all. */
@Injectable()
export class IssueReport {
  constructor(
    private readonly recorder: StreamRecorder,
    private readonly ledger: Ledger,
    private readonly states: AskedStates,
    private readonly filters: AskedFilters,
    private readonly reports: PublicReports,
    private readonly places: SharedPlaces,
    private readonly kept: KeptCells,
    private readonly clock: Clock,
  ) {}

  /** Throws `not-issuable` for what names persons, and what is to be said of a question that makes no sense. */
  async issue(asked: AskedIssue, envelope: CommandEnvelope): Promise<Issued> {
    const { report, filters } = asked;
    requireIssuable(report, filters, POINTERS);
    const asOf = formatDay(askedDay(asked.asOf, this.clock, 'asOf'));
    const ids = new CommandIds(envelope.principalId, envelope.idempotency?.key);
    const issueId = ids.for('issue');
    let made: { data: ReportIssued; cells: Uint8Array } | undefined;
    const recorded = await this.recorder.record(TARGET, ids, envelope, {
      find: async () => {
        const events = await this.ledger.read(ISSUED_STREAM);
        // A repeat is answered from what is there.
        if (!events.some(({ causationId }) => causationId === ids.for('command'))) {
          const { known } = await this.states.settle({ knownAt: asked.knownAt }, 'body');
          await this.filters.check(report, filters, known, envelope, 'body');
          const { content, published, cells } = await this.reports.of(
            { report, asOf, knownAt: asked.knownAt, filters },
            events.map(issuedIn),
          );
          const place = await this.places.at(content.basis.position);
          made = { data: { issueId, content, published: [...published], place }, cells };
        }
        const last = events.at(-1);
        return (
          last && ({ events, revision: last.revision, lastRecordedAt: last.recordedAt } satisfies FoundStream)
        );
      },
      decide: () => {
        if (!made) throw new Error('nothing was made that could be issued');
        return [{ eventId: ids.event(0), type: ISSUED, data: made.data }];
      },
    });
    const [event] = recorded.events;
    if (!event) throw new Error('nothing was issued');
    if (!recorded.replayed && made) await this.kept.keep(issueId, made.cells);
    const { revision, position, replayed } = recorded;
    return { ...(event.data as ReportIssued), revision, position, replayed };
  }
}
