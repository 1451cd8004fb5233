import { QUALIFIERS, type Money } from '../../domain/facts/common.js';
import { CodeField } from '../fields/code-fields.js';
import { AmountField, CurrencyField } from '../fields/money-fields.js';
import { Shape } from '../fields/shape.js';

@Shape({ name: 'Money' })
export class MoneyDto implements Money {
  @AmountField({ example: '510.00' })
  value: string;

  @CurrencyField()
  currency: string;

  @CodeField(QUALIFIERS, { optional: true, default: 'exact' })
  qualifier?: (typeof QUALIFIERS)[number];
}
