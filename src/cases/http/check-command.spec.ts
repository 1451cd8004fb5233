import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { commandAt, faultsOf } from './check-command.js';

const ID = 'a0000000-0000-4000-8000-000000000001';
const SOURCE = { citation: 'Viasna', kind: 'organisation', confidential: false };
const PERSON = { names: [{ form: 'Dzmitry Kazlou' }], roles: ['blogger'] };

/** The pointers of all faults, for a command below one case; `/` opens a case. */
const pointersOf = (below: string, body: unknown): string[] => {
  const command = commandAt(below === '/' ? '/v1/cases' : `/v1/cases/${ID}${below}`);
  if (!command) throw new Error(`no command at ${below}`);
  return [...new Set(faultsOf(command, body).map(({ pointer }) => pointer))];
};

describe('a command', () => {
  it.each([
    ['/', { person: PERSON }],
    [
      '/',
      { caseId: ID, person: { ...PERSON, born: '1984', sex: 'male' }, summary: 'as told', at: '2020-01-27' },
    ],
    ['/', { person: { names: [{ form: 'Зміцер', lang: 'be-tarask', script: 'Cyrl' }], roles: [] } }],
    ['/arrests', {}],
    ['/arrests', { detentionId: ID, regime: 'criminal', place: { region: 'BY-HM', detail: 'a yard' } }],
    [
      '/arrests',
      { at: '2020-01-27T14:30:00+03:00', sources: [{ ...SOURCE, url: 'https://example.org/a?b=1' }] },
    ],
    ['/whereabouts', { detentionId: ID, known: false }],
    ['/whereabouts', { detentionId: ID, known: true, facility: 'Akrestsina' }],
    ['/decisions', { outcome: 'warning' }],
    [
      '/decisions',
      {
        outcome: 'penalised',
        penalties: [
          { kind: 'sentence', days: 15 },
          { kind: 'fine', baseUnits: 0.5 },
        ],
      },
    ],
    ['/sentences', { days: 15, claimed: { ordinal: 8, cumulativeDays: 120 }, creditedFrom: '2019-12' }],
    ['/fines', { reported: [{ value: '600', currency: 'USD', qualifier: 'at_least' }] }],
    [`/penalties/${ID}/reductions`, { days: 10, by: 'appeal' }],
    [`/penalties/${ID}/reductions`, { amount: { value: '10.5', currency: 'BYN' }, by: 'appeal' }],
    [`/penalties/${ID}/withdrawals`, {}],
    [`/appeals/${ID}/decisions`, { outcome: 'annulled_terminated', penalties: [{ penaltyId: ID }] }],
    ['/counsel-denials', { duration: { atLeastHours: 24 }, requests: 0 }],
    ['/corrections', { eventId: ID, data: { at: '2019-12-25' }, reason: 'misread' }],
  ])('to %s with %j is taken', (below, body) => {
    expect(pointersOf(below, body)).toEqual([]);
  });

  it.each<[string, unknown, string[]]>([
    // What is missing, and what is not known.
    ['/', {}, ['/body/person']],
    ['/', null, ['/body/person']],
    ['/', [], ['/body']],
    ['/', 'a case', ['/body']],
    ['/', { person: { names: [], roles: [] } }, ['/body/person/names']],
    ['/', { person: { names: [{ form: ' ' }], roles: [] } }, ['/body/person/names/0/form']],
    ['/', { person: PERSON, height: 180 }, ['/body/height']],
    ['/', { person: { ...PERSON, names: [{ form: 'K', nick: 'k' }] } }, ['/body/person/names/0/nick']],
    ['/arrests', { sources: [{ ...SOURCE, page: 3 }] }, ['/body/sources/0/page']],
    ['/arrests', { sources: [{ kind: 'press', confidential: false }] }, ['/body/sources/0/citation']],
    // Nothing is taken for something else.
    ['/sentences', { days: '15' }, ['/body/days']],
    ['/sentences', { days: 0 }, ['/body/days']],
    ['/sentences', { days: 1.5 }, ['/body/days']],
    ['/sentences', { days: 1e300 }, ['/body/days']],
    ['/sentences', { days: null }, ['/body/days']],
    ['/sentences', { days: 15, runs: null }, ['/body/runs']],
    ['/sentences', { days: 15, claimed: null }, ['/body/claimed']],
    ['/releases', { detentionId: ID, basis: 'early', conditional: 'yes' }, ['/body/conditional']],
    ['/releases', { detentionId: ID, basis: 'pardoned', conditional: false }, ['/body/basis']],
    ['/', { person: [PERSON] }, ['/body/person']],
    ['/', { person: [] }, ['/body/person']],
    ['/', { person: { names: 'K', roles: [] } }, ['/body/person/names']],
    ['/', { person: { names: {}, roles: [] } }, ['/body/person/names', '/body/person/names/form']],
    ['/', { person: { names: [[{ form: 'K' }]], roles: [] } }, ['/body/person/names']],
    ['/', { person: { ...PERSON, roles: ['blogger', 'blogger'] } }, ['/body/person/roles']],
    ['/', { person: { ...PERSON, roles: 'blogger' } }, ['/body/person/roles']],
    // Dates.
    ['/arrests', { at: '2020-02-30' }, ['/body/at']],
    ['/arrests', { at: '2019-13' }, ['/body/at']],
    ['/arrests', { at: '201X' }, ['/body/at']],
    ['/arrests', { at: '2020-01-27T14:30:00' }, ['/body/at']],
    ['/arrests', { at: '[2020-02-01..2020-01-01]' }, ['/body/at']],
    ['/arrests', { at: 20200127 }, ['/body/at']],
    ['/arrests', { at: null }, ['/body/at']],
    ['/arrests', { sources: [{ ...SOURCE, published: 'last week' }] }, ['/body/sources/0/published']],
    // Codes and ids.
    ['/arrests', { detentionId: 'd1' }, ['/body/detentionId']],
    ['/arrests', { detentionId: ID.toUpperCase() }, ['/body/detentionId']],
    ['/arrests', { detentionId: null }, ['/body/detentionId']],
    ['/arrests', { place: { region: 'Homiel' } }, ['/body/place/region']],
    ['/', { person: { ...PERSON, names: [{ form: 'K', script: 'latn' }] } }, ['/body/person/names/0/script']],
    ['/charges', { provision: { code: 'the code', article: '23.34' } }, ['/body/provision/code']],
    ['/arrests', { sources: [{ ...SOURCE, url: 'javascript:alert(1)' }] }, ['/body/sources/0/url']],
    ['/arrests', { sources: [{ ...SOURCE, url: 'https://' }] }, ['/body/sources/0/url']],
    // Text.
    ['/notes', { text: 'a\ud800' }, ['/body/text']],
    ['/notes', { text: 'a\0b' }, ['/body/text']],
    ['/notes', { text: 'x'.repeat(16_385) }, ['/body/text']],
    // Money.
    ['/fines', {}, ['/body/amount']],
    ['/fines', { amount: [] }, ['/body/amount']],
    [
      '/decisions',
      { outcome: 'penalised', penalties: [{ kind: 'fine', amount: [] }] },
      ['/body/penalties/0/amount'],
    ],
    ['/fines', { amount: { value: '1e3', currency: 'BYN' } }, ['/body/amount/value']],
    ['/fines', { amount: { value: '-5', currency: 'BYN' } }, ['/body/amount/value']],
    ['/fines', { amount: { value: '0.00', currency: 'BYN' } }, ['/body/amount/value']],
    ['/fines', { amount: { value: '1.005', currency: 'BYN' } }, ['/body/amount/value']],
    ['/fines', { amount: { value: '1.5', currency: 'BYR' } }, ['/body/amount/value']],
    ['/fines', { amount: { value: 510, currency: 'BYN' } }, ['/body/amount/value']],
    ['/fines', { amount: { value: '510.00', currency: 'ZZZ' } }, ['/body/amount/currency']],
    ['/fines', { baseUnits: 0.333 }, ['/body/baseUnits']],
    ['/fines', { baseUnits: 1e-7 }, ['/body/baseUnits']],
    ['/fines', { baseUnits: 1e21 }, ['/body/baseUnits']],
    ['/fines', { reported: [] }, ['/body/reported']],
    // What must hold between members.
    [`/penalties/${ID}/reductions`, { by: 'appeal' }, ['/body/days']],
    [
      `/penalties/${ID}/reductions`,
      { by: 'a', days: 1, amount: { value: '1', currency: 'BYN' } },
      ['/body/days'],
    ],
    ['/whereabouts', { detentionId: ID, known: false, facility: 'Akrestsina' }, ['/body/facility']],
    ['/counsel-denials', { duration: {} }, ['/body/duration/atLeastHours']],
    ['/counsel-denials', { duration: { atLeastHours: 48, atMostHours: 24 } }, ['/body/duration/atMostHours']],
    // One of several shapes.
    ['/decisions', { outcome: 'penalised', penalties: [null] }, ['/body/penalties', '/body/penalties/0']],
    ['/decisions', { outcome: 'penalised', penalties: [{ days: 15 }] }, ['/body/penalties/0/kind']],
    [
      '/decisions',
      { outcome: 'penalised', penalties: [{ kind: 'toString', days: 15 }] },
      ['/body/penalties/0/kind'],
    ],
    [
      '/decisions',
      { outcome: 'penalised', penalties: [{ kind: 'fine', days: 15 }] },
      ['/body/penalties/0/days', '/body/penalties/0/amount'],
    ],
    ['/corrections', { eventId: ID, data: 'none', reason: 'misread' }, ['/body/data']],
    ['/corrections', { eventId: ID, data: [], reason: 'misread' }, ['/body/data']],
    // Ids of the path are not given twice.
    [`/penalties/${ID}/annulments`, { by: 'appeal', penaltyId: ID }, ['/body/penaltyId']],
    ['/penalties/p1/annulments', { by: 'appeal' }, ['/params/penaltyId']],
  ])('to %s with %j is refused, pointing to %j', (below, body, pointers) => {
    expect(pointersOf(below, body)).toEqual(pointers);
  });

  it.each([
    '__proto__',
    'constructor',
    'prototype',
    'toString',
    'hasOwnProperty',
    'valueOf',
    '__defineGetter__',
    'then',
  ])('with a member called %s is refused, not stripped of it', (name) => {
    const strange = JSON.parse(`{ ${JSON.stringify(name)}: 1 }`) as object;
    expect(pointersOf('/arrests', strange)).toEqual([`/body/${name}`]);
    expect(pointersOf('/arrests', { place: strange })).toEqual([`/body/place/${name}`]);
  });

  it('is found by its path and no other', () => {
    expect(commandAt(`/v1/cases/${ID}/arrests`)).toMatchObject({
      route: { name: 'Arrested' },
      ids: { caseId: ID },
    });
    expect(commandAt(`/v1/cases/${ID}`)).toBeUndefined();
    expect(commandAt(`/v1/cases/${ID}/arrests/`)).toBeUndefined();
  });
});
