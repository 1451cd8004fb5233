import { expect, it } from '@jest/globals';
import { parseInstant } from './is-instant.js';

it.each([
  ['2020-02-01T00:00:00Z', '2020-02-01T00:00:00.000Z'],
  ['2020-02-29T12:30:00.5+03:00', '2020-02-29T09:30:00.500Z'],
])('%s is an instant', (text, instant) => expect(parseInstant(text)?.toISOString()).toBe(instant));

it.each([
  '2020-02-01',
  '2020-02-01T00:00:00',
  '2020-02-30T00:00:00Z',
  '2020-02-01T24:01:00Z',
  '2016-12-31T23:59:60Z',
  '+275761-01-01T00:00:00Z',
  '9999-12-31T23:59:59-23:59',
  '0000-01-01T00:00:00+23:59',
  'now',
])('%s is none', (text) => expect(parseInstant(text)).toBeUndefined());
