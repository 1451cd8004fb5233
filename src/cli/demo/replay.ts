import { parseDay } from '../../cases/domain/dates/day.js';
import type { RecordedFact } from '../../cases/domain/facts/facts.js';
import { derive, type DerivedCase } from '../../cases/domain/timeline/derive.js';
import { writtenBounds } from '../../cases/domain/timeline/custody-answer.js';
import { docketOf } from '../../cases/domain/timeline/docket.js';
import type { Law } from '../../cases/domain/law/law.js';
import { between, short, words } from '../view/figures.js';
import { table } from '../view/table.js';
import { inWords } from './fact-in-words.js';

const COLUMNS = [
  { title: '', width: 2, right: true },
  { title: 'Happened', width: 13 },
  { title: 'What was recorded', width: 41 },
  { title: 'Days imposed', width: 28 },
  { title: 'What it changed', width: 28 },
];
const DAYS_A_BLOCK = 5;

/** Every step of a history with the answer for one day after it, as it would have been without the steps that follow. */
export function replay(recorded: readonly RecordedFact[], asOf: string, law: Law): string {
  const day = parseDay(asOf);
  if (day === undefined) throw new Error(`${asOf} is not a day`);
  const rows: string[][] = [];
  let before: DerivedCase | undefined;
  for (const [place, fact] of recorded.entries()) {
    // A decision and the penalty it came with are one step.
    if (fact.type === 'DecisionRendered' && recorded[place + 1]?.type === 'Sentenced') continue;
    const docket = docketOf(fact.caseId, recorded.slice(0, place + 1), law);
    const after = derive(docket, day, law);
    const on = docket.facts.find(({ eventId }) => eventId === fact.eventId)?.on;
    const days = after.totals.daysImposed.gross;
    rows.push([
      String(rows.length + 1),
      fact.data.at === undefined || !on ? '' : between(writtenBounds(on)),
      inWords(fact),
      `${short(days).padStart(3)} ${'█'.repeat(days.min / DAYS_A_BLOCK)}`,
      changes(before, after, fact),
    ]);
    before = after;
  }
  return table(COLUMNS, rows);
}

function changes(before: DerivedCase | undefined, after: DerivedCase, fact: RecordedFact): string {
  const had = new Set(before?.findings.map(({ code }) => code));
  const has = new Set(after.findings.map(({ code }) => code));
  const claimed = fact.type === 'Sentenced' ? fact.data.claimed?.cumulativeDays : undefined;
  return [
    ...(before?.custody.status === after.custody.status ? [] : [words(after.custody.status)]),
    ...[...has].filter((code) => !had.has(code)).map((code) => `+ ${words(code)}`),
    ...[...had].filter((code) => !has.has(code)).map((code) => `− ${words(code)}`),
    ...(claimed === undefined || has.has('claimed_total_differs')
      ? []
      : [`claimed ${claimed} days confirmed`]),
  ].join(', ');
}
