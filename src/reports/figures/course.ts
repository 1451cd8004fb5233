import { dayOf, type Day } from '../../cases/domain/dates/day.js';
import type { FactType } from '../../cases/domain/facts/facts.js';
import type { Law } from '../../cases/domain/law/law.js';
import { casebookOf, type Casebook } from '../../cases/domain/timeline/casebook.js';
import { chronicleOf, type Chronicle } from '../../cases/domain/timeline/chronicle.js';
import type { DatedFact, Docket } from '../../cases/domain/timeline/docket.js';
import { worldOf } from '../../cases/domain/timeline/world.js';
import type { On, Place } from './sheet.js';

/** What figures rest on. Hearings are announced for days to come, and count in none. */
const COUNTED: ReadonlySet<FactType> = new Set([
  'Arrested',
  'Transferred',
  'CustodyRegimeChanged',
  'CustodyConfirmed',
  'WhereaboutsLost',
  'WhereaboutsEstablished',
  'Released',
  'DiedInCustody',
  'Charged',
  'DecisionRendered',
  'ProceedingTerminated',
  'AppealFiled',
  'AppealDecided',
  'Sentenced',
  'Fined',
  'SentenceReduced',
  'FineReduced',
  'PenaltyAnnulled',
  'FineWithdrawn',
  'FinePaid',
  'FineRefunded',
  'CounselDenied',
  'CounselGranted',
  'ConditionReported',
] satisfies FactType[]);

/** Before any date that can be written. */
const FIRST_DAY = dayOf(-1, 1, 1);
/** Further from any date that can be written than custody and terms that nobody ends are looked at. */
const END_OF_DAYS = dayOf(20_000, 1, 1);

/** A case made ready to be written down as a sheet. */
export interface Course {
  book: Casebook;
  law: Law;
  narrow: Chronicle;
  wide: Chronicle;
  settledFrom: Day;
  /** The first day that the sheet is about. */
  first: Day;
  /** What has happened by then counts: the day the sheet is made as of, or the end of days. */
  until: Day;
  detentionOf: (id: string | undefined) => Place;
  /** Of the charge in a proceeding. */
  chargeOf: (proceedingId: string | undefined) => Place;
}

export function courseOf(docket: Docket, law: Law, asOf: Day | undefined): Course {
  const book = casebookOf(docket);
  const settledFrom = settled(book);
  const detentions = new Map(book.detentions.map(({ id }, place) => [id, place]));
  const charges = new Map(book.of('Charged').map(({ data }, place) => [data.proceedingId, place]));
  return {
    book,
    law,
    narrow: chronicleOf(worldOf(book, 'narrow')),
    wide: chronicleOf(worldOf(book, 'wide')),
    settledFrom,
    first: asOf ?? settledFrom,
    until: asOf ?? END_OF_DAYS,
    detentionOf: (id) => (id === undefined ? -1 : (detentions.get(id) ?? -1)),
    chargeOf: (id) => (id === undefined ? -1 : (charges.get(id) ?? -1)),
  };
}

function settled({ facts }: Casebook): Day {
  let day = FIRST_DAY;
  for (const { type, on } of facts) if (COUNTED.has(type) && on.latest > day) day = on.latest;
  return day;
}

/** The facts of a kind that have happened in the narrow world. */
export const happened = <T extends FactType>({ book, until }: Course, type: T): DatedFact<T>[] =>
  book.of(type).filter(({ on }) => on.latest <= until);

/** Facts that figures rest on and nobody is named for. */
export const unsourced = ({ book, until }: Course): number =>
  book.facts.filter(({ type, sourced, on }) => !sourced && COUNTED.has(type) && on.latest <= until).length;

export const onOf = ({ on: { earliest, latest } }: Pick<DatedFact, 'on'>): On =>
  earliest === latest ? latest : [earliest, latest];

/** True if the sheet holds for more than one day. */
export const isSettled = ({ until }: Course): boolean => isOpenEnd(until);

export const isOpenEnd = (day: number): boolean => day >= END_OF_DAYS;

/** Null for an open past. */
export const finite = (day: number): Day | null => (Number.isFinite(day) ? day : null);
