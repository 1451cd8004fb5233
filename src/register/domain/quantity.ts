import type { Quantity } from './facts.js';

export interface QuantityFault {
  /** The member at fault. */
  member: keyof Quantity;
  message: string;
}

/** The first member that does not fit the operator beside it; undefined if all do. */
export function quantityFault({ op, value, low, high, word }: Partial<Quantity>): QuantityFault | undefined {
  if (op !== 'between') {
    if (low !== undefined) return { member: 'low', message: 'is only for between' };
    if (high !== undefined) return { member: 'high', message: 'is only for between' };
    if (value === undefined && word === undefined) {
      return { member: 'value', message: 'must be given, or a word' };
    }
    return undefined;
  }
  if (value !== undefined) return { member: 'value', message: 'is not for between, which has low and high' };
  if (low === undefined) return { member: 'low', message: 'must be given for between' };
  if (high === undefined) return { member: 'high', message: 'must be given for between' };
  if (high < low) return { member: 'high', message: 'must not be less than low' };
  return undefined;
}
