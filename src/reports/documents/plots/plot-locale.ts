import type { Locale } from 'vega';

type Week = NonNullable<Locale['time']>['days'];
type Year = NonNullable<Locale['time']>['months'];

/** How numbers and days of a language are written, in the form in which Vega takes it. */
export function plotLocale(locale: string): Locale {
  const parts = new Intl.NumberFormat(locale).formatToParts(1_234_567.8);
  const part = (type: string): string => parts.find((one) => one.type === type)?.value ?? '';
  const names = (options: Intl.DateTimeFormatOptions, days: readonly Date[]): string[] => {
    const format = new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' });
    return days.map((day) => format.format(day));
  };
  return {
    number: {
      decimal: part('decimal'),
      thousands: part('group'),
      grouping: [3],
      currency: ['', ''],
    },
    time: {
      dateTime: '%x %X',
      date: '%Y-%m-%d',
      time: '%H:%M:%S',
      periods: ['', ''],
      days: names({ weekday: 'long' }, WEEK) as Week,
      shortDays: names({ weekday: 'short' }, WEEK) as Week,
      months: names({ month: 'long' }, YEAR) as Year,
      shortMonths: names({ month: 'short' }, YEAR) as Year,
    },
  };
}

/** From a Sunday on. */
const WEEK = Array.from({ length: 7 }, (_, i) => new Date(Date.UTC(2023, 0, 1 + i)));
const YEAR = Array.from({ length: 12 }, (_, i) => new Date(Date.UTC(2023, i, 1)));
