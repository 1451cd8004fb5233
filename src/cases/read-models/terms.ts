import type { Day } from '../domain/dates/day.js';
import type { Role } from '../domain/facts/case-facts.js';
import type { Docket } from '../domain/timeline/docket.js';
import type { Span } from '../domain/timeline/spans.js';
import { AFTER_ALL_DAYS, BEFORE_ALL_DAYS } from './case-tables.js';

/** What a list can be asked for; each is true of a case from one day to another. */
export interface Terms {
  status: string;
  finding: string;
  role: string;
  /** The number of an article, whichever code it is of. */
  article: string;
  campaignId: string;
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
  for (const fact of docket.facts) {
    if (fact.type !== 'Charged' && fact.type !== 'Arrested') continue;
    // An answer shows what had happened by its day in either world.
    const from = fact.on.earliest ?? BEFORE_ALL_DAYS;
    if (fact.data.campaignId !== undefined) mention(term('campaignId', fact.data.campaignId), from);
    if (fact.type === 'Charged' && fact.data.provision)
      mention(term('article', fact.data.provision.article), from);
  }
  return [
    ...[...since].map(([what, from]) => ({ term: what, from, to: AFTER_ALL_DAYS })),
    ...periods(spans, ({ status }) => [term('status', status)]),
    ...periods(spans, ({ findings }) => findings.map((code) => term('finding', code))),
  ];
}

/** Spans that follow each other with the same term are one period of it. */
function periods(spans: readonly Span[], termsIn: (span: Span) => string[]): TermPeriod[] {
  const done: TermPeriod[] = [];
  let running = new Map<string, TermPeriod>();
  for (const span of spans) {
    const to = span.to ?? AFTER_ALL_DAYS;
    const next = new Map<string, TermPeriod>();
    for (const what of termsIn(span)) {
      const period = running.get(what) ?? { term: what, from: span.from ?? BEFORE_ALL_DAYS, to };
      if (!running.has(what)) done.push(period);
      period.to = to;
      next.set(what, period);
    }
    running = next;
  }
  return done;
}
