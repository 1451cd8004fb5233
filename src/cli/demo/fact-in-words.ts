import type { RecordedFact } from '../../cases/domain/facts/facts.js';
import { typeInWords, words } from '../view/figures.js';

/** A fact in a few words, for a line of a timeline. */
export function inWords(fact: RecordedFact): string {
  if (fact.type === 'CaseOpened') {
    const { names, roles } = fact.data.person;
    return `case opened: ${names[0]?.form ?? ''}, ${roles.map(words).join(', ')}`;
  }
  if (fact.type === 'Sentenced') {
    const { days, runs, claimed } = fact.data;
    const ordinal = claimed?.ordinal === undefined ? '' : `, no. ${claimed.ordinal}`;
    return `sentenced to ${days} days${runs ? `, ${runs}` : ''}${ordinal}`;
  }
  return typeInWords(fact.type);
}
