import { minorDigits } from '../../cases/domain/money/money.js';
import { documentedAs } from '../figures/beside-estimates.js';
import { DEFINITIONS, type FigureId } from '../figures/definitions.js';
import { amountsOf, type Behind } from '../figures/behind.js';
import type { Cell, Figures } from '../figures/figures.js';
import type { Register } from '../figures/register.js';
import type { CandidateCell } from './candidate-cell.js';
import { Persons } from './persons.js';
import { PERSONS, type PublishedCell } from './published-cell.js';
import { UNIVERSES, universesOf } from './universes.js';

/** The figures that are to be printed, as the gate looks at them; takes out their members. Throws if it is not known who is behind them. */
export function candidatesIn(
  figures: Figures,
  register: Register,
  printed: ReadonlySet<FigureId>,
): CandidateCell[] {
  const { cells, members } = figures;
  if (!members) throw new Error('nothing can be published of which it is not known who is behind it');
  const persons = new Persons(members.caseIds);
  return Object.entries(cells)
    .filter(([, { figure }]) => printed.has(figure))
    .map(([key, cell]) => {
      const behind = members.behind.get(key) ?? NOBODY;
      members.behind.delete(key);
      const read = readOf(cell, { behind, membership: persons.memberships(behind) }, register);
      return { key, rank: rankOf(cell), ...read };
    });
}

/** What is one number is what everybody looks for; a row for each day is the first to go. */
const rankOf = ({ figure }: Cell): number => {
  const { by } = DEFINITIONS[figure];
  return by === undefined ? 0 : by === 'day' ? 2 : 1;
};

interface Those {
  behind: Behind;
  /** What amounts of theirs come to; 1 each if there are none. */
  membership: ReturnType<Persons['memberships']>;
}

const NOBODY: Behind = { places: new Int32Array() };

function readOf(cell: Cell, those: Those, register: Register): Omit<CandidateCell, 'key'> {
  const { figure, of = '' } = cell;
  const persons: PublishedCell = { universe: PERSONS, membership: those.membership() };
  if (figure === 'documented_beside_estimate' || figure === 'estimate_gap')
    return { ...persons, also: sumsOf(copied(of, register) ?? figure, '', those) };
  const kind = UNIVERSES[figure];
  if (kind === 'statistic') return { ...persons, ...statisticOf(cell, those) };
  // The longest is one person's; nobody else's number stands for it.
  if (figure === 'longest_run') return { ...persons, sharedBy: 0 };
  return { ...persons, also: sumsOf(figure, of, those) };
}

function copied(of: string, { estimates }: Register): FigureId | undefined {
  const estimate = estimates.find(({ id }) => id === of.split('/')[0]);
  return estimate && documentedAs(estimate);
}

function sumsOf(figure: FigureId, of: string, { behind, membership }: Those): PublishedCell[] {
  const { least, most } = universesOf(figure, of);
  const sums: PublishedCell[] = [];
  if (least !== undefined) sums.push({ universe: least, membership: membership(behind.least) });
  const amounts = behind.most ?? behind.least;
  // Without end for one, it is so for all together, and says nothing of the others.
  if (most !== undefined && (amounts?.every(Number.isFinite) ?? true))
    sums.push({ universe: most, membership: membership(amounts) });
  return sums;
}

/** A mean is a sum and a number of things; what is least, greatest or in the middle is what single persons have. */
function statisticOf(
  { figure, of = '', value }: Cell,
  { behind, membership }: Those,
): Pick<CandidateCell, 'also' | 'sharedBy'> {
  const { places } = behind;
  if (figure === 'term_mean' || figure === 'fine_mean') {
    const sum = figure === 'term_mean' ? 'days_imposed_gross' : 'fines_gross';
    const total = (amounts: Float64Array): number => amounts.reduce((before, amount) => before + amount, 0);
    const least = Float64Array.from(places, (_, i) => total(amountsOf(behind, i)));
    const counts = Float64Array.from(places, (_, i) => amountsOf(behind, i).length);
    return {
      also: [
        ...sumsOf(sum, of, { behind: { places, least }, membership }),
        ...sumsOf('sentences', of, { behind: { places, least: counts }, membership }),
      ],
    };
  }
  if (places.length === 0) return {};
  const digits = of === '' ? 0 : minorDigits(of);
  const printed = value.kind === 'decimal' ? Math.round(Number(value.value) * 10 ** digits) : Number.NaN;
  const isExact = value.kind === 'decimal' && Number(value.value) * 10 ** digits === printed;
  return { sharedBy: isExact ? places.filter((_, i) => amountsOf(behind, i).includes(printed)).length : 0 };
}
