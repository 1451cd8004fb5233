import type { FigureId } from '../figures/definitions.js';
import type { Section, Value } from './content.js';
import { breakdown, code, figuresIn, text } from './sections.js';
import type { ReportSource } from './source.js';

const COUNTED = ['charges', 'persons_charged', 'sentences', 'days_imposed', 'fines'] as const;

const by = (kind: 'article' | 'family'): FigureId[] =>
  COUNTED.map((figure) => `${figure}_by_${kind}` as const);

/** By article, and by family: articles that are one offence, renumbered, are one row there. */
export function articles({ figures }: ReportSource): Section[] {
  return (['family', 'article'] as const)
    .flatMap((kind): Section[] => {
      const columns = by(kind);
      const rows = new Set(
        Object.values(figures.cells).flatMap(({ figure, of }) =>
          of !== undefined && columns.includes(figure) ? [of] : [],
        ),
      );
      return [breakdown(`by_${kind}`, figures, { id: kind, value: provision }, columns, [...rows].sort())];
    })
    .concat(
      figuresIn('articles', figures, [
        'charges',
        'persons_charged',
        'sentences',
        'days_imposed_gross',
        'fines',
      ]),
    );
}

/** A family without a name of its own is its one article. */
const provision = (of: string): Value => (of.includes('/') ? text(of) : code('family', of));
