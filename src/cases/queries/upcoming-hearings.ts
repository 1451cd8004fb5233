import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Clock } from '../../clock.js';
import { formatDay } from '../domain/dates/day.js';
import type { Person } from '../domain/facts/case-facts.js';
import type { WrittenDays } from '../domain/timeline/custody-answer.js';
import type { DatedFact } from '../domain/timeline/docket.js';
import { personIn } from '../domain/timeline/person.js';
import { CaseRecords } from '../read-models/case-records.js';
import { AFTER_ALL_DAYS } from '../read-models/case-tables.js';
import { askedDay } from './asked-day.js';
import { Freshness } from './freshness.js';
import { OpenDockets } from './open-dockets.js';
import type { Viewer } from './viewer.js';
import { MOST_COMING, type Coming } from './coming.js';

export interface UpcomingHearing {
  caseId: string;
  person: Pick<Person, 'names' | 'roles'>;
  hearingId: string;
  proceedingId: string;
  /** The days it is planned within; of an adjourned hearing the new ones. */
  planned: WrittenDays;
  court?: string;
  judge?: string;
}

/** Hearings planned from one day (absent: today) to another (absent: for ever), neither held nor put off without a new date. */
export class UpcomingHearings extends Query<Coming<UpcomingHearing>> {
  constructor(readonly asked: { from?: string; to?: string; minPosition?: string; viewer: Viewer }) {
    super();
  }
}

@QueryHandler(UpcomingHearings)
export class UpcomingHearingsHandler implements IQueryHandler<UpcomingHearings, Coming<UpcomingHearing>> {
  constructor(
    private readonly records: CaseRecords,
    private readonly dockets: OpenDockets,
    private readonly freshness: Freshness,
    private readonly clock: Clock,
  ) {}

  async execute({
    asked: { from, to, minPosition, viewer },
  }: UpcomingHearings): Promise<Coming<UpcomingHearing>> {
    const first = askedDay(from, this.clock, 'from');
    const last = to === undefined ? AFTER_ALL_DAYS : askedDay(to, this.clock, 'to');
    await this.freshness.atLeast(minPosition);
    const planned = await this.records.hearingsWithin(first, last, viewer.principalId, MOST_COMING + 1);
    const shown = planned.slice(0, MOST_COMING);
    const dockets = await this.dockets.ofRecords(shown.map(({ record }) => record));
    const items = shown.flatMap(({ record, hearingId, earliest, latest }, i) => {
      const { docket } = dockets[i]!;
      const scheduled = docket.facts.find(
        (fact): fact is DatedFact<'HearingScheduled'> =>
          fact.type === 'HearingScheduled' && fact.data.hearingId === hearingId,
      );
      if (!scheduled) return [];
      const { names, roles } = personIn(docket);
      const { proceedingId, court, judge } = scheduled.data;
      return {
        caseId: record.caseId,
        person: { names, roles },
        hearingId,
        proceedingId,
        planned: { earliest: formatDay(earliest), latest: formatDay(latest) },
        ...(court === undefined ? {} : { court }),
        ...(judge === undefined ? {} : { judge }),
      };
    });
    return { items, more: planned.length > MOST_COMING };
  }
}
