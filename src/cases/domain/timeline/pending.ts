import type { Casebook } from './casebook.js';
import type { DatedFact } from './docket.js';
import type { Proceeding } from './proceedings.js';
import { dayIn, type Side, type WorldDay } from './world.js';

/** Charges neither decided nor terminated, and appeals undecided, on a day: the facts that opened them. */
export function pendingOn(book: Casebook, side: Side, day: WorldDay): DatedFact[] {
  const by = ({ on }: DatedFact): boolean => dayIn(side, on) <= day;
  const pending: DatedFact[] = [];
  for (const one of book.proceedings) {
    if (by(one.charge) && isPending(one, side, by)) pending.push(one.charge);
  }
  const appeals = book.of('AppealFiled').filter(by);
  if (appeals.length === 0) return pending;
  const decided = new Set<string>();
  for (const fact of book.of('AppealDecided')) if (by(fact)) decided.add(fact.data.appealId);
  return [...pending, ...appeals.filter(({ data }) => !decided.has(data.appealId))];
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
