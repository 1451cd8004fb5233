import type { Day } from '../dates/day.js';
import type { Law } from '../law/law.js';
import type { Docket } from './docket.js';
import { outlineOn, read, type Outline, type Reading } from './derive.js';
import { turningDays } from './turning-days.js';
import { compareDays, type WorldDay } from './world.js';

/** Days `[from, to)` on which the outline of a case stays as it is; null is an open end. */
export interface Span {
  from: Day | null;
  to: Day | null;
  status: Outline['status'];
  wideStatus: Outline['wideStatus'];
  findings: Outline['findings'];
  expectedRelease: { earliest: Day | null; latest: Day | null } | null;
}

/**
 * The whole course of a case, past and to come if nothing more happens, in spans that follow each other without a gap.
 * Whoever asks a span is right on any day: nothing has to be worked out again at midnight.
 */
export function spansOf(docket: Docket, law: Law): Span[] {
  const reading = read(docket, law);
  const spans: Span[] = [];
  for (const day of daysOfChange(reading)) {
    const before = spans.at(-1);
    const span = spanFrom(before ? day : null, outlineOn(reading, day));
    if (before && sameOutline(before, span)) continue;
    if (before) before.to = day;
    spans.push(span);
  }
  return spans;
}

/** In order; the first stands for all the time before anything of which a day is known. */
function daysOfChange(reading: Reading): WorldDay[] {
  const { book, narrow, wide, law } = reading;
  const days = new Set<WorldDay>();
  for (const chronicle of [narrow, wide]) for (const day of turningDays(book, chronicle)) days.add(day);
  // One sentence is seen to follow another once the first day of the other is over.
  for (const { serving } of narrow.steps) {
    for (const { ended } of serving().services) if (ended !== undefined) days.add(ended + 1);
  }
  const daysUndecided = Math.ceil(law.undecidedDetentionHours.value / 24) + 1;
  for (const { start } of narrow.world.detentions) days.add(start + daysUndecided);
  // A claim is measured against every sentence that may have been passed, whichever the world.
  for (const { fact } of book.sentences) days.add(fact.on.earliest ?? -Infinity);
  const known = [...days].filter(Number.isFinite).sort(compareDays);
  return [(known[0] ?? 0) - 1, ...known];
}

function spanFrom(from: Day | null, { expectedRelease, ...outline }: Outline): Span {
  const finite = (end: WorldDay): Day | null => (Number.isFinite(end) ? end : null);
  return {
    from,
    to: null,
    ...outline,
    expectedRelease: expectedRelease && {
      earliest: finite(expectedRelease.earliest),
      latest: finite(expectedRelease.latest),
    },
  };
}

const sameOutline = (a: Span, b: Span): boolean =>
  a.status === b.status &&
  a.wideStatus === b.wideStatus &&
  a.findings.length === b.findings.length &&
  a.findings.every((code, i) => code === b.findings[i]) &&
  a.expectedRelease?.earliest === b.expectedRelease?.earliest &&
  a.expectedRelease?.latest === b.expectedRelease?.latest;
