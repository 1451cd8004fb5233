import { ValidateBy, type ValidationOptions } from 'class-validator';
import { parseInstant } from '../../../http/is-instant.js';
import { parseDay } from '../../domain/dates/day.js';
import { readDate } from '../../domain/dates/written-date.js';
import { Refusal } from '../../domain/refusal.js';
import { field, type FieldOptions } from './field.js';

/** Whether a text is a date does not depend on the zone; which day an instant falls on is asked elsewhere. */
const ANY_ZONE = 'UTC';
const LONGEST_DATE = 64;

/** Why a value is not a date the register takes; undefined if it is one. */
function dateFault(value: unknown): string | undefined {
  if (typeof value !== 'string') return 'a date is a string';
  if (value.length > LONGEST_DATE) return `no date has more than ${LONGEST_DATE} characters`;
  try {
    readDate(value, ANY_ZONE);
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error.message;
    throw error;
  }
}

/** An EDTF date in one of the forms of the register, of days that exist, or an RFC 3339 instant with offset. */
const IsRecordedDate = (options: ValidationOptions = {}): PropertyDecorator =>
  ValidateBy(
    {
      name: 'isRecordedDate',
      validator: {
        validate: (value) => dateFault(value) === undefined,
        defaultMessage: (args) => `${args!.property}: ${dateFault(args!.value) ?? 'not a date'}`,
      },
    },
    options,
  );

export const RecordedDateField = (said: FieldOptions = {}): PropertyDecorator =>
  field(
    {
      type: 'string',
      maxLength: LONGEST_DATE,
      description: 'EDTF day, month, year, interval or range, or an RFC 3339 instant with offset',
      examples: [
        '2020-01-27',
        '2019-12-XX',
        '2019-11/2020-01',
        '[..2020-02-07]',
        '2020-01-27T14:30:00+03:00',
      ],
    },
    (options) => [IsRecordedDate(options)],
    said,
  );

const isDay = (value: unknown): boolean => typeof value === 'string' && parseDay(value) !== undefined;

/** A plain day, as questions are asked of. */
export const DayField = (said: FieldOptions = {}): PropertyDecorator =>
  field(
    { type: 'string', format: 'date' },
    (options) => [
      ValidateBy(
        {
          name: 'isDay',
          validator: {
            validate: isDay,
            defaultMessage: (args) => `${args!.property} must be a day that exists, as YYYY-MM-DD`,
          },
        },
        options,
      ),
    ],
    said,
  );

const isInstant = (value: unknown): boolean => typeof value === 'string' && parseInstant(value) !== undefined;

/** A moment of record time: RFC 3339, with offset. */
export const InstantField = (said: FieldOptions = {}): PropertyDecorator =>
  field(
    { type: 'string', format: 'date-time' },
    (options) => [
      ValidateBy(
        {
          name: 'isInstant',
          validator: {
            validate: isInstant,
            defaultMessage: (args) => `${args!.property} must be an RFC 3339 instant with offset`,
          },
        },
        options,
      ),
    ],
    said,
  );
