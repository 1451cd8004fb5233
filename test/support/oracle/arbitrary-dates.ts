import fc from 'fast-check';
import type { Source } from '../../../src/cases/domain/facts/common.js';
import { dayOf, showDay, type Day } from './days.js';

/** A stretch of days that the facts of one history crowd into. */
export interface Era {
  start: Day;
  length: number;
  /** As long as this from the start, so that many facts meet on one day. */
  crowded: number;
}

/** The winter the register began with. */
export const THE_WINTER: Era = { start: dayOf(2019, 11, 1), length: 150, crowded: 14 };
/** The rouble loses four noughts on 1 July 2016. */
export const THE_NEW_ROUBLE: Era = { start: dayOf(2016, 5, 15), length: 90, crowded: 50 };
/** The new code comes into force on 1 March 2021. */
export const THE_NEW_CODE: Era = { start: dayOf(2021, 1, 20), length: 90, crowded: 45 };

const iso = (day: Day): string => showDay(day) ?? '';

/** Every form a date may be recorded in; shrinks to an exact day at the start of the era. */
export function dates(era: Era): fc.Arbitrary<string> {
  const day = fc.oneof(
    { weight: 3, arbitrary: fc.nat(era.crowded).map((n) => era.start + n) },
    { weight: 2, arbitrary: fc.nat(era.length).map((n) => era.start + n) },
  );
  const exact = day.map(iso);
  const month = exact.map((text) => text.slice(0, 7));
  const twoDays = fc.tuple(day, fc.nat(40)).map(([first, more]) => [iso(first), iso(first + more)] as const);
  return fc.oneof(
    { withCrossShrink: true },
    { weight: 16, arbitrary: exact },
    {
      weight: 1,
      arbitrary: fc.tuple(exact, fc.constantFrom('?', '~', '%')).map(([text, mark]) => text + mark),
    },
    { weight: 1, arbitrary: month },
    { weight: 1, arbitrary: month.map((text) => `${text}-XX`) },
    { weight: 1, arbitrary: exact.map((text) => text.slice(0, 4)) },
    { weight: 1, arbitrary: twoDays.map(([from, to]) => `${from}/${to}`) },
    { weight: 1, arbitrary: twoDays.map(([from, to]) => `${from.slice(0, 7)}/${to.slice(0, 7)}`) },
    { weight: 3, arbitrary: twoDays.map(([from, to]) => `[${from}..${to}]`) },
    { weight: 2, arbitrary: exact.map((text) => `[..${text}]`) },
    { weight: 1, arbitrary: exact.map((text) => `[${text}..]`) },
    { weight: 2, arbitrary: fc.tuple(exact, times).map(([text, time]) => `${text}T${time}`) },
  );
}

/** Some of them on another date in Minsk than the one written. */
const times = fc.constantFrom(
  '12:00:00+03:00',
  '23:59:59+03:00',
  '00:00:00+03:00',
  '20:59:59Z',
  '21:00:00Z',
  '22:30:00.000-05:00',
);

export const sources = (era: Era): fc.Arbitrary<Source> =>
  fc.record(
    {
      citation: fc.constant('an account'),
      kind: fc.constantFrom('press', 'organisation', 'testimony'),
      confidential: fc.constant(false),
      published: dates(era),
    },
    { requiredKeys: ['citation', 'kind', 'confidential'] },
  );

/** When a fact happened and who says so; undated now and then, unsourced often. */
export const circumstances = (era: Era): fc.Arbitrary<{ at?: string; sources?: Source[] }> =>
  fc
    .record({
      at: fc.option(dates(era), { nil: undefined, freq: 9 }),
      sources: fc.oneof(
        { weight: 3, arbitrary: fc.constant(undefined) },
        { weight: 2, arbitrary: fc.array(sources(era), { maxLength: 2 }) },
      ),
    })
    .map(({ at, sources: given }) => ({
      ...(at === undefined ? {} : { at }),
      ...(given === undefined ? {} : { sources: given }),
    }));
