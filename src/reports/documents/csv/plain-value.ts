import type { Value } from '../../content/content.js';

/**
 * A value as a program reads it: no language, nothing left out. `upper` is empty where no upper end is known; of an amount of money
 * that is not exact it says how far it goes.
 */
export interface PlainValue {
  value: string | number;
  upper: string | number;
  /** days, hours, a currency, the list of a code, what an estimate claims. */
  unit: string;
}

const plain = (
  value: string | number | null = '',
  unit = '',
  upper: string | number | null | undefined = '',
): PlainValue => ({ value: value ?? '', unit, upper: upper ?? '' });

export function plainValue(value: Value): PlainValue {
  switch (value.kind) {
    case 'count':
    case 'base_units':
    case 'day':
    case 'month':
    case 'text':
    case 'id':
      return plain(value.value);
    case 'range':
      return plain(value.min, value.unit, value.max);
    case 'decimal':
      return plain(value.value, value.unit === 'money' ? (value.currency ?? 'money') : value.unit);
    case 'money':
      return plain(value.value, value.currency, value.qualifier);
    case 'days':
      return plain(value.earliest, '', value.latest);
    case 'period':
      return plain(value.from, '', value.to);
    case 'code':
      return plain(value.value, value.list);
    case 'estimate':
      return plain(value.value, value.op, value.high);
    case 'withheld':
    case 'absent':
      return plain();
  }
}
