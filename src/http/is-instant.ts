import { ValidateBy } from 'class-validator';

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/;

/** RFC 3339 with an offset, of a day and a time that exist, in a year that has four digits in UTC, too; no leap seconds. */
export function parseInstant(text: string): Date | undefined {
  if (!INSTANT.test(text)) return undefined;
  const instant = new Date(text);
  // Date takes the 31st of a shorter month for a day of the next one.
  const day = new Date(`${text.slice(0, 10)}T00:00:00Z`);
  if (Number.isNaN(instant.getTime()) || Number.isNaN(day.getTime())) return undefined;
  // Instants are compared as texts.
  const hasFourDigits = instant.toISOString().length === day.toISOString().length;
  return hasFourDigits && day.toISOString().startsWith(text.slice(0, 10)) ? instant : undefined;
}

export const IsInstant = (): PropertyDecorator =>
  ValidateBy({
    name: 'isInstant',
    validator: {
      validate: (value) => typeof value === 'string' && parseInstant(value) !== undefined,
      defaultMessage: () => 'must be an instant like 2020-02-01T12:00:00Z',
    },
  });
