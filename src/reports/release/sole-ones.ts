import type { CandidateCell, Line } from './candidate-cell.js';

/**
 * That a cell is withheld says that it is not zero. So where what is missing of a published total is no more than the number of parts
 * that are withheld, each of them is known to be one. The cells that have to be withheld beside, the smallest first.
 */
export function soleOnes(
  cells: readonly CandidateCell[],
  lines: readonly Line[],
  withheld: ReadonlySet<string>,
): ReadonlySet<string> {
  const sizes = new Map(
    cells.map(({ key, membership, also }) => [key, amountOf((also?.[0]?.membership ?? membership).amounts)]),
  );
  const size = (key: string): number => sizes.get(key) ?? 0;
  const more = new Set<string>();
  const isOpen = (key: string): boolean => !withheld.has(key) && !more.has(key);
  for (let before = -1; before < more.size;) {
    before = more.size;
    for (const { total, parts } of lines) {
      if (!isOpen(total)) continue;
      const open = parts.filter((part) => isOpen(part) && size(part) > 0);
      const closed = parts.filter((part) => !isOpen(part)).length;
      const missing = size(total) - open.reduce((sum, part) => sum + size(part), 0);
      if (closed === 0 || missing !== closed) continue;
      more.add(open.toSorted((a, b) => size(a) - size(b))[0] ?? total);
    }
  }
  return more;
}

const amountOf = (amounts: Float64Array): number => amounts.reduce((sum, amount) => sum + amount, 0);
