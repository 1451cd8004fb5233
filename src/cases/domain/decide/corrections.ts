import type { Fact, RecordedFact } from '../facts/facts.js';
import { evolve, without, type CaseFile } from '../file/case-file.js';
import type { FactInForce } from '../file/facts-in-force.js';
import type { DecideContext } from './context.js';
import { asIfRecorded, judgeNew, judgeWhatItSays } from './judge.js';
import { kindOf, type OneCaseType } from './kinds/kinds.js';
import { eventOf } from './rules/corrections.js';
import { refused } from './rules/refused.js';
import { decideOne, type Asked } from './together.js';

const POINTER = '/body';

/** The correction of a fact, with the whole of its new data; the ids by which the fact is known may be left out. */
export function decideCorrection(file: CaseFile, data: object, context: DecideContext): Fact[] {
  const asked: Asked<'EventCorrected'> = { type: 'EventCorrected', data, pointer: POINTER };
  const { data: correction } = decideOne(file, asked, context);
  const target = eventOf(file, correction.eventId) as RecordedFact<OneCaseType>;
  const replacing = dataLike(target, correction.data);
  const fact: Fact<'EventCorrected'> = { type: 'EventCorrected', data: { ...correction, data: replacing } };
  judgeAftermath(fact, file, context, `${POINTER}/data`);
  return [fact];
}

/** Voiding a void lets the fact stand again, voiding a correction what it replaced: if they still can. */
export function decideVoid(file: CaseFile, data: object, context: DecideContext): Fact[] {
  const fact = decideOne(file, { type: 'EventVoided', data, pointer: POINTER }, context);
  judgeAftermath(fact, file, context, POINTER);
  return [fact];
}

function dataLike(target: RecordedFact<OneCaseType>, data: Record<string, unknown>): Record<string, unknown> {
  const kind = kindOf(target.type);
  const before = target.data as Record<string, unknown>;
  const ids = Object.fromEntries(kind.keeps.map((name) => [name, before[name]]));
  const read = kind.reads({ ...ids, ...data }, `${POINTER}/data`) as Record<string, unknown>;
  for (const name of kind.keeps) {
    if (read[name] !== before[name]) {
      throw refused('ids-are-kept', 'a correction keeps the ids of its fact', `${POINTER}/data/${name}`);
    }
  }
  return read;
}

/** Judges each fact that stands only since this one, or reads otherwise since, beside all the others. */
function judgeAftermath(
  fact: Fact<'EventCorrected' | 'EventVoided'>,
  file: CaseFile,
  context: DecideContext,
  pointer: string,
): void {
  const after = evolve(file, asIfRecorded(fact, file, context));
  const before = new Map(file.inForce.map((standing) => [standing.eventId, standing.data]));
  // A penalty that reads otherwise may no longer bear the reductions and payments recorded of it.
  const penalties = new Set(
    after.inForce
      .filter((standing) => before.has(standing.eventId) && before.get(standing.eventId) !== standing.data)
      .map(penaltyImposedBy),
  );
  const restsOnChanged = (standing: FactInForce): boolean => penalties.has(penaltyChangedBy(standing) ?? '');
  for (const standing of after.inForce) {
    const earlier = before.get(standing.eventId);
    if (earlier === standing.data && !restsOnChanged(standing)) continue;
    const bench = { file: without(after, standing.eventId), law: context.law, pointer };
    const changed = standing as FactInForce<OneCaseType>;
    if (earlier === undefined) judgeNew(changed, bench);
    else judgeWhatItSays(changed, bench);
  }
}

const penaltyImposedBy = (fact: FactInForce): string | undefined =>
  fact.type === 'Sentenced' || fact.type === 'Fined' ? fact.data.penaltyId : undefined;

function penaltyChangedBy(fact: FactInForce): string | undefined {
  switch (fact.type) {
    case 'SentenceReduced':
    case 'FineReduced':
    case 'FinePaid':
    case 'FineRefunded':
      return fact.data.penaltyId;
    default:
      return undefined;
  }
}
