import { exceeds, hoursDenied } from '../../cases/domain/timeline/counsel.js';
import type { DatedFact } from '../../cases/domain/timeline/docket.js';
import { baseUnitsStanding, fineLines, finesBy, type FineLine } from '../../cases/domain/timeline/fines.js';
import { currentDays, dayIn, type World, type WorldSentence } from '../../cases/domain/timeline/world.js';
import { happened, onOf, type Course } from './course.js';
import {
  DECISION_CLASSES,
  DENIAL_RESULTS,
  LINE,
  type ConditionRow,
  type DecisionRow,
  type DenialRow,
  type FineLineRow,
  type FineRow,
  type Minor,
  type Place,
  type SentenceRow,
} from './sheet.js';

/** Of the proceeding that a penalty names, else of the one that its decision names. */
function chargeOf({ book, chargeOf: placeOf }: Course, { data }: DatedFact<'Sentenced' | 'Fined'>): Place {
  return placeOf(data.proceedingId ?? book.decisions.get(data.decisionId)?.data.proceedingId);
}

/** Each sentence once, in the order of the casebook; those that one world at least has by the day. */
export function sentenceRows(course: Course): SentenceRow[] {
  const { book, narrow, wide, until } = course;
  const inWide = new Map(wide.world.sentences.map((one) => [one.sentence, one]));
  const inNarrow = new Map(narrow.world.sentences.map((one) => [one.sentence, one]));
  return book.sentences
    .filter(({ fact }) => dayIn('wide', fact.on) <= until)
    .map((sentence): SentenceRow => {
      const { fact } = sentence;
      const row = [onOf(fact), chargeOf(course, fact), fact.data.days] as const;
      const days = [
        daysInForce(inNarrow.get(sentence)!, until),
        daysInForce(inWide.get(sentence)!, until),
      ] as const;
      if (fact.on.latest > until) return [...row, 0, days[1], 1];
      return days.every((inForce) => inForce === fact.data.days) ? row : [...row, ...days];
    });
}

const daysInForce = (sentence: WorldSentence, day: number): number =>
  sentence.on <= day && sentence.annulledOn > day ? currentDays(sentence, day) : 0;

/** The places of the sentences that have rows. */
export function sentencePlaces({
  book,
  until,
}: Course): ReadonlyMap<World['sentences'][number]['sentence'], Place> {
  const placed = book.sentences.filter(({ fact }) => dayIn('wide', fact.on) <= until);
  return new Map(placed.map((sentence, place) => [sentence, place]));
}

export function fineRows(course: Course): FineRow[] {
  const { book, law, until } = course;
  return finesBy(book, until).map((fine): FineRow => {
    const row = [
      onOf(fine.fact),
      chargeOf(course, fine.fact),
      fineLines(fine, law, until).map(lineRow),
    ] as const;
    const hundredths = Math.round(baseUnitsStanding(fine, until) * 100);
    const ended = Math.min(...fine.annulments.map(({ on }) => on.latest).filter((day) => day <= until));
    if (Number.isFinite(ended)) return [...row, hundredths, ended];
    return hundredths === 0 ? row : [...row, hundredths];
  });
}

function lineRow({ currency, imposed, net, paid, refunded, outstanding, ...line }: FineLine): FineLineRow {
  const flags = (line.atLeast ? LINE.atLeast : 0) + (line.reported ? LINE.reported : 0);
  const untouched = net === imposed && outstanding === imposed && paid === 0n && refunded === 0n;
  if (untouched && flags === 0) return [currency, minor(imposed)];
  return [currency, minor(imposed), minor(net), minor(paid), minor(refunded), minor(outstanding), flags];
}

const minor = (amount: bigint): Minor =>
  amount <= Number.MAX_SAFE_INTEGER ? Number(amount) : String(amount);

export function decisionRows(course: Course): DecisionRow[] {
  const penalised = new Map<string, { sentence: boolean; fine: boolean }>();
  for (const { type, data } of [...happened(course, 'Sentenced'), ...happened(course, 'Fined')]) {
    const kinds = penalised.get(data.decisionId) ?? { sentence: false, fine: false };
    if (type === 'Sentenced') kinds.sentence = true;
    else kinds.fine = true;
    penalised.set(data.decisionId, kinds);
  }
  return happened(course, 'DecisionRendered').map((fact) => {
    const { decisionId, proceedingId, outcome } = fact.data;
    const of = classOf(outcome, penalised.get(decisionId));
    return [onOf(fact), course.chargeOf(proceedingId), DECISION_CLASSES.indexOf(of)];
  });
}

function classOf(
  outcome: string,
  recorded: { sentence: boolean; fine: boolean } | undefined,
): (typeof DECISION_CLASSES)[number] {
  if (recorded) return recorded.sentence ? (recorded.fine ? 'both' : 'detention_only') : 'fine_only';
  return outcome === 'terminated' || outcome === 'acquitted' ? outcome : 'other';
}

export const denialRows = (course: Course): DenialRow[] =>
  happened(course, 'CounselDenied').map((denial) => {
    const hours = hoursDenied(denial);
    const limit = course.law.accessToCounselHours.value;
    const within = hours.max !== null && hours.max <= limit;
    const result = within ? 'within48h' : exceeds(hours, limit) ? 'exceeded48h' : 'undetermined';
    return [
      onOf(denial),
      course.detentionOf(denial.data.detentionId),
      DENIAL_RESULTS.indexOf(result),
      hours.min,
      hours.max,
      denial.data.pretext ?? '',
    ];
  });

export const conditionRows = (course: Course): ConditionRow[] =>
  happened(course, 'ConditionReported').map((report) => {
    const { detentionId, kind, hours } = report.data;
    const row = [onOf(report), course.detentionOf(detentionId), kind] as const;
    return hours === undefined ? row : [...row, hours];
  });
