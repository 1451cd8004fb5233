import { describe, expect, it } from '@jest/globals';
import { derivedOn, fact, findingCodes, id } from '../../../../test/support/derived.js';
import type { Fact } from '../facts/facts.js';
import { FINDING_CODES, type FindingCode } from './finding.js';

const source = (published?: string) => ({
  citation: 'a newspaper',
  kind: 'press' as const,
  confidential: false,
  ...(published ? { published } : {}),
});

const arrested = (at: string, detention = 'd1', more: object = {}): Fact =>
  fact('Arrested', { detentionId: id(detention), at, ...more });
const released = (at: string, detention = 'd1'): Fact =>
  fact('Released', { detentionId: id(detention), at, basis: 'unknown', conditional: false });
const confirmed = (at: string, detention = 'd1'): Fact =>
  fact('CustodyConfirmed', { detentionId: id(detention), at });
const sentenced = (at: string, days: number, more: object = {}, penalty = 's1'): Fact =>
  fact('Sentenced', { penaltyId: id(penalty), decisionId: id(`of ${penalty}`), at, days, ...more });
const fined = (at: string, more: object, penalty = 'f1'): Fact =>
  fact('Fined', { penaltyId: id(penalty), decisionId: id(`of ${penalty}`), at, ...more });
const charged = (code: string, article: string, proceeding = 'p1'): Fact =>
  fact('Charged', { proceedingId: id(proceeding), at: '2019-12-01', provision: { code, article } });
const BYN = (value: string, qualifier?: 'at_least' | 'approximate') => ({
  value,
  currency: 'BYN',
  ...(qualifier ? { qualifier } : {}),
});
const denied = (more: object): Fact => fact('CounselDenied', { denialId: id('n1'), ...more });
const heard = (counselPresent?: boolean): Fact =>
  fact('HearingHeld', {
    hearingId: id('h1'),
    at: '2020-01-02',
    ...(counselPresent === undefined ? {} : { counselPresent }),
  });
const underCharge = { proceedingId: id('p1') };

interface Example {
  has: [asOf: string, facts: Fact[]][];
  nearly: [asOf: string, facts: Fact[]][];
}

