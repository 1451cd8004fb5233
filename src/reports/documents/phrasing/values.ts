import type { Value } from '../../content/content.js';
import type { Forms, Words } from '../words/words.js';
import { wordOf } from './word-of.js';

type Of<K extends Value['kind']> = Extract<Value, { kind: K }>;
type Unit = keyof Words['units'];

/** Lists that grow with what is recorded: a code without a word is shown as it is. */
const OPEN_LISTS: ReadonlySet<string> = new Set(['family', 'predicate', 'region']);

/** How values are written in one language. */
export interface ValueWriter {
  written: (value: Value) => string;
  count: (value: number) => string;
  /** Of YYYY-MM-DD. */
  day: (day: string) => string;
  /** Of an RFC 3339 instant; the time is in UTC and says so. */
  instant: (instant: string) => string;
}

export function valueWriter(words: Words): ValueWriter {
  const { phrases, units, locale } = words;
  const plural = new Intl.PluralRules(locale);
  const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const days = dateFormat(locale, { day: 'numeric', month: 'long', year: 'numeric' });
  const months = dateFormat(locale, { month: 'long', year: 'numeric' });
  const instants = dateFormat(locale, {
    dateStyle: 'long',
    timeStyle: 'medium',
  });

  const form = (forms: Forms, n: number): string => forms[plural.select(n)] ?? forms.other;
  const count = (value: number): string => whole.format(value);
  const counted = (value: number, unit: Unit, as: keyof Words['units'][Unit] = 'count'): string =>
    `${count(value)} ${form(units[unit][as], value)}`;
  const day = (written: string): string => days.format(new Date(`${written}T00:00:00Z`));

  const range = ({ unit, min, max }: Of<'range'>): string => {
    if (max === null) return `${phrases.atLeast(counted(min, unit, 'atLeast'))} (${phrases.noUpperBound})`;
    return min === max ? counted(min, unit) : phrases.between(count(min), counted(max, unit, 'between'));
  };
  const daysBetween = ({ earliest, latest }: Of<'days'>): string => {
    if (earliest === null) return latest === null ? phrases.unknownDays : phrases.notAfter(day(latest));
    if (latest === null) return phrases.notBefore(day(earliest));
    return earliest === latest ? day(earliest) : phrases.betweenDays(day(earliest), day(latest));
  };
  const decimal = (value: string): string => {
    const places = value.split('.')[1]?.length ?? 0;
    // A text is formatted by all its digits, where a number would be rounded first.
    return new Intl.NumberFormat(locale, {
      minimumFractionDigits: places,
      maximumFractionDigits: places,
    }).format(value as Intl.StringNumericLiteral);
  };
  /** A part of a unit takes the form that the language has for fractions. */
  const measured = (value: string, unit: Unit): string =>
    `${decimal(value)} ${value.includes('.') ? units[unit].count.other : form(units[unit].count, Number(value))}`;

  const qualified = ({ value, currency, qualifier }: Of<'money'>): string => {
    const amount = `${decimal(value)} ${currency}`;
    switch (qualifier) {
      case undefined:
        return amount;
      case 'at_least':
        return phrases.atLeast(amount);
      case 'at_most':
        return phrases.upTo(amount);
      case 'approximate':
        return phrases.estimate.about(amount, '');
    }
  };

  const written = (value: Value): string => {
    switch (value.kind) {
      case 'count':
        return count(value.value);
      case 'range':
        return range(value);
      case 'decimal':
        return value.unit === 'days'
          ? measured(value.value, 'days')
          : [decimal(value.value), value.currency ?? ''].join(' ').trim();
      case 'money':
        return qualified(value);
      case 'base_units':
        return measured(String(value.value), 'base_units');
      case 'day':
        return day(value.value);
      case 'days':
        return daysBetween(value);
      case 'period':
        return phrases.period(value.from && day(value.from), value.to && day(value.to));
      case 'month':
        return months.format(new Date(`${value.value}-01T00:00:00Z`));
      case 'code':
        return codeOf(words, value);
      case 'text':
      case 'id':
        return value.value;
      case 'estimate':
        return phrases.estimate[value.op](count(value.value), count(value.high ?? value.value));
      case 'withheld':
        return phrases.withheld;
      case 'absent':
        return phrases.absent;
    }
  };
  return { written, count, day, instant: (instant) => `${instants.format(new Date(instant))} UTC` };
}

function codeOf({ codes }: Words, { list, value }: Of<'code'>): string {
  const known = wordOf<object>(codes as unknown as Record<string, object>, list, 'list of codes');
  if (OPEN_LISTS.has(list) && !Object.hasOwn(known, value)) return value;
  return wordOf(known as Record<string, string>, value, `code of ${list}`);
}

const dateFormat = (locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' });
