import { pendingOn } from '../../cases/domain/timeline/pending.js';
import type { EndType } from '../../cases/domain/timeline/casebook.js';
import type { DatedFact } from '../../cases/domain/timeline/docket.js';
import { byEventId, compareDays, factDayIn } from '../../cases/domain/timeline/world.js';
import { onOf, type Course } from './course.js';
import { CHARGE, END, type ArrestRow, type ChargeRow, type DetentionRow } from './sheet.js';

/** All that are recorded, those to come too: they link what has happened already. */
export const arrestRows = ({ book, detentionOf }: Course, campaigns: readonly string[]): ArrestRow[] =>
  book
    .of('Arrested')
    .map((arrest) => [
      onOf(arrest),
      detentionOf(arrest.data.detentionId),
      campaigns.indexOf(arrest.data.campaignId ?? ''),
      arrest.data.place?.region ?? '',
    ]);

export function detentionRows({ book, narrow: { world }, until }: Course): DetentionRow[] {
  const arrests = book.of('Arrested');
  return book.detentions.map(({ id, arrest, ends }) => {
    const held = arrest && world.detentions.find((one) => one.id === id);
    const end = held ? held.endedBy : firstOf(ends);
    const place = arrest ? arrests.indexOf(arrest) : -1;
    const on = held ? held.end : end && factDayIn('narrow', end);
    // An end of which no earliest day is known lies in the open past, before anything it could be asked about.
    if (!end || on === undefined || on > until) return [place];
    return [place, Number.isFinite(on) ? on : end.on.latest, howEnded(end)];
  });
}

const firstOf = (ends: readonly DatedFact<EndType>[]): DatedFact<EndType> | undefined =>
  ends.toSorted((a, b) => compareDays(factDayIn('narrow', a), factDayIn('narrow', b)) || byEventId(a, b))[0];

const howEnded = (end: DatedFact<EndType>): NonNullable<DetentionRow[2]> =>
  end.type === 'DiedInCustody' ? END.death : end.data.conditional ? END.conditional : END.unconditional;

/** All that are recorded, like arrests; as they stand on the day. */
export function chargeRows(
  { book, detentionOf, until }: Course,
  campaigns: readonly string[],
  provisions: readonly string[],
): ChargeRow[] {
  const pending = new Set<DatedFact>(pendingOn(book, 'narrow', until));
  return book.proceedings.map(({ charge, terminations, decisions }) => {
    const { detentionId, campaignId, provision } = charge.data;
    const named = [
      onOf(charge),
      detentionOf(detentionId),
      campaigns.indexOf(campaignId ?? ''),
      provision ? provisions.indexOf(`${provision.code}/${provision.article}`) : -1,
    ] as const;
    if (pending.has(charge)) return [...named, CHARGE.pending];
    const endings = [
      ...terminations,
      ...decisions.filter((fact) => fact.type === 'DecisionRendered' && fact.data.outcome === 'terminated'),
    ].filter(({ on }) => on.latest <= until);
    if (endings.length === 0) return [...named, CHARGE.decided];
    return [...named, CHARGE.terminated, Math.max(...endings.map(({ on }) => on.latest))];
  });
}