const EXAMPLES: Record<FindingCode, Example> = {
  held_past_term: {
    has: [
      ['2020-01-20', [arrested('2020-01-01'), sentenced('2020-01-02', 10), confirmed('2020-01-15')]],
      ['2020-02-20', [arrested('2020-01-01'), sentenced('2020-01-02', 10), released('2020-01-12')]],
    ],
    nearly: [
      ['2020-01-20', [arrested('2020-01-01'), sentenced('2020-01-02', 10), confirmed('2020-01-11')]],
      ['2020-02-20', [arrested('2020-01-01'), sentenced('2020-01-02', 10), released('2020-01-11')]],
    ],
  },
  detained_undecided_over_72h: {
    has: [['2020-01-20', [arrested('2020-01-01'), confirmed('2020-01-05')]]],
    nearly: [
      ['2020-01-20', [arrested('2020-01-01'), confirmed('2020-01-04')]],
      ['2020-01-20', [arrested('2020-01-01'), sentenced('2020-01-04', 10), confirmed('2020-01-05')]],
      ['2020-01-20', [arrested('2020-01-01', 'd1', { regime: 'criminal' }), confirmed('2020-01-05')]],
    ],
  },
  sentence_over_maximum: {
    has: [
      ['2020-01-05', [charged('BY-CoAO-2003', '23.34'), sentenced('2020-01-02', 16, underCharge)]],
      ['2020-01-05', [sentenced('2020-01-02', 16)]],
      ['2021-06-01', [charged('BY-CoAO-2021', '24.23'), sentenced('2021-05-02', 30, underCharge)]],
    ],
    nearly: [
      ['2020-01-05', [charged('BY-CoAO-2003', '23.34'), sentenced('2020-01-02', 15, underCharge)]],
      [
        '2021-06-01',
        [
          charged('BY-CoAO-2021', '24.23'),
          sentenced('2021-04-02', 15, underCharge, 's0'),
          sentenced('2021-05-02', 30, underCharge),
        ],
      ],
    ],
  },
  fine_over_maximum: {
    has: [
      [
        '2020-02-01',
        [charged('BY-CoAO-2003', '23.34'), fined('2020-01-02', { ...underCharge, baseUnits: 51 })],
      ],
      [
        '2020-02-01',
        [
          charged('BY-CoAO-2003', '23.34'),
          fined('2020-01-02', { ...underCharge, amount: BYN('1350.01', 'at_least') }),
        ],
      ],
    ],
    nearly: [
      [
        '2020-02-01',
        [charged('BY-CoAO-2003', '23.34'), fined('2020-01-02', { ...underCharge, baseUnits: 50 })],
      ],
      ['2020-02-01', [fined('2020-01-02', { baseUnits: 51 })]],
      [
        '2020-02-01',
        [
          charged('BY-CoAO-2003', '23.34'),
          fined('2020-01-02', { ...underCharge, amount: BYN('1400.00', 'approximate') }),
        ],
      ],
    ],
  },
  consecutive_sentences: {
    has: [
      ['2020-01-05', [sentenced('2020-01-02', 5), sentenced('2020-01-03', 5, { runs: 'consecutive' }, 's2')]],
      [
        '2020-01-08',
        [arrested('2020-01-01'), sentenced('2020-01-02', 5), sentenced('2020-01-03', 5, {}, 's2')],
      ],
    ],
    nearly: [
      ['2020-01-05', [sentenced('2020-01-02', 5, { runs: 'consecutive' })]],
      [
        '2020-02-20',
        [
          arrested('2020-01-01'),
          sentenced('2020-01-02', 5),
          released('2020-01-06'),
          arrested('2020-01-07', 'd2'),
          sentenced('2020-01-08', 5, {}, 's2'),
          released('2020-01-12', 'd2'),
        ],
      ],
    ],
  },
  rearrested_on_release_day: {
    has: [['2020-02-01', [arrested('2020-01-01'), released('2020-01-06'), arrested('2020-01-06', 'd2')]]],
    nearly: [
      ['2020-02-01', [arrested('2020-01-01'), released('2020-01-06'), arrested('2020-01-07', 'd2')]],
      ['2020-02-01', [arrested('2020-01-01'), released('2020-01-06'), arrested('[..2020-01-06]', 'd2')]],
    ],
  },
  counsel_denied: {
    has: [['2020-02-01', [denied({ at: '2020-01-01' })]]],
    nearly: [['2019-12-31', [denied({ at: '2020-01-01' })]]],
  },
  counsel_denied_over_48h: {
    has: [
      ['2020-02-01', [denied({ at: '2020-01-01', duration: { atLeastHours: 49 } })]],
      ['2020-02-01', [denied({ at: '2020-01-01', until: '2020-01-05' })]],
    ],
    nearly: [
      ['2020-02-01', [denied({ at: '2020-01-01', duration: { atLeastHours: 48 } })]],
      ['2020-02-01', [denied({ at: '2020-01-01', until: '2020-01-04' })]],
    ],
  },
  hearing_without_counsel: {
    has: [['2020-02-01', [heard(false)]]],
    nearly: [
      ['2020-02-01', [heard(true)]],
      ['2020-02-01', [heard()]],
    ],
  },
  claimed_total_differs: {
    has: [
      ['2020-02-01', [sentenced('2020-01-02', 15, { claimed: { cumulativeDays: 30 } })]],
      ['2020-02-01', [sentenced('2020-01-02', 15, { claimed: { ordinal: 2 } })]],
    ],
    nearly: [
      ['2020-02-01', [sentenced('2020-01-02', 15, { claimed: { ordinal: 1, cumulativeDays: 15 } })]],
      [
        '2020-02-01',
        [
          sentenced('2020-01', 15),
          sentenced('2020-01-20', 15, { claimed: { ordinal: 2, cumulativeDays: 30 } }, 's2'),
        ],
      ],
    ],
  },
  sentence_without_custody: {
    has: [['2020-02-01', [sentenced('2020-01-02', 15)]]],
    nearly: [
      ['2020-02-01', [sentenced('2020-01-02', 15), released('2020-01-10')]],
      ['2020-02-01', [sentenced('2020-01-02', 15), arrested('2020-01-01')]],
    ],
  },
  release_without_arrest: {
    has: [['2020-02-01', [released('2020-01-10')]]],
    nearly: [['2020-02-01', [released('2020-01-10'), arrested('2020-01-01')]]],
  },
  overlapping_detentions: {
    has: [
      [
        '2020-02-01',
        [
          arrested('2020-01-01'),
          released('2020-01-10'),
          arrested('2020-01-09', 'd2'),
          released('2020-01-12', 'd2'),
        ],
      ],
    ],
    nearly: [
      [
        '2020-02-01',
        [
          arrested('2020-01-01'),
          released('2020-01-09'),
          arrested('2020-01-09', 'd2'),
          released('2020-01-12', 'd2'),
        ],
      ],
      ['2020-02-01', [arrested('2020-01-01'), arrested('2020-01-09', 'd2'), released('2020-01-12', 'd2')]],
    ],
  },
  date_after_source: {
    has: [['2020-02-01', [arrested('2020-01-02', 'd1', { sources: [source('2020-01-01')] })]]],
    nearly: [
      ['2020-02-01', [arrested('2020-01-02', 'd1', { sources: [source('2020-01-02')] })]],
      ['2020-02-01', [arrested('2020-01', 'd1', { sources: [source('2020-01-15')] })]],
      [
        '2020-02-01',
        [
          fact('HearingScheduled', {
            hearingId: id('h1'),
            proceedingId: id('p1'),
            at: '2020-01-20',
            sources: [source('2020-01-10')],
          }),
        ],
      ],
    ],
  },
  fine_not_whole_base_units: {
    has: [
      ['2020-02-01', [fined('2020-01-02', { amount: BYN('500.00') })]],
      ['2020-02-01', [fined('2020-01-02', { baseUnits: 12.5 })]],
    ],
    nearly: [
      ['2020-02-01', [fined('2020-01-02', { amount: BYN('810.00') })]],
      ['2020-02-01', [fined('2020-01-02', { amount: BYN('500.00', 'at_least') })]],
      // 510 is 20 units of 2019, and the fine may be of that year.
      ['2020-02-01', [fined('2019-12/2020-01', { amount: BYN('510.00') })]],
    ],
  },
  runs_assumed_consecutive: {
    has: [['2020-02-01', [sentenced('2020-01-02', 15)]]],
    nearly: [['2020-02-01', [sentenced('2020-01-02', 15, { runs: 'consecutive' })]]],
  },
  unsourced: {
    has: [['2020-02-01', [arrested('2020-01-02')]]],
    nearly: [
      ['2020-02-01', [arrested('2020-01-02', 'd1', { sources: [source()] })]],
      ['2020-02-01', [fact('NameRecorded', { name: { form: 'Ales' } })]],
      [
        '2020-02-01',
        [arrested('2020-01-02'), fact('SourceCited', { eventId: id('e0'), source: source(), agrees: true })],
      ],
    ],
  },
};

describe.each([...FINDING_CODES])('%s', (code) => {
  it.each(EXAMPLES[code].has)('is found as of %s', (asOf, facts) => {
    expect(findingCodes(asOf, facts)).toContain(code);
  });

  it.each(EXAMPLES[code].nearly)('is not found where it nearly is, as of %s', (asOf, facts) => {
    expect(findingCodes(asOf, facts)).not.toContain(code);
  });
});

describe('what a finding says', () => {
  it('names the facts and the figure', () => {
    const facts = [arrested('2020-01-01'), sentenced('2020-01-02', 10), released('2020-01-14')];
    const { findings } = derivedOn('2020-02-20', facts);
    expect(findings).toContainEqual({ code: 'held_past_term', value: 3, events: [id('e0'), id('e2')] });
  });

  it('counts the sentences of the longest run', () => {
    const runs = ['s1', 's2', 's3'].map((penalty, i) =>
      sentenced(`2020-01-0${i + 2}`, 15, { runs: 'consecutive' }, penalty),
    );
    const found = derivedOn('2020-02-20', runs).findings.find((one) => one.code === 'consecutive_sentences');
    expect(found).toMatchObject({ value: 3 });
  });
});
