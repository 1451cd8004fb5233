import type { Section } from './content.js';
import { ABSENT, cellValue, column, count, text } from './sections.js';
import { periodValue } from './estimates-section.js';
import type { ReportSource } from './source.js';

const COUNTED = [
  'persons_documented',
  'persons_arrested',
  'persons_charged',
  'sentences',
  'fines',
  'days_imposed_gross',
] as const;

/** Each wave of a campaign beside the others, in their order. */
export function waves({ waves: given = [] }: ReportSource): Section[] {
  if (given.length === 0) return [];
  const inOrder = given.toSorted(
    (a, b) =>
      (a.campaign.ordinal ?? Infinity) - (b.campaign.ordinal ?? Infinity) ||
      (a.campaign.id < b.campaign.id ? -1 : 1),
  );
  return [
    {
      kind: 'table',
      id: 'waves',
      columns: [
        { id: 'ordinal' },
        { id: 'wave' },
        { id: 'period' },
        ...COUNTED.map((figure) => column({ id: figure, figure })),
      ],
      rows: inOrder.map(({ campaign, figures }) => [
        campaign.ordinal === undefined ? ABSENT : count(campaign.ordinal),
        text(campaign.name),
        periodValue(campaign.period),
        ...COUNTED.map((figure) => cellValue(figures, figure)),
      ]),
    },
  ];
}
