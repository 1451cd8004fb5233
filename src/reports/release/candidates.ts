import { minorDigits } from '../../cases/domain/money/money.js';
import { documentedAs } from '../figures/beside-estimates.js';
import { keyOf } from '../figures/cells.js';
import type { FigureId } from '../figures/definitions.js';
import type { Cell, Figures, Member } from '../figures/figures.js';
import type { Register } from '../figures/register.js';
import type { CandidateCell } from './candidate-cell.js';
import { membershipOf } from './membership.js';
import { PERSONS, type PublishedCell } from './published-cell.js';
import { UNIVERSES, universesOf } from './universes.js';

/** The figures that are to be printed, as the gate looks at them. Throws if it is not known who is behind them. */
export function candidatesIn(
  figures: Figures,
  register: Register,
  printed: ReadonlySet<FigureId>,
): CandidateCell[] {
  const { cells, members } = figures;
  if (!members) throw new Error('nothing can be published of which it is not known who is behind it');
  return Object.entries(cells)
    .filter(([, { figure }]) => printed.has(figure))
    .map(([key, cell]) => ({ key, ...readOf(cell, figures, register) }));
}

function readOf(cell: Cell, figures: Figures, register: Register): Omit<CandidateCell, 'key'> {
  const { figure, of = '' } = cell;
  const behind = membersOf(figures, keyOf(figure, of));
  const persons: PublishedCell = {
    universe: PERSONS,
    membership: membershipOf(behind.map(([caseId]) => [caseId, 1])),
  };
  if (figure === 'documented_beside_estimate' || figure === 'estimate_gap')
    return { ...persons, also: sumsOf(copied(of, register) ?? figure, '', behind) };
  const kind = UNIVERSES[figure];
  if (kind === 'statistic') return { ...persons, ...statisticOf(cell, behind) };
  // The longest is one person's; nobody else's number stands for it.
  if (figure === 'longest_run') return { ...persons, sharedBy: 0 };
  return { ...persons, also: sumsOf(figure, of, behind) };
}

const membersOf = ({ members = {} }: Figures, key: string): readonly Member[] => members[key] ?? [];

function copied(of: string, { estimates }: Register): FigureId | undefined {
  const estimate = estimates.find(({ id }) => id === of.split('/')[0]);
  return estimate && documentedAs(estimate);
}

function sumsOf(figure: FigureId, of: string, members: readonly Member[]): PublishedCell[] {
  const { least, most } = universesOf(figure, of);
  const sums: PublishedCell[] = [];
  if (least !== undefined)
    sums.push({
      universe: least,
      membership: membershipOf(members.map(([caseId, amount]) => [caseId, amount])),
    });
  // Without end for one, it is so for all together, and says nothing of the others.
  if (most !== undefined && members.every(([, , amount]) => amount !== null && Number.isFinite(amount)))
    sums.push({
      universe: most,
      membership: membershipOf(members.map(([caseId, , amount]) => [caseId, amount ?? 0])),
    });
  return sums;
}

/** A mean is a sum and a number of things; what is least, greatest or in the middle is what single persons have. */
function statisticOf(
  { figure, of = '', value }: Cell,
  members: readonly Member[],
): Pick<CandidateCell, 'also' | 'sharedBy'> {
  if (figure === 'term_mean' || figure === 'fine_mean') {
    const sum = figure === 'term_mean' ? 'days_imposed_gross' : 'fines_gross';
    const sums = members.map(([caseId, , , ...each]): Member => {
      const total = each.reduce((before, amount) => before + amount, 0);
      return [caseId, total, total];
    });
    const counts = members.map(([caseId, , , ...each]): Member => [caseId, each.length, each.length]);
    return { also: [...sumsOf(sum, of, sums), ...sumsOf('sentences', of, counts)] };
  }
  if (members.length === 0) return {};
  const digits = of === '' ? 0 : minorDigits(of);
  const printed = value.kind === 'decimal' ? Math.round(Number(value.value) * 10 ** digits) : Number.NaN;
  const isExact = value.kind === 'decimal' && Number(value.value) * 10 ** digits === printed;
  return { sharedBy: isExact ? members.filter(([, , , ...each]) => each.includes(printed)).length : 0 };
}
