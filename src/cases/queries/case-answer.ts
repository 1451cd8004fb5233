import { type Day, formatDay } from '../domain/dates/day.js';
import type { Law } from '../domain/law/law.js';
import { derive, type DerivedCase } from '../domain/timeline/derive.js';
import type { Docket } from '../domain/timeline/docket.js';
import type { CaseRecord } from '../read-models/case-records.js';

/** A case as of a day, as known at an instant. */
export interface CaseAnswer extends DerivedCase {
  /** Of the case that answers: the survivor, where the one asked for is merged away. */
  caseId: string;
  revision: number;
  /** YYYY-MM-DD. */
  asOf: string;
  /** RFC 3339. */
  knownAt: string;
  position: string;
  mergedFrom: string[];
  /** There if the case is restricted: the caseworkers who see it. */
  restrictedTo?: readonly string[];
  /** There if what is personal has been left out for this viewer. */
  masked?: true;
  /** There if what is personal was erased. */
  erased?: true;
}

export interface Question {
  day: Day;
  knownAt: string;
  law: Law;
}

/** What is said of the person beside the figures. */
export interface Shown {
  docket: Docket;
  mark: { masked?: true; erased?: true };
}

export function answer(
  record: CaseRecord,
  { docket, mark }: Shown,
  { day, knownAt, law }: Question,
): CaseAnswer {
  const { closed, ...derived } = derive(docket, day, law);
  const { caseId, revision, position, mergedFrom, readers } = record;
  return {
    caseId,
    revision,
    asOf: formatDay(day),
    knownAt,
    position,
    closed,
    mergedFrom,
    ...(readers ? { restrictedTo: readers } : {}),
    ...mark,
    ...derived,
  };
}
