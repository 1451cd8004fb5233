import { EARLIER } from '../figures/calendar.js';
import type { Figures } from '../figures/figures.js';
import type { CountedContent, CountedReport, Filters, Section } from './content.js';
import { articles } from './articles.js';
import { compliance } from './compliance.js';
import { detainees } from './detainees.js';
import { estimates } from './estimates-section.js';
import { missing } from './missing.js';
import { cellValue, figuresIn, notes } from './sections.js';
import {
  byMonth,
  conditions,
  days,
  decisions,
  denials,
  fines,
  heldByDay,
  heldNow,
  overview,
  penalties,
  penaltiesPlot,
  terms,
} from './shared-sections.js';
import type { ReportSource } from './source.js';
import { waves } from './waves.js';

type Build = (source: ReportSource) => Section[];

const inFull: Build = ({ figures }) => [
  overview(figures),
  heldNow(figures),
  penalties(figures),
  ...decisions(figures),
  days(figures),
  terms(figures),
  fines(figures),
  byMonth(figures),
  penaltiesPlot(),
  ...heldByDay(figures),
];

/** Of how many persons the rest is. That nobody fits what a report is narrowed to is told from what it prints. */
const documented: Build = ({ figures }) => [figuresIn('overview', figures, ['persons_documented'])];

const dueProcess: Build = ({ figures }) => [...denials(figures), ...conditions(figures)];

const BUILDS: Readonly<Record<CountedReport, Build>> = {
  monthly: (source) => [...inFull(source), ...dueProcess(source), ...estimates(source)],
  detainees,
  campaign: (source) => [
    ...inFull(source),
    ...waves(source),
    ...dueProcess(source),
    ...estimates(source),
    ...compliance(source),
  ],
  articles: (source) => [...documented(source), ...articles(source)],
  'due-process': (source) => [...documented(source), ...dueProcess(source)],
  missing,
  compliance: (source) => [...documented(source), ...compliance(source)],
};

/** A report in no language and no format. The same source gives the same content, to the byte. */
export function reportContent(report: CountedReport, source: ReportSource): CountedContent {
  const { basis, audience } = source;
  const sections = BUILDS[report](source);
  return { report, basis, audience, sections: [...sections, notes(...remarks(source, sections))] };
}

/** What whoever reads the figures must know, as far as it concerns these. */
function remarks({ basis: { filters }, figures }: ReportSource, sections: readonly Section[]): string[] {
  const single = sections.flatMap((section) => (section.kind === 'figures' ? section.figures : []));
  const values = sections.flatMap((section) => (section.kind === 'table' ? section.rows.flat() : []));
  const shown = new Set([...values, ...single.map(({ value }) => value)].map(({ kind }) => kind));
  const isOfPeriod = filters.from !== undefined || filters.to !== undefined;
  return [
    'documented_is_not_all',
    ...(isNarrowed(filters) && isOfNobody(figures) ? ['filters_match_nothing'] : []),
    ...(shown.has('range') ? ['two_worlds'] : []),
    ...(shown.has('money') ? ['currencies_never_summed'] : []),
    ...(sections.some(({ id }) => id === 'detainees') ? ['names_only_with_consent'] : []),
    ...(isOfPeriod ? ['period_by_latest_day'] : []),
    ...(single.some(({ uncertain }) => uncertain !== undefined) ? ['uncertain_period'] : []),
    ...(values.some((value) => value.kind === 'code' && value.value === EARLIER) ? ['earlier_months'] : []),
    ...(shown.has('withheld') ? ['small_counts_withheld'] : []),
  ];
}

/** By something that may be misspelt, or recorded in another way. */
const isNarrowed = ({ campaignId, family, article, region, role }: Filters): boolean =>
  [campaignId, family, article, region, role].some((filter) => filter !== undefined);

function isOfNobody(figures: Figures): boolean {
  const persons = cellValue(figures, 'persons_documented');
  return persons.kind === 'count' && persons.value === 0;
}
