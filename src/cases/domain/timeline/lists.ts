import type { FactType } from '../facts/facts.js';
import type { Law } from '../law/law.js';
import { formatMoney } from '../money/money.js';
import type { Casebook } from './casebook.js';
import { writtenBounds, type WrittenDays } from './custody-answer.js';
import { hoursDenied } from './counsel.js';
import type { DatedFact } from './docket.js';
import { fineLines } from './fines.js';
import { pendingOn } from './pending.js';
import { currentDays, dayIn, type World } from './world.js';

/** A fact as a caseworker needs it to add to it: its own fields, when it happened, and where things stand with it. */
type Entry = { eventId: string; on: WrittenDays } & Record<string, unknown>;

export interface Lists {
  proceedings: Entry[];
  hearings: Entry[];
  penalties: Entry[];
  appeals: Entry[];
  counselDenials: Entry[];
}

const entry = (fact: DatedFact, state: Record<string, unknown> = {}): Entry => ({
  eventId: fact.eventId,
  on: writtenBounds(fact.on),
  ...fact.data,
  ...state,
});

/** What had happened by the day in either world; hearings also as far as they are planned. */
export function listsOn(book: Casebook, narrow: World, law: Law, day: number): Lists {
  const by = <T extends FactType>(type: T): DatedFact<T>[] =>
    book.of(type).filter((fact) => dayIn('wide', fact.on) <= day);
  const pending = new Set(pendingOn(book, 'narrow', day));
  return {
    proceedings: by('Charged').map((charge) =>
      entry(charge, {
        pending: pending.has(charge),
        decisions: by('DecisionRendered')
          .filter(({ data }) => data.proceedingId === charge.data.proceedingId)
          .map((decision) => entry(decision)),
      }),
    ),
    hearings: book.of('HearingScheduled').map((hearing) => entry(hearing, hearingState(by, hearing))),
    penalties: [...sentenceEntries(book, narrow, day), ...fineEntries(book, law, day)],
    appeals: by('AppealFiled').map((appeal) => {
      const decided = by('AppealDecided').find(({ data }) => data.appealId === appeal.data.appealId);
      return entry(appeal, { outcome: decided?.data.outcome ?? null });
    }),
    counselDenials: by('CounselDenied').map((denial) => entry(denial, { hours: hoursDenied(denial) })),
  };
}

function hearingState(
  by: <T extends FactType>(type: T) => DatedFact<T>[],
  { data: { hearingId } }: DatedFact<'HearingScheduled'>,
): Record<string, unknown> {
  const held = by('HearingHeld').find(({ data }) => data.hearingId === hearingId);
  const adjourned = by('HearingAdjourned').findLast(({ data }) => data.hearingId === hearingId);
  return {
    held: held !== undefined,
    ...(held?.data.counselPresent === undefined ? {} : { counselPresent: held.data.counselPresent }),
    ...(adjourned
      ? { adjourned: true, ...(adjourned.data.to ? { adjournedTo: adjourned.data.to } : {}) }
      : {}),
  };
}

const sentenceEntries = (book: Casebook, narrow: World, day: number): Entry[] =>
  book.sentences
    .filter(({ fact }) => dayIn('wide', fact.on) <= day)
    .map((sentence) => {
      const inWorld = narrow.sentences.find((one) => one.sentence === sentence)!;
      return entry(sentence.fact, {
        kind: 'sentence',
        currentDays: currentDays(inWorld, day),
        annulled: inWorld.annulledOn <= day,
      });
    });

const fineEntries = (book: Casebook, law: Law, day: number): Entry[] =>
  book.fines
    .filter(({ fact }) => dayIn('wide', fact.on) <= day)
    .map((fine) => {
      const ended = fine.annulments.filter(({ on }) => on.latest <= day);
      return entry(fine.fact, {
        kind: 'fine',
        annulled: ended.some(({ type }) => type === 'PenaltyAnnulled'),
        withdrawn: ended.some(({ type }) => type === 'FineWithdrawn'),
        balances: fineLines(fine, law, day).map(({ currency, net, paid, refunded, outstanding }) => ({
          currency,
          net: formatMoney(net, currency),
          paid: formatMoney(paid, currency),
          refunded: formatMoney(refunded, currency),
          outstanding: formatMoney(outstanding, currency),
        })),
      });
    });
