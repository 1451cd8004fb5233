import type { BaseUnit, Redenomination } from '../law/law.js';
import { Refusal } from '../refusal.js';
import { digitsOf } from './currencies.js';

/** No sign, no exponent, no leading zeros, and no more than eighteen digits before the point. */
const PLAIN_DECIMAL = /^(0|[1-9]\d{0,17})(?:\.(\d+))?$/;

/** Digits after the point in a currency of ISO 4217, the withdrawn BYR included. Throws a malformed Refusal for others. */
export function minorDigits(currency: string): number {
  const digits = digitsOf(currency);
  if (digits === undefined) {
    throw new Refusal(
      'malformed',
      'unknown-currency',
      `"${currency.slice(0, 10)}" is no currency of ISO 4217`,
    );
  }
  return digits;
}

/** In minor units (kopecks of BYN, roubles of BYR). Throws a malformed Refusal for anything but a plain decimal. */
export function parseMoney(value: string, currency: string): bigint {
  const digits = minorDigits(currency);
  const written = PLAIN_DECIMAL.exec(value);
  if (!written) {
    throw new Refusal(
      'malformed',
      'invalid-money',
      'an amount is a plain decimal without sign, such as "510.00"',
    );
  }
  const fraction = written[2] ?? '';
  if (fraction.length > digits) {
    throw new Refusal('malformed', 'invalid-money', `${currency} has ${digits} digits after the point`);
  }
  return BigInt(written[1] + fraction.padEnd(digits, '0'));
}

/** With all the digits of its currency: "510.00", "2100000". */
export function formatMoney(minor: bigint, currency: string): string {
  const digits = minorDigits(currency);
  const sign = minor < 0n ? '-' : '';
  const figures = (minor < 0n ? -minor : minor).toString().padStart(digits + 1, '0');
  const point = figures.length - digits;
  return sign + figures.slice(0, point) + (digits > 0 ? `.${figures.slice(point)}` : '');
}

/** `units` has at most two decimals. A part of a minor unit is rounded to the nearest, a half upwards. */
export function priceBaseUnits(units: number, unit: BaseUnit): { minor: bigint; currency: string } {
  const hundredths = BigInt(Math.round(units * 100));
  const { amount, currency } = unit;
  return { minor: (hundredths * parseMoney(amount, currency) + 50n) / 100n, currency };
}

/** What an amount in minor units of the new currency came to in those of the old. */
export const convertRedenominated = (minor: bigint, { from, to, factor }: Redenomination): bigint =>
  (minor * BigInt(factor) * 10n ** BigInt(minorDigits(from))) / 10n ** BigInt(minorDigits(to));
