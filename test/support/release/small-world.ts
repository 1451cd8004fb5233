import type { Member } from '../../../src/reports/release/membership.js';
import { seededRandom } from '../random.js';

/** One arrest, and the term that followed it. */
interface Fact {
  id: string;
  person: string;
  role: string;
  month: number;
  region: string;
  /** The wave `A1` is part of the campaign `A`. */
  campaign: string;
  family: string;
  days: number;
}

/** Months are a stretch, both ends in it; what is absent is not asked for. */
export interface Filter {
  months: readonly [number, number];
  region?: string;
  campaign?: string;
  family?: string;
  role?: string;
}

const MONTHS = [1, 2, 3];
const REGIONS = ['north', 'middle', 'south'];
const CAMPAIGNS = ['A', 'A1', 'B'];
const FAMILIES = ['assembly', 'speech'];
const ROLES = ['protester', 'journalist'];

/** A register so small that everything about it can be asked. Facts come late and are corrected from issue to issue. */
export class SmallWorld {
  #facts: Fact[] = [];
  readonly #random;

  constructor(
    seed: number,
    private readonly persons: number,
  ) {
    this.#random = seededRandom(seed);
    for (let person = 0; person < persons; person++)
      for (let n = 1 + this.#below(2); n > 0; n--) this.#record(person);
  }

  /** What becomes known between two issues. */
  goOn(): void {
    for (let n = this.#below(6); n > 0; n--) this.#record(this.#below(this.persons));
    for (let n = this.#below(4); n > 0; n--) {
      const at = this.#below(this.#facts.length);
      this.#facts = this.#facts.map((fact, i) => (i === at ? { ...fact, days: fact.days + 1 } : fact));
    }
  }

  inSomeOrder<T>(all: readonly T[]): T[] {
    return all
      .map((one) => ({ one, at: this.#random() }))
      .sort((a, b) => a.at - b.at)
      .map(({ one }) => one);
  }

  /** The members of a cell: of arrests, of persons, of days imposed. */
  members(filter: Filter, universe: Universe): Member[] {
    const found = this.#facts.filter((fact) => meets(fact, filter));
    if (universe === 'persons')
      return [...new Set(found.map(({ person }) => person))].map((person) => [person, 1]);
    return found.map(({ person, days }) => [person, universe === 'days' ? days : 1]);
  }

  #record(person: number): void {
    this.#facts.push({
      id: `arrest ${this.#facts.length}`,
      person: `person ${person}`,
      // Some roles, regions and campaigns are rare.
      role: ROLES[person % 7 === 0 ? 1 : 0] ?? '',
      month: this.#oneOf(MONTHS),
      region: this.#rarely(REGIONS),
      campaign: this.#rarely(CAMPAIGNS),
      family: this.#rarely(FAMILIES),
      days: 5 * (1 + this.#below(3)),
    });
  }

  #below(limit: number): number {
    return Math.floor(this.#random() * limit);
  }

  #oneOf<T>(all: readonly T[]): T {
    return all[this.#below(all.length)] as T;
  }

  #rarely<T>(all: readonly T[]): T {
    return all[Math.min(this.#below(all.length), this.#below(all.length + 1))] as T;
  }
}

export const UNIVERSES = ['arrests', 'persons', 'days'] as const;
export type Universe = (typeof UNIVERSES)[number];

const meets = (fact: Fact, { months: [first, last], region, campaign, family, role }: Filter): boolean =>
  fact.month >= first &&
  fact.month <= last &&
  (region === undefined || fact.region === region) &&
  (campaign === undefined || fact.campaign === campaign || (campaign === 'A' && fact.campaign === 'A1')) &&
  (family === undefined || fact.family === family) &&
  (role === undefined || fact.role === role);

const orAny = <T>(all: readonly T[]): (T | undefined)[] => [undefined, ...all];

/** Every filter that can be asked of such a world. */
export const ALL_FILTERS: readonly Filter[] = MONTHS.flatMap((first) =>
  MONTHS.filter((last) => last >= first).flatMap((last) =>
    orAny(REGIONS).flatMap((region) =>
      orAny(CAMPAIGNS).flatMap((campaign) =>
        orAny(FAMILIES).flatMap((family) =>
          orAny(ROLES).map((role) => ({
            months: [first, last] as const,
            ...(region && { region }),
            ...(campaign && { campaign }),
            ...(family && { family }),
            ...(role && { role }),
          })),
        ),
      ),
    ),
  ),
);

/** The parts of a table, each a filter within that of the table. */
export function partsOf(filter: Filter): { months: Filter[]; regions: Filter[] } {
  const [first, last] = filter.months;
  return {
    months: MONTHS.filter((month) => month >= first && month <= last).map((month) => ({
      ...filter,
      months: [month, month] as const,
    })),
    regions: filter.region === undefined ? REGIONS.map((region) => ({ ...filter, region })) : [],
  };
}
