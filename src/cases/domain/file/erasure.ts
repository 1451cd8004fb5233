import type { FactInForce } from './facts-in-force.js';

/** How far the erasure of a case's person has come. */
export type Erasure =
  | { state: 'requested'; request: FactInForce<'ErasureRequested'> }
  | { state: 'under way'; start: FactInForce<'SubjectErasureStarted'> }
  | { state: 'erased' };

/** `own` are the facts in force of the case's own stream. Undefined where nobody has asked, or nobody any more. */
export function erasureIn(own: readonly FactInForce[]): Erasure | undefined {
  const last = <T extends FactInForce['type']>(type: T): FactInForce<T> | undefined =>
    own.findLast((fact): fact is FactInForce<T> & FactInForce => fact.type === type);
  if (last('SubjectErased')) return { state: 'erased' };
  const start = last('SubjectErasureStarted');
  if (start) return { state: 'under way', start };
  const request = last('ErasureRequested');
  return request && { state: 'requested', request };
}
