import type { Section } from './content.js';
import { breakdown, code, count, figuresIn } from './sections.js';
import type { ReportSource } from './source.js';

/** What files lack, and which file lacks what. In the house only: it is not issuable. */
export function missing({ figures }: ReportSource): Section[] {
  return [
    figuresIn('overview', figures, ['persons_documented']),
    breakdown('missing', figures, { id: 'code', value: (of) => code('missing', of) }, ['missing']),
    {
      kind: 'table',
      id: 'files',
      columns: ['case', 'code', 'times'].map((id) => ({ id })),
      rows: (figures.missing ?? []).map(({ caseId, code: lacking, times }) => [
        { kind: 'id', value: caseId },
        code('missing', lacking),
        count(times),
      ]),
    },
  ];
}
