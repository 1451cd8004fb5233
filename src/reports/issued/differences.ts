import { canonicalJson } from '../../canonical-json.js';
import type { ReportContent, Section, Value } from '../content/content.js';

/** One place in a report where two versions of it do not say the same; null: there is no such place in it. */
export interface Difference {
  section: string;
  /** The figure, or the row by what stands first in it, and the column. */
  place: string;
  before: Value | null;
  after: Value | null;
}

export function differencesBetween(before: ReportContent, after: ReportContent): Difference[] {
  const [then, now] = [placesIn(before.sections), placesIn(after.sections)];
  return [...new Set([...then.keys(), ...now.keys()])].flatMap((name) => {
    const [a, b] = [then.get(name), now.get(name)];
    if (canonicalJson(a?.value ?? null) === canonicalJson(b?.value ?? null)) return [];
    const { section, place } = (a ?? b)!;
    return [{ section, place, before: a?.value ?? null, after: b?.value ?? null }];
  });
}

interface Place {
  section: string;
  place: string;
  value: Value;
}

function placesIn(sections: readonly Section[]): Map<string, Place> {
  const places = new Map<string, Place>();
  const put = (section: string, place: string, value: Value): void => {
    places.set(`${section}\n${place}`, { section, place, value });
  };
  for (const section of sections) {
    if (section.kind === 'figures') {
      for (const { id, value, n } of section.figures) {
        put(section.id, id, value);
        put(section.id, `${id}, persons`, n === null ? { kind: 'withheld' } : { kind: 'count', value: n });
      }
    } else if (section.kind === 'table') {
      section.rows.forEach((row) =>
        row.forEach((value, i) =>
          put(section.id, `${wordOf(row[0])}, ${section.columns[i]?.id ?? i}`, value),
        ),
      );
    }
  }
  return places;
}

const wordOf = (value: Value | undefined): string =>
  value && 'value' in value ? String(value.value) : canonicalJson(value ?? null);
