import { Matches, Max, Min, ValidateBy } from 'class-validator';
import { isInHundredths } from '../../domain/money/base-units.js';
import { digitsOf } from '../../domain/money/currencies.js';
import { parseMoney } from '../../domain/money/money.js';
import { Refusal } from '../../domain/refusal.js';
import { field, type FieldOptions } from './field.js';

/** Of something: an amount of nothing is no fine and no payment. */
const PLAIN_DECIMAL = /^(?=.*[1-9])(0|[1-9]\d{0,17})(\.\d{1,4})?$/;
const WHAT_IT_IS = 'an amount is a plain decimal above zero and without sign, such as "510.00"';

/** Why a value is no amount in the currency beside it; undefined if it is one, or if the currency is what is wrong. */
function amountFault(value: unknown, currency: unknown): string | undefined {
  if (typeof value !== 'string') return WHAT_IT_IS;
  if (typeof currency !== 'string' || digitsOf(currency) === undefined) return undefined;
  try {
    parseMoney(value, currency);
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error.message;
    throw error;
  }
}

/** A plain decimal with no more digits than the currency has that stands beside it as `currency`. */
export const AmountField = (said: FieldOptions = {}): PropertyDecorator =>
  field(
    { type: 'string', pattern: PLAIN_DECIMAL.source },
    (options) => [
      Matches(PLAIN_DECIMAL, { ...options, message: WHAT_IT_IS }),
      ValidateBy(
        {
          name: 'isAmount',
          validator: {
            validate: (value, args) => amountFault(value, currencyBeside(args!.object)) === undefined,
            defaultMessage: (args) => amountFault(args!.value, currencyBeside(args!.object)) ?? '',
          },
        },
        options,
      ),
    ],
    said,
  );

const currencyBeside = (money: object): unknown => (money as { currency?: unknown }).currency;

export const CurrencyField = (said: FieldOptions = {}): PropertyDecorator =>
  field(
    {
      type: 'string',
      pattern: '^[A-Z]{3}$',
      description: 'ISO 4217, the withdrawn BYR included',
      example: 'BYN',
    },
    (options) => [
      ValidateBy(
        {
          name: 'isCurrency',
          validator: {
            validate: (value) => typeof value === 'string' && digitsOf(value) !== undefined,
            defaultMessage: () => 'must be a currency of ISO 4217',
          },
        },
        options,
      ),
    ],
    said,
  );

const MOST_BASE_UNITS = 1_000_000;
const SMALLEST_PART = 0.01;

/** Base units may be parts: fines of half a unit are imposed. */
export const BaseUnitsField = (said: FieldOptions = {}): PropertyDecorator =>
  field(
    { type: 'number', minimum: SMALLEST_PART, maximum: MOST_BASE_UNITS, description: 'at most two decimals' },
    (options) => [
      // The rule of the library for decimals falls over numbers like 1e-7.
      ValidateBy(
        {
          name: 'hasTwoDecimals',
          validator: {
            validate: (value) => typeof value === 'number' && isInHundredths(value),
            defaultMessage: () => 'must be a number of at most two decimals',
          },
        },
        options,
      ),
      Min(SMALLEST_PART, options),
      Max(MOST_BASE_UNITS, options),
    ],
    said,
  );
