import type { Recorded } from '../../support/caseworker.js';
import type { Command } from './persistent-caller.js';

const MONTHS = ['2019-05', '2019-08', '2019-11'];

/** Commands that record one event each, in one case after the other and now and then in a case that others work on, too. */
export function* caseCourse(sharedCaseId: string): Generator<Command, never, Recorded> {
  for (let person = 1; ; person += 1) {
    const opening = { person: { names: [{ form: `Person ${person}` }], roles: ['protester'] } };
    const { caseId } = yield { path: '', body: opening };
    for (const month of MONTHS) {
      const { ids } = yield { path: `/${caseId}/arrests`, body: { at: `${month}-02` } };
      const held = { detentionId: ids['detentionId'] };
      yield { path: `/${caseId}/charges`, body: { at: `${month}-02`, ...held } };
      yield { path: `/${sharedCaseId}/notes`, body: { text: `of person ${person}` } };
      yield { path: `/${caseId}/counsel-denials`, body: { at: `${month}-02`, ...held } };
      const release = { at: `${month}-12`, basis: 'term_served', conditional: false, ...held };
      yield { path: `/${caseId}/releases`, body: release };
    }
  }
}
