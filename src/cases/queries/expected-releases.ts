import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Clock } from '../../clock.js';
import type { Person } from '../domain/facts/case-facts.js';
import type { WrittenDays } from '../domain/timeline/custody-answer.js';
import { derive } from '../domain/timeline/derive.js';
import type { Status } from '../domain/timeline/status.js';
import { LawBook } from '../law-book.js';
import { CaseRecords } from '../read-models/case-records.js';
import { AFTER_ALL_DAYS } from '../read-models/case-tables.js';
import { askedDay } from './asked-day.js';
import { type Coming, MOST_COMING } from './coming.js';
import { Freshness } from './freshness.js';
import { OpenDockets } from './open-dockets.js';
import type { Viewer } from './viewer.js';

export interface ExpectedRelease {
  caseId: string;
  person: Pick<Person, 'names' | 'roles'>;
  status: Status;
  unconfirmed: boolean;
  expectedRelease: WrittenDays;
}

/** Whose release is, as things stand today, expected from one day (absent: today) to another (absent: for ever). */
export class ExpectedReleases extends Query<Coming<ExpectedRelease>> {
  constructor(readonly asked: { from?: string; to?: string; minPosition?: string; viewer: Viewer }) {
    super();
  }
}

@QueryHandler(ExpectedReleases)
export class ExpectedReleasesHandler implements IQueryHandler<ExpectedReleases, Coming<ExpectedRelease>> {
  constructor(
    private readonly records: CaseRecords,
    private readonly dockets: OpenDockets,
    private readonly freshness: Freshness,
    private readonly clock: Clock,
    private readonly book: LawBook,
  ) {}

  async execute({
    asked: { from, to, minPosition, viewer },
  }: ExpectedReleases): Promise<Coming<ExpectedRelease>> {
    const today = askedDay(undefined, this.clock, 'from');
    const first = askedDay(from, this.clock, 'from');
    const last = to === undefined ? AFTER_ALL_DAYS : askedDay(to, this.clock, 'to');
    await this.freshness.atLeast(minPosition);
    const expected = await this.records.releasesExpected(
      today,
      first,
      last,
      viewer.principalId,
      MOST_COMING + 1,
    );
    const shown = expected.slice(0, MOST_COMING);
    const dockets = await this.dockets.ofRecords(shown);
    const items = shown.flatMap(({ caseId }, i) => {
      const { person, custody } = derive(dockets[i]!.docket, today, this.book.law);
      if (!custody.expectedRelease) return [];
      return {
        caseId,
        person: { names: person.names, roles: person.roles },
        status: custody.status,
        unconfirmed: custody.unconfirmed,
        expectedRelease: custody.expectedRelease,
      };
    });
    return { items, more: expected.length > MOST_COMING };
  }
}
