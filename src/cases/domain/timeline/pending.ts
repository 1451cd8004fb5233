import type { Casebook } from './casebook.js';
import type { DatedFact } from './docket.js';
import type { Proceeding } from './proceedings.js';
import { dayIn, type Side, type WorldDay } from './world.js';

/** Charges neither decided nor terminated, and appeals undecided, on a day: the facts that opened them. */
export function pendingOn(book: Casebook, side: Side, day: WorldDay): DatedFact[] {
  const by = ({ on }: DatedFact): boolean => dayIn(side, on) <= day;
  const charges = book.proceedings
    .filter(({ charge }) => by(charge))
    .filter((one) => isPending(one, side, by));
  const decided = new Set(
    book
      .of('AppealDecided')
      .filter(by)
      .map(({ data }) => data.appealId),
  );
  const appeals = book.of('AppealFiled').filter((filed) => by(filed) && !decided.has(filed.data.appealId));
  return [...charges.map(({ charge }) => charge), ...appeals];
}

/** A remittal opens a proceeding again; another decision, that day or later, closes it. */
function isPending(
  { terminations, decisions, remittals }: Proceeding,
  side: Side,
  by: (fact: DatedFact) => boolean,
): boolean {
  if (terminations.some(by)) return false;
  const sentBack = remittals.filter(({ fact }) => by(fact));
  return !decisions.some(
    (decision) =>
      by(decision) &&
      sentBack.every(
        ({ fact, decisionId }) =>
          decisionId !== decision.data.decisionId && dayIn(side, fact.on) <= dayIn(side, decision.on),
      ),
  );
}
