import type { CaseCommand, PenaltyChange } from './commands.js';
import { and, malformed, object, optional } from './shape/reading.js';
import { days, money, truth, uuid } from './shape/values.js';
import type { Asked } from './together.js';

type Decided = Omit<Extract<CaseCommand, { name: 'DecideAppeal' }>['data'], 'penalties'>;

const change = and(
  object<PenaltyChange>({
    penaltyId: uuid,
    annulled: optional(truth),
    days: optional(days),
    amount: optional(money),
  }),
  ({ annulled, days, amount }) => [annulled, days, amount].filter((one) => one !== undefined).length <= 1,
  'must say one thing: annulled, days or an amount',
);

/** The outcome of an appeal with what it changes in the penalties it names, and in no others. */
export function appealAsked({
  penalties = [],
  ...decided
}: Decided & { penalties?: PenaltyChange[] }): Asked[] {
  const changes = penalties.map((named, index) => change(named, pointerTo(index)));
  if (new Set(changes.map(({ penaltyId }) => penaltyId)).size < changes.length) {
    throw malformed('/body/penalties', 'must name each penalty once');
  }
  return [
    { type: 'AppealDecided', data: decided, pointer: '/body' },
    ...changes.map((named, index) => changeAsked(named, decided, pointerTo(index))),
  ];
}

const pointerTo = (index: number): string => `/body/penalties/${index}`;

function changeAsked(named: PenaltyChange, decided: Decided, pointer: string): Asked {
  const { penaltyId, annulled, days, amount } = named;
  const { at, sources, outcome } = decided;
  const shared = { penaltyId, by: 'appeal', at, sources };
  switch (outcome) {
    case 'upheld':
    case 'inadmissible':
      throw malformed(pointer, `an appeal that is ${outcome} changes no penalty`);
    case 'annulled_terminated':
    case 'annulled_remitted':
      if (annulled === false || days !== undefined || amount !== undefined) {
        throw malformed(pointer, 'an appeal that annuls a decision reduces no penalty');
      }
      return { type: 'PenaltyAnnulled', data: shared, pointer };
    case 'reduced':
      if (annulled) return { type: 'PenaltyAnnulled', data: shared, pointer };
      if (amount) return { type: 'FineReduced', data: { ...shared, amount }, pointer };
      if (days === undefined) throw malformed(pointer, 'must be given days or an amount, or be annulled');
      return { type: 'SentenceReduced', data: { ...shared, days }, pointer };
    default:
      throw malformed('/body/outcome', `is no outcome of an appeal: ${String(outcome satisfies never)}`);
  }
}
