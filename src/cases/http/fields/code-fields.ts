import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  Matches,
  Max,
  Min,
} from 'class-validator';
import { field, type FieldOptions } from './field.js';

/** RFC 9562: every version, and the nil and max UUIDs. In lower case, so that one id has one spelling. */
const UUID =
  /^(?:[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}|0{8}-(?:0{4}-){3}0{12}|f{8}-(?:f{4}-){3}f{12})$/;

export const IdField = (said: FieldOptions = {}): PropertyDecorator =>
  field(
    { type: 'string', format: 'uuid', pattern: '^[0-9a-f-]{36}$' },
    (options) => [Matches(UUID, { ...options, message: '$property must be a UUID in lower case' })],
    said,
  );

/** A set of ids. */
export const IdsField = ({ max, ...said }: FieldOptions & { max: number }): PropertyDecorator =>
  field(
    { type: 'array', items: { type: 'string', format: 'uuid' }, maxItems: max, uniqueItems: true },
    (options) => [
      IsArray(options),
      ArrayMaxSize(max, options),
      ArrayUnique(options),
      Matches(UUID, {
        ...options,
        each: true,
        message: 'each value in $property must be a UUID in lower case',
      }),
    ],
    said,
  );

/** One of a closed list of codes. */
export const CodeField = (codes: readonly string[], said: FieldOptions = {}): PropertyDecorator =>
  field({ type: 'string', enum: [...codes] }, (options) => [IsIn(codes, options)], said);

/** A set of codes of a closed list. */
export const CodesField = (codes: readonly string[], said: FieldOptions = {}): PropertyDecorator =>
  field(
    { type: 'array', items: { type: 'string', enum: [...codes] }, maxItems: codes.length, uniqueItems: true },
    (options) => [
      IsArray(options),
      ArrayMaxSize(codes.length, options),
      ArrayUnique(options),
      IsIn(codes, { ...options, each: true }),
    ],
    said,
  );

export const FlagField = (said: FieldOptions = {}): PropertyDecorator =>
  field({ type: 'boolean' }, (options) => [IsBoolean(options)], said);

/** Given or not: there is no false to say. */
export const TrueField = (said: FieldOptions = {}): PropertyDecorator =>
  field(
    { type: 'boolean', enum: [true] },
    (options) => [IsIn([true], { ...options, message: '$property must be true or absent' })],
    said,
  );

export const WholeField = ({
  min,
  max,
  ...said
}: FieldOptions & { min: number; max: number }): PropertyDecorator =>
  field(
    { type: 'integer', minimum: min, maximum: max },
    (options) => [IsInt(options), Min(min, options), Max(max, options)],
    said,
  );

/** A hundred years: no sentence is longer, and every sum of such figures stays exact. */
const MOST_DAYS = 36_525;

export const DaysField = (said: FieldOptions = {}): PropertyDecorator =>
  WholeField({ min: 1, max: MOST_DAYS, ...said });

export const HoursField = (said: FieldOptions = {}): PropertyDecorator =>
  WholeField({ min: 0, max: MOST_DAYS * 24, ...said });
