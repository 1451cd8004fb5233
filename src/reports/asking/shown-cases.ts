import { Injectable } from '@nestjs/common';
import { consentOn } from '../../cases/domain/timeline/consent.js';
import { parseDay } from '../../cases/domain/dates/day.js';
import { personIn } from '../../cases/domain/timeline/person.js';
import { LawBook } from '../../cases/law-book.js';
import { OpenDockets } from '../../cases/queries/open-dockets.js';
import { sightOf, type Viewer } from '../../cases/queries/viewer.js';
import { CaseRecords } from '../../cases/read-models/case-records.js';
import { Clock } from '../../clock.js';
import type { HeldPerson } from '../figures/figures.js';
import type { ReportSource } from '../content/source.js';
import type { GatheredSource } from '../gathering/gathered.js';
import type { ReportQuestion } from '../gathering/report-question.js';
import { mayKnowOf } from './asked-filters.js';

/** Each is read from its stream. */
const AT_ONCE = 50;

/**
 * What of the cases in a report is for the eyes of whoever asks. Restrictions, consents and names are those of today: a consent
 * that was withdrawn since does not hold for what was known before.
 */
@Injectable()
export class ShownCases {
  constructor(
    private readonly records: CaseRecords,
    private readonly dockets: OpenDockets,
    private readonly clock: Clock,
    private readonly book: LawBook,
  ) {}

  /** Lists without the cases that are not there for the viewer, and the names that he may see and the persons allow. */
  async shownTo(
    viewer: Viewer,
    { report }: ReportQuestion,
    source: GatheredSource,
  ): Promise<GatheredSource & Pick<ReportSource, 'names'>> {
    const { figures } = source;
    if (!figures.held && !figures.missing) return source;
    const hidden = await this.#hiddenFrom(viewer);
    const isShown = ({ caseId }: { caseId: string }): boolean => !hidden.has(caseId);
    const held = figures.held?.filter(isShown);
    const missing = figures.missing?.filter(isShown);
    return {
      ...source,
      figures: { ...figures, ...(held && { held }), ...(missing && { missing }) },
      // Of what files lack there may be a line for each case: nobody is named there.
      ...(report === 'detainees' && { names: await this.#names(viewer, held ?? []) }),
    };
  }

  async #hiddenFrom(viewer: Viewer): Promise<ReadonlySet<string>> {
    const restricted = await this.records.restricted();
    const hidden = restricted.filter(({ readers }) => !mayKnowOf(viewer, readers));
    return new Set(hidden.flatMap(({ caseId, mergedFrom }) => [caseId, ...mergedFrom]));
  }

  async #names(viewer: Viewer, held: readonly HeldPerson[]): Promise<ReadonlyMap<string, string>> {
    const names = new Map<string, string>();
    if (!viewer.roles.includes('caseworker')) return names;
    const today = parseDay(this.clock.today())!;
    for (let from = 0; from < held.length; from += AT_ONCE) {
      const some = held.slice(from, from + AT_ONCE);
      const found = await Promise.all(some.map(({ caseId }) => this.records.find(caseId)));
      const willing = some.flatMap(({ caseId }, i) => {
        const record = found[i];
        const isOpen = record && sightOf(viewer, record.readers) === 'whole';
        return isOpen && consentOn(record.docket, 'publish_name', today, this.book.law.timeZone)
          ? [{ caseId, record }]
          : [];
      });
      const opened = await this.dockets.ofRecords(willing.map(({ record }) => record));
      for (const [i, { caseId }] of willing.entries()) {
        const name = personIn(opened[i]!.docket).names[0]?.form;
        if (name !== undefined) names.set(caseId, name);
      }
    }
    return names;
  }
}
