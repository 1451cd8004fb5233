import type { Figure, ReportContent } from '../../../src/reports/content/content.js';

/** The figures of a report that stand by themselves, by their ids. */
export const figuresIn = ({ sections }: ReportContent): Record<string, Figure> =>
  Object.fromEntries(
    sections.flatMap((section) =>
      section.kind === 'figures' ? section.figures.map((one) => [one.id, one]) : [],
    ),
  );
