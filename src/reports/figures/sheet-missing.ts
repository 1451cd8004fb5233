import { openOn } from '../../cases/domain/timeline/chronicle.js';
import { finesBy, fineLines } from '../../cases/domain/timeline/fines.js';
import type { DatedFact } from '../../cases/domain/timeline/docket.js';
import { factDayIn } from '../../cases/domain/timeline/world.js';
import { happened, unsourced, type Course } from './course.js';
import type { MissingCode, Sheet } from './sheet.js';

type Missing = NonNullable<Sheet['missing']>;

/** What the file lacks, as far as that does not change from day to day; how often. */
export function missingIn(course: Course): Pick<Sheet, 'missing'> {
  const { book, law, until } = course;
  const arrests = happened(course, 'Arrested');
  const sentences = happened(course, 'Sentenced');
  const fines = finesBy(book, until);
  const times: Record<Exclude<MissingCode, 'custody_unsupported'>, number> = {
    no_custody: Number(sentences.length > 0 && !isCustodyKnown(course)),
    no_arrest_date: arrests.filter(isUndated).length,
    no_region: arrests.filter(({ data }) => data.place?.region === undefined).length,
    no_release: leftOpen(course),
    no_charge_article: happened(course, 'Charged').filter(({ data }) => !data.provision).length,
    no_penalty: decisionsWithoutPenalty(course),
    undated_sentence: sentences.filter(isUndated).length,
    undated_fine: fines.filter(({ fact }) => isUndated(fact)).length,
    no_fine_amount: fines.filter((fine) => fineLines(fine, law, until).length === 0).length,
    unsourced: unsourced(course),
  };
  const missing = Object.fromEntries(Object.entries(times).filter(([, count]) => count > 0)) as Missing;
  return Object.keys(missing).length === 0 ? {} : { missing };
}

const isUndated = ({ on }: DatedFact): boolean => on.earliest === null;

const isCustodyKnown = ({ book, until }: Course): boolean =>
  (['Arrested', 'Released', 'DiedInCustody'] as const).some((type) =>
    book.of(type).some((fact) => factDayIn('narrow', fact) <= until),
  );

/** Detentions without an end though another began after them; the last one may go on. */
function leftOpen({ narrow: { world }, first, until }: Course): number {
  const open = openOn(world, first);
  return world.detentions.filter((held) => held !== open && held.start <= until && held.end > until).length;
}

function decisionsWithoutPenalty(course: Course): number {
  const penalties = [...happened(course, 'Sentenced'), ...happened(course, 'Fined')];
  const penalised = new Set(penalties.map(({ data }) => data.decisionId));
  return happened(course, 'DecisionRendered').filter(
    ({ data }) => data.outcome === 'penalised' && !penalised.has(data.decisionId),
  ).length;
}
