import { v7 as uuid } from 'uuid';
/** How many `ordinaryCase` makes. */
export const FACTS_A_CASE = 10;
import type { EventToRecord } from '../src/ledger/recorded-event.js';

const FAMILY = [
  'Kazlou',
  'Ivanou',
  'Navumenka',
  'Siarheyeva',
  'Barysevich',
  'Hryb',
  'Lukashuk',
  'Maroz',
  'Zhuk',
  'Tsikhan',
];
const GIVEN = ['Dzmitry', 'Aliaksandr', 'Volha', 'Siarhei', 'Maryna', 'Pavel', 'Natallia', 'Uladzimir'];
const FACILITIES = ['Akrestsina', 'Zhodzina', 'Baranavichy'];

const pick = <T>(from: readonly T[], n: number): T => from[n % from.length] as T;
const date = (from: string, days: number): string =>
  new Date(Date.parse(from) + days * 86_400_000).toISOString().slice(0, 10);

/** Ten facts of an ordinary case, the way they come in: one arrest, one trial, one sentence and one fine. */
export function ordinaryCase(n: number): EventToRecord[] {
  const [detentionId, proceedingId, hearingId, decisionId] = [uuid(), uuid(), uuid(), uuid()];
  const at = (days: number): string => date('2019-11-01', (n % 200) + days);
  const sources = [
    {
      citation: `Chronicle of the day, no. ${n}`,
      kind: 'organisation',
      published: at(2),
      confidential: false,
    },
  ];
  const fact = (type: string, days: number, data: Record<string, unknown>): EventToRecord => ({
    eventId: uuid(),
    type,
    data: { ...data, at: at(days), sources },
  });
  const name = {
    form: `${pick(GIVEN, n)} ${pick(FAMILY, Math.floor(n / 8))}${n % 97}`,
    script: 'Latn',
    lang: 'be',
  };
  return [
    fact('CaseOpened', 0, {
      person: { names: [name], roles: ['protester'] },
      summary: 'Held after the march in the centre.',
    }),
    fact('Arrested', 0, {
      detentionId,
      regime: 'administrative',
      place: { region: 'BY-HM' },
      facility: pick(FACILITIES, n),
    }),
    fact('CounselDenied', 0, {
      denialId: uuid(),
      detentionId,
      duration: { atLeastHours: 24 },
      pretext: 'no_meeting_room',
    }),
    fact('Charged', 1, {
      proceedingId,
      provision: { code: 'BY-CoAO-2003', article: '23.34' },
      detentionId,
      kind: 'administrative',
    }),
    fact('HearingScheduled', 1, { hearingId, proceedingId, court: 'Court of the Central District' }),
    fact('HearingHeld', 1, { hearingId, counselPresent: n % 2 === 0 }),
    fact('DecisionRendered', 1, {
      decisionId,
      proceedingId,
      outcome: 'penalised',
      court: 'Court of the Central District',
    }),
    fact('Sentenced', 1, {
      penaltyId: uuid(),
      decisionId,
      proceedingId,
      days: 5 + (n % 11),
      runs: 'consecutive',
    }),
    fact('Fined', 1, {
      penaltyId: uuid(),
      decisionId,
      proceedingId,
      baseUnits: 20,
      amount: { value: '510.00', currency: 'BYN' },
    }),
    fact('Released', 5 + (n % 11), { detentionId, basis: 'term_served', conditional: false }),
  ];
}
