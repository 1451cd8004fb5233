import type { FactData, FactType } from '../../facts/facts.js';
import type { Rule } from '../rules/rule.js';
import type { Reader } from '../shape/reading.js';

/** Everything there is to know about deciding one type of fact. */
export interface Kind<T extends FactType> {
  readonly reads: Reader<FactData[T]>;
  /** The ids it brings and those of what it is about. A correction keeps them. */
  readonly keeps: readonly (keyof FactData[T] & string)[];
  /** Depend on these ids and its type alone, and so are not asked again of a corrected fact. */
  readonly stands?: readonly Rule<T>[];
  /** Depend on what else it says. */
  readonly says?: readonly Rule<T>[];
}

/** One kind for every fact of a group: a forgotten one does not compile. */
export type KindsOf<Group> = { readonly [T in keyof Group & FactType]: Kind<T> };
