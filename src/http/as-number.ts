import { Transform } from 'class-transformer';

/** A query is text: here digits, and nothing else, are meant as a number. */
export const AsNumber = (): PropertyDecorator =>
  Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value,
  );
