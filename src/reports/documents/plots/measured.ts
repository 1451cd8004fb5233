import type { Value } from '../../content/content.js';

/** A value as a length: from `min`, and as far as `max`, which is null where nobody knows an upper end. */
export interface Measured {
  min: number;
  max: number | null;
}

const exactly = (value: number): Measured => ({ min: value, max: value });

/** Null where there is no number to draw: it is withheld, not recorded, or no quantity. */
export function measured(value: Value): Measured | null {
  switch (value.kind) {
    case 'count':
    case 'base_units':
      return exactly(value.value);
    case 'range':
      return { min: value.min, max: value.max };
    case 'decimal':
    case 'money':
      return exactly(Number(value.value));
    case 'estimate':
      if (value.op === 'between') return { min: value.value, max: value.high ?? value.value };
      return value.op === 'gt' || value.op === 'ge' ? { min: value.value, max: null } : exactly(value.value);
    default:
      return null;
  }
}

/** The days that a value can mean, in milliseconds since 1970; an open end is null, and so is what is no day. */
export function instantsOf(value: Value): { earliest: number | null; latest: number | null } {
  const at = (day: string | null): number | null => (day === null ? null : Date.parse(`${day}T00:00:00Z`));
  switch (value.kind) {
    case 'day':
      return { earliest: at(value.value), latest: at(value.value) };
    case 'month':
      return { earliest: at(`${value.value}-01`), latest: at(`${value.value}-01`) };
    case 'days':
      return { earliest: at(value.earliest), latest: at(value.latest) };
    default:
      return { earliest: null, latest: null };
  }
}

/** The least of 1, 2, 5, 10, 20, … times some power of ten that a scale from 0 can end with. */
export function scaleEnd(most: number): number {
  if (most <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(most));
  const step = [1, 2, 3, 4, 5, 6, 8, 10].find((times) => times * power >= most) ?? 10;
  return Math.max(step * power, 1);
}
