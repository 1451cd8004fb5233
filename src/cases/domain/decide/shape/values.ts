import { readDate } from '../../dates/written-date.js';
import {
  QUALIFIERS,
  RELIABILITIES,
  SOURCE_KINDS,
  type Circumstance,
  type Money,
  type RecordedDate,
  type Source,
  type Uuid,
} from '../../facts/common.js';
import { minorDigits, parseMoney } from '../../money/money.js';
import { LONGEST_DATE, LONGEST_TEXT, LONGEST_URL, MOST_DAYS, MOST_HOURS, MOST_SOURCES } from './limits.js';
import { and, list, malformed, object, optional, pointingTo, type Members, type Reader } from './reading.js';

/** Neither blank nor impossible to keep: half a surrogate pair has no UTF-8, and PostgreSQL takes no NUL. */
export const textUpTo =
  (longest: number): Reader<string> =>
  (value, pointer) => {
    if (typeof value !== 'string' || value.trim() === '') throw malformed(pointer, 'must be a text');
    if (value.length > longest) throw malformed(pointer, `must have at most ${longest} characters`);
    if (!value.isWellFormed() || value.includes('\0'))
      throw malformed(pointer, 'must be well-formed, without NUL');
    return value;
  };

export const text = textUpTo(LONGEST_TEXT);

export const matching =
  (pattern: RegExp, message: string): Reader<string> =>
  (value, pointer) => {
    if (typeof value !== 'string' || !pattern.test(value)) throw malformed(pointer, message);
    return value;
  };

/** In lower case only, so that no id has two spellings. */
export const uuid: Reader<Uuid> = matching(
  /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  'must be a UUID in lower case',
);

export const oneOf =
  <const T extends string>(values: readonly T[]): Reader<T> =>
  (value, pointer) => {
    const found = values.find((one) => one === value);
    if (found === undefined) throw malformed(pointer, `must be one of ${values.join(', ')}`);
    return found;
  };

export const truth: Reader<boolean> = (value, pointer) => {
  if (typeof value !== 'boolean') throw malformed(pointer, 'must be true or false');
  return value;
};

export const number =
  (least: number, most: number): Reader<number> =>
  (value, pointer) => {
    if (typeof value !== 'number' || !(value >= least && value <= most)) {
      throw malformed(pointer, `must be a number from ${least} to ${most}`);
    }
    return value;
  };

export const whole =
  (least: number, most: number): Reader<number> =>
  (value, pointer) => {
    if (!Number.isInteger(value)) throw malformed(pointer, 'must be a whole number');
    return number(least, most)(value, pointer);
  };

/** Of a sentence. */
export const days = whole(1, MOST_DAYS);

export const hours = whole(0, MOST_HOURS);

/** Only whether it can be read matters here, which no time zone changes. */
export const date: Reader<RecordedDate> = (value, pointer) => {
  if (typeof value !== 'string' || value.length > LONGEST_DATE) {
    throw malformed(pointer, 'must be a date', 'invalid-date');
  }
  pointingTo(pointer, () => readDate(value, 'UTC'));
  return value;
};

const writtenMoney = object<Money>({
  value: (value, pointer) => {
    if (typeof value !== 'string') throw malformed(pointer, 'must be a decimal in quotes', 'invalid-money');
    return value;
  },
  currency: text,
  qualifier: optional(oneOf(QUALIFIERS)),
});

export const money: Reader<Money> = (value, pointer) => {
  const read = writtenMoney(value, pointer);
  pointingTo(`${pointer}/currency`, () => minorDigits(read.currency));
  const minor = pointingTo(`${pointer}/value`, () => parseMoney(read.value, read.currency));
  if (minor <= 0n) throw malformed(`${pointer}/value`, 'must be more than nothing', 'invalid-money');
  return read;
};

export const source: Reader<Source> = object<Source>({
  citation: text,
  url: optional(and(textUpTo(LONGEST_URL), (url) => /^https?:\/\/\S+$/i.test(url), 'must be a web address')),
  kind: oneOf(SOURCE_KINDS),
  published: optional(date),
  confidential: truth,
  reliability: optional(oneOf(RELIABILITIES)),
});

/** What every fact may carry. */
export const circumstance: Members<Circumstance> = {
  at: optional(date),
  sources: optional(list(source, 0, MOST_SOURCES)),
  remark: optional(text),
};
