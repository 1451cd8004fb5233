import type { Day } from '../dates/day.js';
import type { Law } from '../law/law.js';
import type { Docket } from './docket.js';
import { outlineOn, read, type Outline, type Reading } from './derive.js';
import { turningDays } from './turning-days.js';
import { compareDays, type WorldDay } from './world.js';

/** Days `[from, to)` on which the outline of a case stays as it is; null is an open end. */
export interface Span extends Outline {
  from: Day | null;
  to: Day | null;
}

/**
 * The whole course of a case, past and to come if nothing more happens, in spans that follow each other without a gap.
 * Whoever asks a span is right on any day: nothing has to be worked out again at midnight.
 */
export function spansOf(docket: Docket, law: Law): Span[] {
  const reading = read(docket, law);
  const spans: Span[] = [];
  let last: Span | undefined;
  for (const day of daysOfChange(reading)) {
    const outline = outlineOn(reading, day);
    if (last && sameOutline(last, outline)) continue;
    if (last) last.to = day;
    last = { ...outline, from: last ? day : null, to: null };
    spans.push(last);
  }
  return spans;
}

/** In order; the first stands for all the time before anything of which a day is known. */
function daysOfChange(reading: Reading): WorldDay[] {
  const { book, narrow, law } = reading;
  const days = turningDays(book, narrow);
  if (!reading.oneWorld) for (const day of turningDays(book, reading.wide())) days.add(day);
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

const sameOutline = (a: Outline, b: Outline): boolean =>
  a.status === b.status &&
  a.wideStatus === b.wideStatus &&
  a.findings.length === b.findings.length &&
  a.findings.every((code, i) => code === b.findings[i]) &&
  a.expectedRelease?.earliest === b.expectedRelease?.earliest &&
  a.expectedRelease?.latest === b.expectedRelease?.latest;
