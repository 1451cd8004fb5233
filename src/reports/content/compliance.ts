import { parseDay } from '../../cases/domain/dates/day.js';
import { callsBy } from '../figures/calls.js';
import type { Recommendation, Register } from '../figures/register.js';
import type { Section, Value } from './content.js';
import { ABSENT, cellValue, code, column, text } from './sections.js';
import { someDayIn } from './estimates-section.js';
import type { ReportSource } from './source.js';

const COUNTED = ['call_outstanding', 'call_met', 'call_met_conditionally', 'call_state'] as const;

/** The calls on somebody, and what has become of each. */
export function compliance({ basis, figures, register }: ReportSource): Section[] {
  const calls = callsBy(register, parseDay(basis.asOf)!).sort((a, b) => (a.id < b.id ? -1 : 1));
  return [
    {
      kind: 'table',
      id: 'calls',
      columns: [
        ...['call', 'addressee', 'made', 'article', 'campaign'].map((id) => ({ id })),
        ...COUNTED.map((figure) => column({ id: figure, figure })),
      ],
      rows: calls.map((call) => [
        code('recommendation', call.kind),
        text(call.addressee),
        someDayIn(call.on),
        ...scopeOf(call, register),
        ...COUNTED.map((figure) => cellValue(figures, figure, call.id)),
      ]),
    },
  ];
}

function scopeOf({ scope: { provision, campaignId } }: Recommendation, { campaigns }: Register): Value[] {
  const campaign = campaigns.find(({ id }) => id === campaignId)?.name ?? campaignId;
  return [provision ? text(`${provision.code}/${provision.article}`) : ABSENT, text(campaign)];
}
