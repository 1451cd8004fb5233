import { expect, it } from '@jest/globals';
import { KnownGaps } from './known-gaps.js';

const CASES = { prefixes: ['case-'] };

it('leads past what was found empty, and only past that', () => {
  const gaps = new KnownGaps<number>();
  gaps.note(CASES, 10, 20);
  expect([9, 10, 15, 20, 21].map((place) => gaps.past(CASES, place))).toEqual([9, 20, 20, 20, 21]);
  expect(gaps.past({ prefixes: ['access-'] }, 15)).toBe(15);
  expect(gaps.past(undefined, 15)).toBe(15);
});

it('grows with each look that goes on from it', () => {
  const gaps = new KnownGaps<number>();
  gaps.note(CASES, 10, 20);
  gaps.note(CASES, 20, 30);
  gaps.note(CASES, 15, 25);
  expect([10, 25, 30].map((place) => gaps.past(CASES, place))).toEqual([30, 30, 30]);
});

it('begins anew behind an event', () => {
  const gaps = new KnownGaps<string>();
  gaps.note(CASES, '010', '020');
  gaps.note(CASES, '021', '030');
  expect(['010', '021', '025'].map((place) => gaps.past(CASES, place))).toEqual(['010', '030', '030']);
});

it('knows nothing where all events are asked for', () => {
  const gaps = new KnownGaps<number>();
  gaps.note(undefined, 10, 20);
  expect(gaps.past(undefined, 15)).toBe(15);
});
