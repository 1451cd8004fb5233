import fc, { type Arbitrary } from 'fast-check';
import type { Fact } from '../../src/cases/domain/facts/facts.js';
import { fact, id } from './derived.js';

/** Something that is done to one of the cases so far; numbers are taken modulo what there is. */
export type Move =
  | { kind: 'open'; which: number }
  | { kind: 'part'; which: number }
  | { kind: 'restrict'; which: number }
  | { kind: 'lift'; which: number }
  | { kind: 'record'; which: number; fact: Fact }
  | { kind: 'correct'; which: number; target: number; at: string }
  | { kind: 'void'; which: number; target: number }
  | { kind: 'merge'; which: number; into: number }
  /** So long that all that was known before is settled. */
  | { kind: 'wait'; seconds: number };

export const DAYS = ['2019-12-31', '2020-01-07', '2020-02-07'];
const at = fc.constantFrom('2020-01-01', '2020-01-05', '2020-01', '[..2020-01-20]', undefined);
const dated = (dateOf: string | undefined): { at?: string } => (dateOf === undefined ? {} : { at: dateOf });

/** Without anything that a case may refuse for its dates or amounts. */
const facts: Arbitrary<Fact> = fc.oneof(
  fc.tuple(fc.nat(2), at).map(([n, on]) => fact('Arrested', { detentionId: id(`d${n}`), ...dated(on) })),
  fc
    .tuple(fc.nat(4), at, fc.integer({ min: 1, max: 30 }))
    .map(([n, on, days]) =>
      fact('Sentenced', { penaltyId: id(`s${n}`), decisionId: id(`c${n}`), days, ...dated(on) }),
    ),
  fc.constantFrom('Zmicier Kazłoŭ', 'Ales Krutkin').map((form) => fact('NameRecorded', { name: { form } })),
  fc.constantFrom('journalist' as const, 'lawyer' as const).map((role) => fact('RoleRecorded', { role })),
  at.map((on) => fact('CounselDenied', { denialId: id(`n${on}`), ...dated(on) })),
  fc.constant(fact('CaseClosed', { reason: 'done' })),
  fc.constant(fact('CaseReopened', { reason: 'news' })),
);

const which = fc.nat(7);
const one = <M extends Move>(members: { [K in keyof M]: Arbitrary<M[K]> }): Arbitrary<Move> =>
  fc.record(members) as unknown as Arbitrary<Move>;
const move: Arbitrary<Move> = fc.oneof(
  { weight: 8, arbitrary: one({ kind: fc.constant('record'), which, fact: facts }) },
  {
    weight: 2,
    arbitrary: one({
      kind: fc.constant('correct'),
      which,
      target: fc.nat(9),
      at: fc.constantFrom('2020-01-02', '2020-01-06'),
    }),
  },
  { weight: 2, arbitrary: one({ kind: fc.constant('void'), which, target: fc.nat(9) }) },
  { weight: 3, arbitrary: one({ kind: fc.constant('merge'), which, into: which }) },
  { weight: 2, arbitrary: one({ kind: fc.constant('part'), which }) },
  { weight: 1, arbitrary: one({ kind: fc.constantFrom('restrict', 'lift', 'open'), which }) },
  { weight: 5, arbitrary: one({ kind: fc.constant('wait'), seconds: fc.integer({ min: 6, max: 100_000 }) }) },
);

const opening: Move = { kind: 'open', which: 0 };

/** Of a few cases of one register. */
export const stories = (most: number): Arbitrary<Move[]> =>
  fc
    .array(move, { minLength: 4, maxLength: most, size: 'max' })
    .map((moves) => [opening, opening, { kind: 'wait', seconds: 10 }, ...moves]);

/** Which of the cases are merged into which, for who must not merge in a circle. */
export class Merged {
  readonly #into = new Map<string, string>();

  has(caseId: string): boolean {
    return this.#into.has(caseId);
  }

  intoOf(caseId: string): string | undefined {
    return this.#into.get(caseId);
  }

  merge(caseId: string, into: string): void {
    this.#into.set(caseId, into);
  }

  part(caseId: string): void {
    this.#into.delete(caseId);
  }
}

export const chosen = <T>(from: readonly T[], n: number): T | undefined => from[n % Math.max(1, from.length)];
