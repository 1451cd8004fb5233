import type { Casebook } from './casebook.js';
import type { DatedFact } from './docket.js';
import { dayIn, type Side, type WorldDay } from './world.js';

/** Charges neither decided nor terminated, and appeals undecided, on a day: the facts that opened them. */
export function pendingOn(book: Casebook, side: Side, day: WorldDay): DatedFact[] {
  const by = <F extends DatedFact>(facts: readonly F[]): F[] =>
    facts.filter(({ on }) => dayIn(side, on) <= day);

  const decidedAppeals = by(book.of('AppealDecided'));
  const appeals = by(book.of('AppealFiled')).filter(
    ({ data }) => !decidedAppeals.some((decided) => decided.data.appealId === data.appealId),
  );
  const terminated = by(book.of('ProceedingTerminated'));
  const charges = by(book.of('Charged')).filter(({ data: { proceedingId } }) => {
    if (terminated.some(({ data }) => data.proceedingId === proceedingId)) return false;
    const decisions = decisionsIn(book, proceedingId).filter(({ on }) => on(side) <= day);
    const remittals = decidedAppeals.filter(
      ({ data }) =>
        data.outcome === 'annulled_remitted' &&
        decisions.some(({ decisionId }) => decisionId === decisionAppealed(book, data.appealId)),
    );
    return !decisions.some((decision) =>
      // A remittal opens the proceeding again; another decision, that day or later, closes it.
      remittals.every(
        (remittal) =>
          dayIn(side, remittal.on) <= decision.on(side) &&
          decisionAppealed(book, remittal.data.appealId) !== decision.decisionId,
      ),
    );
  });
  return [...charges, ...appeals];
}

interface DecidingFact {
  decisionId: string;
  on: (side: Side) => WorldDay;
}

/** What decides a proceeding: a decision in it that does not return it, or a penalty in it. */
export function decisionsIn(book: Casebook, proceedingId: string): DecidingFact[] {
  const rendered = book
    .of('DecisionRendered')
    .filter(({ data }) => data.proceedingId === proceedingId && data.outcome !== 'returned');
  const penalties = [...book.of('Sentenced'), ...book.of('Fined')].filter(
    ({ data }) => data.proceedingId === proceedingId,
  );
  return [...rendered, ...penalties].map((fact) => ({
    decisionId: fact.data.decisionId,
    on: (side) => dayIn(side, fact.on),
  }));
}

const decisionAppealed = (book: Casebook, appealId: string): string | undefined =>
  book.of('AppealFiled').find(({ data }) => data.appealId === appealId)?.data.decisionId;
