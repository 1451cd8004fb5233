import type { Basis, ReportContent, CountedReport } from '../content/content.js';
import { reportContent } from '../content/report-content.js';
import type { ReportSource } from '../content/source.js';
import { DEFINITIONS, type FigureId } from '../figures/definitions.js';
import type { Figures } from '../figures/figures.js';
import type { GatheredSource } from '../gathering/gathered.js';
import type { CandidateCell, Line } from './candidate-cell.js';
import { candidatesIn } from './candidates.js';
import { withheldAmong } from './gate.js';
import type { PublishedCell } from './published-cell.js';

/** A report that is safe to print, and what it tells of whom. */
export interface Released {
  source: GatheredSource;
  /** The keys of the cells that it prints, sorted. */
  published: readonly string[];
  /** The same cells with who is behind them. */
  cells: readonly CandidateCell[];
}

/** What a report prints, with the persons behind it. */
interface Printed {
  cells: CandidateCell[];
  lines: Line[];
}

/** Withholds what would tell of few persons, beside all that was published earlier. */
export function released(
  report: CountedReport,
  basis: Basis,
  source: GatheredSource,
  earlier: readonly PublishedCell[],
): Released {
  const { cells, lines } = printedIn(report, basis, source);
  const withheld = withheldAmong({ cells, lines, earlier });
  return releasedWith(source, cells, (key) => !withheld.has(key));
}

/** The report as it was printed, if these were the cells that it printed. */
export function releasedAs(
  report: CountedReport,
  basis: Basis,
  source: GatheredSource,
  published: readonly string[],
): Released {
  const known = new Set(published);
  return releasedWith(source, printedIn(report, basis, source).cells, (key) => known.has(key));
}

function releasedWith(
  source: GatheredSource,
  candidates: readonly CandidateCell[],
  isPrinted: (key: string) => boolean,
): Released {
  const cells = candidates.filter(({ key }) => isPrinted(key));
  const printed = new Set(cells.map(({ key }) => key));
  const { figures, waves } = source;
  return {
    source: {
      ...source,
      figures: printedOf(figures, '', printed),
      ...(waves && {
        waves: waves.map(({ campaign, figures: of }) => ({
          campaign,
          figures: printedOf(of, inWave(campaign.id), printed),
        })),
      }),
    },
    published: [...printed].sort(),
    cells,
  };
}

function printedIn(report: CountedReport, basis: Basis, source: GatheredSource): Printed {
  const full: ReportSource = { ...source, basis, audience: 'public' };
  const ids = figuresPrintedIn(reportContent(report, full));
  const { figures, register, waves = [] } = source;
  const parts = [
    { figures, within: '' },
    ...waves.map((wave) => ({ figures: wave.figures, within: inWave(wave.campaign.id) })),
  ];
  return {
    cells: parts.flatMap((part) =>
      candidatesIn(part.figures, register, ids).map((cell) => ({ ...cell, key: part.within + cell.key })),
    ),
    lines: parts.flatMap(({ figures: { sums }, within }) =>
      sums.map(({ total, parts: keys }) => ({
        total: within + total,
        parts: keys.map((key) => within + key),
      })),
    ),
  };
}

const inWave = (campaignId: string): string => `wave ${campaignId} `;

function figuresPrintedIn({ sections }: ReportContent): ReadonlySet<FigureId> {
  const ids = sections.flatMap((section) => {
    if (section.kind === 'figures') return section.figures.map(({ id }) => id);
    return section.kind === 'table'
      ? section.columns.flatMap(({ figure }) => (figure ? [figure.id] : []))
      : [];
  });
  return new Set(ids.filter((id): id is FigureId => id in DEFINITIONS));
}

/** Whatever was not looked at is withheld, too; how many are uncertain is a count of few, and left out. */
function printedOf(
  { members: _, ...figures }: Figures,
  within: string,
  printed: ReadonlySet<string>,
): Figures {
  const cells = Object.entries(figures.cells).map(([key, { uncertain: __, ...cell }]) => [
    key,
    printed.has(within + key) ? cell : { ...cell, value: { kind: 'withheld' } as const, n: null },
  ]);
  return { ...figures, cells: Object.fromEntries(cells) as Figures['cells'] };
}
