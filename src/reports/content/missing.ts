import type { Section } from './content.js';
import { breakdown, code, count, figuresIn, text } from './sections.js';
import type { ReportSource } from './source.js';

/** What files lack; in the house also which file lacks what. */
export function missing({ figures, names, audience }: ReportSource): Section[] {
  const summary: Section[] = [
    figuresIn('overview', figures, ['persons_documented']),
    breakdown('missing', figures, { id: 'code', value: (of) => code('missing', of) }, ['missing']),
  ];
  if (audience === 'public') return summary;
  return [
    ...summary,
    {
      kind: 'table',
      id: 'files',
      columns: ['case', 'name', 'code', 'times'].map((id) => ({ id })),
      rows: (figures.missing ?? []).map(({ caseId, code: lacking, times }) => [
        { kind: 'id', value: caseId },
        text(names?.get(caseId)),
        code('missing', lacking),
        count(times),
      ]),
    },
  ];
}
