import fc from 'fast-check';
import { THE_NEW_CODE, type Era } from './arbitrary-dates.js';
import { fines } from './arbitrary-plans.js';
import { showDay } from './days.js';
import { ids, type Plan } from './plans.js';

/**
 * The usual course of things, to the day: arrested, charged, sentenced or fined, let out perhaps, and perhaps arrested
 * again. What is recorded on top of it then has something to overturn.
 */
export function ordinaryCourses(era: Era): fc.Arbitrary<Plan[]> {
  const few = fc.nat(5);
  return fc
    .record({
      arrested: fc.nat(era.crowded),
      decidedAfter: few,
      sentences: fc.array(fc.constantFrom(15, 3, 5, 10), { maxLength: 3 }),
      fine: fc.option(fines, { nil: undefined, freq: 2 }),
      releasedAfter: fc.option(fc.nat(20), { nil: undefined, freq: 2 }),
      rearrestedAfter: fc.option(few, { nil: undefined }),
      article: fc.constantFrom(undefined, era === THE_NEW_CODE ? '24.23' : '23.34'),
      heard: fc.boolean(),
    })
    .map(({ arrested, decidedAfter, sentences, fine, releasedAfter, rearrestedAfter, article, heard }) => {
      const on = (day: number): Pick<Plan, 'when' | 'hoursLater'> => ({
        when: { at: showDay(era.start + day) ?? '' },
        hoursLater: 1,
      });
      const arrest = (n: number, day: number): Plan => ({
        ...on(day),
        plan: 'fact',
        type: 'Arrested',
        data: { detentionId: ids.detention(n) },
      });
      const course: Plan[] = [arrest(0, arrested)];
      if (article !== undefined) {
        const code = article === '24.23' ? 'BY-CoAO-2021' : 'BY-CoAO-2003';
        const data = { proceedingId: ids.proceeding(0), provision: { code, article } };
        course.push({ ...on(arrested), plan: 'fact', type: 'Charged', data });
      }
      const decided = arrested + decidedAfter;
      if (heard) {
        const data = { hearingId: ids.hearing(0), proceedingId: ids.proceeding(0) };
        course.push({ ...on(decided), plan: 'fact', type: 'HearingScheduled', data });
        course.push({
          ...on(decided),
          plan: 'hearing held',
          hearing: 0,
          counselPresent: article === undefined,
        });
      }
      sentences.forEach((days, i) => {
        const penalties = [{ kind: 'sentence' as const, id: i, data: { days } }];
        const proceedingId = ids.proceeding(0);
        course.push({
          ...on(decided + i),
          plan: 'decision',
          id: i,
          proceedingId,
          outcome: 'penalised',
          penalties,
        });
      });
      if (fine) {
        const penalties = [{ kind: 'fine' as const, id: 5, fine }];
        course.push({ ...on(decided), plan: 'decision', id: 5, outcome: 'penalised', penalties });
      }
      if (releasedAfter !== undefined) {
        const data = { detentionId: ids.detention(0), basis: 'unknown', conditional: false };
        course.push({ ...on(arrested + releasedAfter), plan: 'fact', type: 'Released', data });
        if (rearrestedAfter !== undefined) course.push(arrest(1, arrested + releasedAfter + rearrestedAfter));
      }
      return course;
    });
}
