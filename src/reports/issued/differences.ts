import { canonicalJson } from '../../canonical-json.js';
import type { ReportContent, Section, Value } from '../content/content.js';

/** One place in a report where two versions of it do not say the same; null: there is no such place in it. */
export interface Difference {
  section: string;
  /** The figure, or the row by what stands first in it, and the column; `beside the values`: what else the section says, as JSON. */
  place: string;
  before: Value | null;
  after: Value | null;
}

const BESIDE_THE_VALUES = 'beside the values';

/** Not only of words or versions, which may change from one release to the next. */
export const isOfAValue = ({ place }: Difference): boolean => place !== BESIDE_THE_VALUES;

/** Of all that two reports say. Of which state of the register they say it is no difference. */
export function differencesBetween(before: ReportContent, after: ReportContent): Difference[] {
  const [then, now] = [placesIn(before.sections), placesIn(after.sections)];
  return [...new Set([...then.keys(), ...now.keys()])].flatMap((name) => {
    const [a, b] = [then.get(name), now.get(name)];
    if (canonicalJson(a?.value ?? null) === canonicalJson(b?.value ?? null)) return [];
    const { section, place } = (a ?? b)!;
    return [{ section, place, before: a?.value ?? null, after: b?.value ?? null }];
  });
}

/** Every value of the one comes out in the other, which may say more, and in other words. */
export const saysAllOf = (before: ReportContent, after: ReportContent): boolean =>
  differencesBetween(before, after).every((one) => one.before === null || !isOfAValue(one));

interface Place {
  section: string;
  place: string;
  value: Value;
}

function placesIn(sections: readonly Section[]): Map<string, Place> {
  const places = new Map<string, Place>();
  for (const section of sections) {
    const seen = new Map<string, number>();
    for (const [name, value] of [...valuesIn(section), besideThem(section)]) {
      // Rows that begin alike are told apart by their order.
      const nth = (seen.get(name) ?? 0) + 1;
      seen.set(name, nth);
      const place = nth === 1 ? name : `${name}, no. ${nth}`;
      places.set(`${section.id}\n${place}`, { section: section.id, place, value });
    }
  }
  return places;
}

function valuesIn(section: Section): [place: string, value: Value][] {
  if (section.kind === 'figures')
    return section.figures.flatMap(({ id, value, n }): [string, Value][] => [
      [id, value],
      [`${id}, persons`, n === null ? { kind: 'withheld' } : { kind: 'count', value: n }],
    ]);
  if (section.kind !== 'table') return [];
  return section.rows.flatMap((row) =>
    row.map((value, i): [string, Value] => [`${wordOf(row[0])}, ${section.columns[i]?.id ?? i}`, value]),
  );
}

function besideThem(section: Section): [place: string, value: Value] {
  const rest: unknown =
    section.kind === 'figures'
      ? section.figures.map(({ value: _, n: __, ...figure }) => figure)
      : section.kind === 'table'
        ? section.columns
        : section;
  return [BESIDE_THE_VALUES, { kind: 'text', value: canonicalJson(rest) }];
}

const wordOf = (value: Value | undefined): string =>
  value && 'value' in value ? String(value.value) : canonicalJson(value ?? null);
