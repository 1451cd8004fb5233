import fc from 'fast-check';
import type { RecordedFact } from '../../../src/cases/domain/facts/facts.js';
import { inRecordOrder } from '../../../src/cases/domain/file/facts-in-force.js';
import type { Recommendation, Register } from '../../../src/reports/figures/register.js';
import { seededRandom } from '../random.js';
import { historiesOf } from '../oracle/arbitraries.js';
import { THE_WINTER } from '../oracle/arbitrary-dates.js';
import { idOf } from './facts-of-a-case.js';

/** Two campaigns; the first has two waves, and the second of these a wave of its own. */
export const CAMPAIGNS = [0, 1, 2, 3, 4].map((n) => idOf('camp', n));
const PARENTS = [undefined, 0, 0, 2, undefined];
export const REGIONS = ['BY-HM', 'BY-MI', 'BY-BR', 'BY-VI'];
export const PROVISIONS = [
  { code: 'BY-CoAO-2003', article: '23.34' },
  { code: 'BY-CoAO-2021', article: '24.23' },
  { code: 'BY-CoAO-2003', article: '23.4' },
  { code: 'BY-CoAO-2021', article: '24.3' },
  { code: 'BY-CoAO-2003', article: '17.1' },
  { code: 'BY-CoAO-2003', article: '21.14' },
];
export const ROLES_GIVEN = ['protester', 'journalist', 'activist', 'lawyer'] as const;

const call = (n: number, kind: Recommendation['kind'], scope: Recommendation['scope']): Recommendation => ({
  id: idOf('call', n),
  kind,
  addressee: 'the authorities',
  on: { earliest: THE_WINTER.start + 30, latest: THE_WINTER.start + 40 },
  scope,
});

export const REGISTER: Register = {
  campaigns: CAMPAIGNS.map((id, n) => ({
    id,
    name: `Campaign ${n}`,
    period: { earliest: THE_WINTER.start, latest: THE_WINTER.start + 60 },
    ...(PARENTS[n] === undefined ? {} : { parentId: CAMPAIGNS[PARENTS[n]]! }),
  })),
  estimates: [],
  recommendations: [
    call(0, 'terminate_proceedings', {}),
    call(1, 'release_unconditional', { campaignId: CAMPAIGNS[0]! }),
    call(2, 'withdraw_fines', { provision: PROVISIONS[0]! }),
    call(3, 'release_unconditional', {}),
    call(4, 'withdraw_fines', {}),
  ],
};

const SIZE = 520;

/**
 * Files of one winter, with all that happens to files: vague and missing dates, corrections, voids, reductions, foreign money,
 * several detentions; every thirteenth is merged with another. By case id, the same in every run.
 */
export function referenceSet(): Map<string, RecordedFact[]> {
  const drawn = fc.sample(historiesOf(THE_WINTER), { numRuns: SIZE + SIZE / 13, seed: 20_200_207 });
  const random = seededRandom(34);
  const files = new Map<string, RecordedFact[]>();
  for (let n = 0; n < SIZE; n++) {
    const caseId = idOf('case', n);
    const own = linked(drawn[n]!, random).map((fact) => ({ ...fact, caseId }));
    files.set(caseId, n % 13 === 0 ? inRecordOrder([...own, ...absorbed(drawn[SIZE + n / 13]!, n)]) : own);
  }
  return files;
}

/** The same facts under ids of their own, as they stand in the stream of another case. */
function absorbed(facts: readonly RecordedFact[], n: number): RecordedFact[] {
  const others = JSON.stringify(facts).replaceAll(/"([0-9a-f]{8})-0000-4000-8000-/g, '"$1-0000-4000-9000-');
  return (JSON.parse(others) as RecordedFact[]).map((fact) => ({ ...fact, caseId: idOf('lost', n) }));
}

/** With campaigns, regions, articles and roles, each of which is now and then not recorded. */
const linked = (facts: readonly RecordedFact[], random: () => number): RecordedFact[] => {
  const one = <T>(from: readonly T[], share: number): T | undefined =>
    random() < share ? from[Math.floor(random() * from.length)] : undefined;
  return facts.map((fact): RecordedFact => {
    if (fact.type === 'CaseOpened') {
      const roles = [one(ROLES_GIVEN, 1)!, ...[one(ROLES_GIVEN, 0.3)].filter((role) => role !== undefined)];
      return { ...fact, data: { person: { names: [{ form: 'N. N.' }], roles: [...new Set(roles)] } } };
    }
    const campaignId = one(CAMPAIGNS, 0.5);
    if (fact.type === 'Arrested') {
      const region = one(REGIONS, 0.7);
      return {
        ...fact,
        data: defined({ ...fact.data, campaignId, place: region === undefined ? undefined : { region } }),
      };
    }
    if (fact.type === 'Charged') {
      return { ...fact, data: defined({ ...fact.data, campaignId, provision: one(PROVISIONS, 0.9) }) };
    }
    if (fact.type === 'CounselDenied') {
      return {
        ...fact,
        data: defined({ ...fact.data, pretext: one(['no_meeting_room', 'quarantine'] as const, 0.7) }),
      };
    }
    return fact;
  });
};

const defined = <T extends object>(data: { [K in keyof T]: T[K] | undefined }): T =>
  Object.fromEntries(Object.entries(data).filter(([, value]) => value !== undefined)) as T;
