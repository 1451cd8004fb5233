import { indexKeys, nameKeys } from '../domain/names/name-keys.js';
import { neighbourKeys } from '../domain/names/similarity.js';

/** The names that a case goes by. */
export interface CaseNames {
  caseId: string;
  forms: readonly string[];
}

interface Entry {
  caseId: string;
  form: string;
}

/**
 * Names by the keys they are found by, in memory. An entry that is replaced is taken out of its place and left in the lists of
 * its keys: whoever meets it there passes it by, until as many are gone as are left.
 */
export class NameIndex {
  #entries: (Entry | undefined)[] = [];
  #byKey = new Map<string, number[]>();
  readonly #byCase = new Map<string, number[]>();
  #gone = 0;

  get size(): number {
    return this.#byCase.size;
  }

  /** Puts these names in place of those the case had. */
  put({ caseId, forms }: CaseNames): void {
    // Most facts that may change a name change none.
    if (isSame(forms, this.formsOf(caseId))) return;
    this.remove(caseId);
    if (forms.length === 0) return;
    this.#byCase.set(
      caseId,
      forms.map((form) => this.#enter({ caseId, form })),
    );
  }

  remove(caseId: string): void {
    for (const place of this.#byCase.get(caseId) ?? []) {
      this.#entries[place] = undefined;
      this.#gone += 1;
    }
    this.#byCase.delete(caseId);
    if (this.#gone > 1_000 && this.#gone > this.#entries.length / 2) this.#tidy();
  }

  formsOf(caseId: string): string[] {
    return (this.#byCase.get(caseId) ?? []).flatMap((place) => this.#entries[place]?.form ?? []);
  }

  /** The cases of which one name has, of each group, at least one key. Without a group, none. */
  find(groups: readonly (readonly string[])[]): string[] {
    const [first, ...others] = groups
      .map((keys) => keys.flatMap((key) => this.#byKey.get(key) ?? []))
      .sort((a, b) => a.length - b.length);
    if (!first) return [];
    const sets = others.map((places) => new Set(places));
    const cases = new Set<string>();
    for (const place of first) {
      const entry = this.#entries[place];
      if (entry && sets.every((places) => places.has(place))) cases.add(entry.caseId);
    }
    return [...cases];
  }

  #enter(entry: Entry): number {
    const place = this.#entries.push(entry) - 1;
    const name = nameKeys(entry.form);
    for (const key of new Set([...indexKeys(name), ...neighbourKeys(name)])) {
      const places = this.#byKey.get(key);
      if (places) places.push(place);
      else this.#byKey.set(key, [place]);
    }
    return place;
  }

  #tidy(): void {
    const cases = [...this.#byCase.keys()].map((caseId) => ({ caseId, forms: this.formsOf(caseId) }));
    this.#entries = [];
    this.#byKey = new Map();
    this.#byCase.clear();
    this.#gone = 0;
    for (const one of cases) this.put(one);
  }
}

const isSame = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((form, n) => form === other[n]);
