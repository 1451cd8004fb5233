import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  amount,
  asking,
  FULL_CASE,
  factCommand,
  fineCommand,
  type Asking,
} from '../../../../test/support/arbitrary-commands.js';
import { fact, id, LAW, recorded } from '../../../../test/support/derived.js';
import { CONTEXT, event, OPENED, outcomeOf } from '../../../../test/support/given-when-then.js';
import { boundsOf } from '../dates/bounds.js';
import type { Fact } from '../facts/facts.js';
import { fold, type CaseFile } from '../file/case-file.js';
import type { FactInForce } from '../file/facts-in-force.js';
import { ownIdOf } from '../file/own-ids.js';
import { convertRedenominated, parseMoney } from '../money/money.js';
import { Refusal } from '../refusal.js';
import type { CaseCommand } from './commands.js';
import { decide } from './decide.js';

const RUNS = { numRuns: 1000 };

const outcome = (facts: readonly Fact[], command: CaseCommand): Fact[] | Refusal =>
  outcomeOf(() => decide(fold(recorded(facts)), command, CONTEXT));

/** What stands recorded after commands of which those refused have recorded nothing. */
function after(askings: readonly Asking[], facts: readonly Fact[] = FULL_CASE): Fact[] {
  const soFar = [...facts];
  for (const asked of askings) {
    const decided = outcome(soFar, asked(soFar));
    if (!(decided instanceof Refusal)) soFar.push(...decided);
  }
  return soFar;
}

const days = (fact: FactInForce) => boundsOf(fact.data.at, fact.accounts, fact.recordedAt, LAW.timeZone);
const distinct = (values: readonly unknown[]): boolean => new Set(values).size === values.length;

function expectPossible(file: CaseFile): void {
  const ends = [...file.of('Released'), ...file.of('DiedInCustody')];
  expect(distinct(file.inForce.map((one) => ownIdOf(one)?.id).filter((one) => one !== undefined))).toBe(true);
  expect(distinct(file.of('Released').map(({ data }) => data.detentionId))).toBe(true);
  expect(distinct(file.of('AppealDecided').map(({ data }) => data.appealId))).toBe(true);
  expect(file.of('DiedInCustody').length).toBeLessThanOrEqual(1);
  for (const arrest of file.of('Arrested')) {
    const { earliest } = days(arrest);
    const own = ends.filter(({ data }) => data.detentionId === arrest.data.detentionId);
    expect(own.every((end) => earliest === null || days(end).latest >= earliest)).toBe(true);
  }
}

describe('whatever is asked of a case', () => {
  it('is decided or refused, and what stands recorded is possible', () => {
    fc.assert(
      fc.property(fc.array(asking, { minLength: 4, maxLength: 12 }), (askings) => {
        expectPossible(fold(recorded(after(askings))));
      }),
      RUNS,
    );
  });

  it('is refused the second time if it brings an id', () => {
    fc.assert(
      fc.property(fc.array(asking, { maxLength: 5 }), factCommand, (before, command) => {
        const facts = after(before);
        const decided = outcome(facts, command);
        if (decided instanceof Refusal || !decided.some((one) => ownIdOf(one))) return;
        expect(outcome([...facts, ...decided], command)).toMatchObject({ code: 'id-already-used' });
      }),
      RUNS,
    );
  });

  it('can be asked again, as if for the first time, when what came of it is voided', () => {
    fc.assert(
      fc.property(fc.array(asking, { maxLength: 5 }), factCommand, factCommand, (before, command, next) => {
        const facts = after(before);
        const decided = outcome(facts, command);
        if (decided instanceof Refusal) return;
        const voids = decided.map((_, i) =>
          fact('EventVoided', { eventId: event(facts.length + i), reason: 'entered_in_error' }),
        );
        const undone = [...facts, ...decided, ...voids];
        expect(outcome(undone, command)).toEqual(decided);
        expect(outcome(undone, next)).toEqual(outcome(facts, next));
      }),
      RUNS,
    );
  });
});

describe('whatever is paid of a fine', () => {
  const { redenominations } = LAW;
  /** In roubles of before July 2016. */
  const inOld = ({ value, currency }: { value: string; currency: string }): bigint =>
    redenominations
      .filter((one) => one.value.to === currency)
      .reduce((minor, one) => convertRedenominated(minor, one.value), parseMoney(value, currency));
  const total = (file: CaseFile, type: 'FinePaid' | 'FineRefunded'): bigint =>
    file.of(type).reduce((sum, { data }) => sum + inOld(data.amount), 0n);
  const exact = amount.filter(
    ({ qualifier, currency }) => currency !== 'USD' && (qualifier ?? 'exact') === 'exact',
  );

  it('never exceeds it, and no more is given back than was paid', () => {
    const isExact = (command: CaseCommand): boolean =>
      command.name === 'RecordFact' &&
      (!('amount' in command.fact.data) || (command.fact.data.amount.qualifier ?? 'exact') === 'exact');
    const change = fineCommand(fc.constant(id('f1')))
      .filter(isExact)
      .map(
        (command): Asking =>
          () =>
            command,
      );
    let settled = 0;
    fc.assert(
      fc.property(exact, fc.array(change, { minLength: 3, maxLength: 12 }), (imposed, askings) => {
        const at = imposed.currency === 'BYN' ? '2020-01-01' : '2016-01-01';
        const fined = fact('Fined', { penaltyId: id('f1'), decisionId: id('c1'), amount: imposed, at });
        const file = fold(recorded(after(askings, [OPENED, fined])));
        const [paid, refunded] = [total(file, 'FinePaid'), total(file, 'FineRefunded')];
        expect(refunded).toBeLessThanOrEqual(paid);
        expect(paid - refunded).toBeLessThanOrEqual(inOld(imposed));
        if (paid === inOld(imposed)) settled += 1;
      }),
      RUNS,
    );
    expect(settled).toBeGreaterThan(0);
  });
});
