import type { Day } from '../domain/dates/day.js';
import type { Role } from '../domain/facts/case-facts.js';
import type { Docket } from '../domain/timeline/docket.js';
import type { ErasureState } from '../erasure/erasure-status.js';
import type { Law } from '../domain/law/law.js';
import { personIn } from '../domain/timeline/person.js';
import { spansOf, type Span } from '../domain/timeline/spans.js';
import { AFTER_ALL_DAYS, BEFORE_ALL_DAYS } from './case-tables.js';

/** What a list can be asked for; each is true of a case from one day to another. */
export interface Terms {
  status: string;
  finding: string;
  role: string;
  /** The number of an article, whichever code it is of. */
  article: string;
  campaignId: string;
  /** How far the erasure of its person has come. */
  erasure: ErasureState;
}

export const term = <Kind extends keyof Terms>(kind: Kind, value: Terms[Kind]): string => `${kind}=${value}`;

export interface TermPeriod {
  term: string;
  from: Day;
  to: Day;
}

/** Everything that can be asked of the case, with the days on which its answer has it. */
export function termsOf(docket: Docket, roles: readonly Role[], spans: readonly Span[]): TermPeriod[] {
  const since = new Map<string, Day>();
  const mention = (what: string, from: Day): void => {
    since.set(what, Math.min(from, since.get(what) ?? AFTER_ALL_DAYS));
  };
  for (const role of roles) mention(term('role', role), BEFORE_ALL_DAYS);
  const erasure = erasureTerm(docket);
  if (erasure) mention(term('erasure', erasure), BEFORE_ALL_DAYS);
  for (const fact of docket.facts) {
    if (fact.type !== 'Charged' && fact.type !== 'Arrested') continue;
    // An answer shows what had happened by its day in either world.
    const from = fact.on.earliest ?? BEFORE_ALL_DAYS;
    if (fact.data.campaignId !== undefined) mention(term('campaignId', fact.data.campaignId), from);
    if (fact.type === 'Charged' && fact.data.provision)
      mention(term('article', fact.data.provision.article), from);
  }
  return [
    ...Array.from(since, ([what, from]) => ({ term: what, from, to: AFTER_ALL_DAYS })),
    ...periods('status', spans, ({ status }) => [status]),
    ...periods('finding', spans, ({ findings }) => findings),
  ];
}

/** Whether all these terms are true of the case on the day, as a list of today would have it. */
export function meetsTerms(docket: Docket, terms: readonly string[], day: Day, law: Law): boolean {
  if (terms.length === 0) return true;
  const periods = termsOf(docket, personIn(docket).roles, spansOf(docket, law));
  return terms.every((one) => periods.some(({ term, from, to }) => term === one && from <= day && day < to));
}

/** How far the erasure has come, as the case's own stream tells, not those of the cases merged into it. */
export function erasureTerm({ caseId, facts }: Docket): ErasureState | undefined {
  const told = new Set(facts.filter((fact) => fact.caseId === caseId).map(({ type }) => type));
  if (told.has('SubjectErased')) return 'erased';
  if (told.has('SubjectErasureStarted')) return 'under_way';
  return told.has('ErasureRequested') ? 'requested' : undefined;
}

/** Spans that follow each other with the same value are one period of it. */
function periods(
  kind: keyof Terms,
  spans: readonly Span[],
  valuesIn: (span: Span) => readonly string[],
): TermPeriod[] {
  const done: TermPeriod[] = [];
  const latest = new Map<string, TermPeriod>();
  for (const span of spans) {
    const from = span.from ?? BEFORE_ALL_DAYS;
    const to = span.to ?? AFTER_ALL_DAYS;
    for (const value of valuesIn(span)) {
      let period = latest.get(value);
      if (period?.to !== from) {
        period = { term: term(kind, value), from, to };
        latest.set(value, period);
        done.push(period);
      }
      period.to = to;
    }
  }
  return done;
}
