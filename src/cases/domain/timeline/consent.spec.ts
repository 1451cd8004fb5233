import { describe, expect, it } from '@jest/globals';
import { day, docket, fact } from '../../../../test/support/derived.js';
import type { Fact } from '../facts/facts.js';
import { consentOn, type ConsentScope } from './consent.js';

const given = (at?: string, expires?: string, scope: ConsentScope = 'dossier'): Fact =>
  fact('ConsentRecorded', { scope, by: 'family', ...(at ? { at } : {}), ...(expires ? { expires } : {}) });
const withdrawn = (at?: string, scope: ConsentScope = 'dossier'): Fact =>
  fact('ConsentWithdrawn', { scope, ...(at ? { at } : {}) });

/** Facts without a day are recorded, and so dated, on 2026-01-01. */
const stands = (asOf: string, ...facts: Fact[]): boolean =>
  consentOn(docket(facts), 'dossier', day(asOf), 'Europe/Minsk');

describe('a consent', () => {
  it('stands from the day it was given on', () => {
    expect(stands('2020-02-01', given('2020-02-01'))).toBe(true);
    expect(stands('2020-01-31', given('2020-02-01'))).toBe(false);
    expect(stands('2030-01-01')).toBe(false);
  });

  it('is for what it was given for', () => {
    expect(stands('2020-02-01', given('2020-02-01', undefined, 'publish_name'))).toBe(false);
    expect(stands('2020-02-01', given('2020-02-01'), withdrawn('2020-02-01', 'share'))).toBe(true);
  });

  it('of a day half known stands from the last that it can be', () => {
    expect(stands('2020-02-28', given('2020-02'))).toBe(false);
    expect(stands('2020-02-29', given('2020-02'))).toBe(true);
  });

  it('stands no longer on the first day on which it can expire', () => {
    expect(stands('2020-12-30', given('2020-02-01', '2020-12-31'))).toBe(true);
    expect(stands('2020-12-31', given('2020-02-01', '2020-12-31'))).toBe(false);
    expect(stands('2020-11-30', given('2020-02-01', '2020-12'))).toBe(true);
    expect(stands('2020-12-01', given('2020-02-01', '2020-12'))).toBe(false);
    expect(stands('2020-03-01', given('2020-02-01', '[..2021]'))).toBe(false);
    expect(stands('2025-01-01', given('2020-02-01', '2020-12-31'), given('2021-01-01'))).toBe(true);
  });

  it('ends with its withdrawal, on the first day that this can be', () => {
    expect(stands('2020-04-30', given('2020-02-01'), withdrawn('2020-05'))).toBe(true);
    expect(stands('2020-05-01', given('2020-02-01'), withdrawn('2020-05'))).toBe(false);
    expect(stands('2020-02-01', given('2020-02-01'), withdrawn('2020-02-01'))).toBe(false);
    expect(stands('2020-03-01', given('2020-02-01'), withdrawn())).toBe(false);
  });

  it('stands again if it was surely given after that', () => {
    expect(stands('2020-07-01', given('2020-02-01'), withdrawn('2020-05'), given('2020-06-01'))).toBe(true);
    expect(stands('2020-07-01', given('2020-02-01'), withdrawn('2020-05'), given('2020-05-20'))).toBe(false);
    expect(stands('2020-07-01', given('[..2020-06-15]'), withdrawn('2020-05'))).toBe(false);
    expect(stands('2026-01-01', withdrawn('2020-05'), given())).toBe(true);
  });

  it('does not depend on which was recorded first', () => {
    expect(stands('2020-07-01', given('2020-06-01'), withdrawn('2020-05'), given('2020-02-01'))).toBe(true);
    expect(stands('2020-07-01', withdrawn('2020-06-02'), given('2020-06-01'))).toBe(false);
  });
});
