import { Injectable } from '@nestjs/common';
import type { Viewer } from '../../cases/queries/viewer.js';
import { askedDay } from '../../cases/queries/asked-day.js';
import { formatDay } from '../../cases/domain/dates/day.js';
import { Clock } from '../../clock.js';
import type { Filters, ReportContent, ReportName } from '../content/content.js';
import { reportContent } from '../content/report-content.js';
import { ReportDesk } from '../desk/report-desk.js';
import type { Draft, Progress } from '../gathering/gathering.js';
import { readSource } from '../gathering/gathered.js';
import type { RegisterState, ReportQuestion } from '../gathering/report-question.js';
import { requireIssuable } from '../issued/issuable.js';
import { PublicReports } from '../issued/public-reports.js';
import { AskedFilters } from './asked-filters.js';
import { AskedStates, type AskedState } from './asked-states.js';
import { Dossiers } from './dossiers.js';
import { ShownCases } from './shown-cases.js';

const POINTERS = { report: '/params/report', caseId: '/query/caseId' };

export interface AskedReport extends AskedState {
  report: ReportName;
  /** YYYY-MM-DD; absent: today. */
  asOf?: string;
  filters: Filters;
  audience: ReportContent['audience'];
  viewer: Viewer;
}

/** `named`: the cases of whose person it tells the name; `about`: the one that it is about. */
export interface MadeReport {
  content: ReportContent;
  named: readonly string[];
  about?: string;
}

export type Reported = { made: MadeReport } | { underWay: Progress; asOf: string; state?: RegisterState };

/** Reports as they are asked for and answered: what they rest on is gathered elsewhere, and the same for everybody. */
@Injectable()
export class Reports {
  constructor(
    private readonly states: AskedStates,
    private readonly filters: AskedFilters,
    private readonly desk: ReportDesk,
    private readonly cases: ShownCases,
    private readonly dossiers: Dossiers,
    private readonly publicReports: PublicReports,
    private readonly clock: Clock,
  ) {}

  /** Throws what is to be said of a question that makes no sense, and what gathering throws. */
  async ask(asked: AskedReport): Promise<Reported> {
    const { report, audience, viewer, minPosition } = asked;
    if (audience === 'public') requireIssuable(report, asked.filters, POINTERS);
    const asOf = formatDay(askedDay(asked.asOf, this.clock, 'asOf'));
    const { known, shown } = await this.states.settle(asked);
    const filters = await this.filters.check(report, asked.filters, known, viewer);
    const { printing, ...print } = audience === 'public' ? await this.publicReports.beside() : {};
    const question: ReportQuestion = { report, asOf, ...known, filters, audience, ...print };
    const answer = await this.desk.ask(question, { minPosition, shown, printing });
    if ('draft' in answer) return { made: await this.#made(question, answer.draft, viewer) };
    const { state, ...underWay } = answer.underWay;
    return { underWay, asOf, state };
  }

  async #made(question: ReportQuestion, draft: Draft, viewer: Viewer): Promise<MadeReport> {
    const { report, asOf, filters, audience } = question;
    const { knownAt, position } = draft;
    const basis = { asOf, knownAt, position, filters };
    const about = filters.caseId;
    if (report === 'person') {
      // What is told of one person is a matter of consent. Without an id it would not have been asked for.
      const { sections, isNamed } = await this.dossiers.of(viewer, about!, basis);
      return { content: { report, basis, audience, sections }, named: isNamed ? [about!] : [], about };
    }
    const source = await this.cases.shownTo(viewer, question, readSource(draft.text));
    const content = reportContent(report, { ...source, basis, audience });
    return { content, named: [...(source.names?.keys() ?? [])], about };
  }
}
