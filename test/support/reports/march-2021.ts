import type { RecordedFact } from '../../../src/cases/domain/facts/facts.js';
import { seededRandom } from '../random.js';
import { GrowingFile, idOf } from './facts-of-a-case.js';

/** Of `count` whole numbers out of `allowed` the first selection found that adds up to `total`; the same in every run. */
function filling(count: number, total: number, allowed: readonly number[], seed: number): number[] {
  const random = seededRandom(seed);
  const [least, most] = [Math.min(...allowed), Math.max(...allowed)];
  const chosen: number[] = [];
  const fill = (left: number): boolean => {
    const places = count - chosen.length;
    if (places === 0) return left === 0;
    const start = Math.floor(random() * allowed.length);
    for (let i = 0; i < allowed.length; i++) {
      const next = allowed[(start + i) % allowed.length]!;
      const rest = left - next;
      if (rest < least * (places - 1) || rest > most * (places - 1)) continue;
      chosen.push(next);
      if (fill(rest)) return true;
      chosen.pop();
    }
    return false;
  };
  if (!fill(total)) throw new Error(`nothing adds up to ${total}`);
  return chosen;
}

const from = (first: number, last: number, but: readonly number[] = []): number[] =>
  Array.from({ length: last - first + 1 }, (_, i) => first + i).filter((number) => !but.includes(number));

const times = (count: number, number: number): number[] => Array.from({ length: count }, () => number);

/** 395 terms, 270 of them of 15 days and 32 of 30: 6,472 days. */
const TERMS = [
  ...times(270, 15),
  ...times(32, 30),
  3,
  ...filling(92, 6472 - 4050 - 960 - 3, from(3, 29, [15]), 1),
];

/** 82 fines, in base units of 29 BYN: 4,169, from 2 (58 BYN) to 200 (5,800 BYN). */
const FINES = [2, 200, ...filling(80, 4169 - 202, from(2, 200), 2)];

/** Cases that add up to what Viasna published of March 2021. Every tenth of those fined has been sentenced as well. */
export function march2021(): Map<string, RecordedFact[]> {
  const files = new Map<string, RecordedFact[]>();
  const personOf = (fine: number): number => (fine % 10 === 0 ? fine : TERMS.length + fine);
  const fineOf = new Map(FINES.map((units, i) => [personOf(i), { units, i }]));
  for (let person = 0; person < TERMS.length + FINES.length; person++) {
    const days = TERMS[person];
    const fine = fineOf.get(person);
    if (days === undefined && !fine) continue;
    const file = new GrowingFile(idOf('case', person), person, Date.parse('2021-04-10T09:00:00.000Z'));
    const at = `2021-03-${String((person % 31) + 1).padStart(2, '0')}`;
    const proceedingId = idOf('proc', person);
    file.record('CaseOpened', { person: { names: [{ form: `N. ${person}` }], roles: ['protester'] } });
    const provision = { code: 'BY-CoAO-2021', article: '24.23' };
    file.record('Charged', { at, proceedingId, kind: 'administrative', provision, actKind: 'assembly' });
    const decisionId = idOf('deci', person);
    file.record('DecisionRendered', { at, decisionId, proceedingId, outcome: 'penalised' });
    if (days !== undefined) {
      file.record('Sentenced', { at, penaltyId: idOf('term', person), decisionId, proceedingId, days });
    }
    if (fine) {
      const { units, i } = fine;
      // Some courts say the amount as well.
      const amount = i % 2 === 0 ? { amount: { value: (units * 29).toFixed(2), currency: 'BYN' } } : {};
      const penaltyId = idOf('fine', person);
      file.record('Fined', { at, penaltyId, decisionId, proceedingId, baseUnits: units, ...amount });
    }
    files.set(file.caseId, file.facts);
  }
  return files;
}
