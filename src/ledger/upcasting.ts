/** Brings the data of one type of event from one schema version to the next. Pure: it may not ask anything but the data. */
export interface Upcaster {
  type: string;
  fromVersion: number;
  up(data: Record<string, unknown>): Record<string, unknown>;
}

/**
 * What was stored is never rewritten: an event in an older schema is brought up to date each time it is read. The present
 * version of a type is one more than the last that an upcaster leads away from.
 */
export class Upcasting {
  readonly #byType: ReadonlyMap<string, readonly Upcaster[]>;

  /** Throws if the versions of a type do not follow each other from 1 without a gap. */
  constructor(upcasters: readonly Upcaster[]) {
    const byType = Map.groupBy(upcasters, ({ type }) => type);
    for (const [type, steps] of byType) {
      steps.sort((a, b) => a.fromVersion - b.fromVersion);
      if (steps.some(({ fromVersion }, i) => fromVersion !== i + 1)) {
        throw new Error(
          `the upcasters of ${type} do not lead from version 1 to ${steps.length + 1} step by step`,
        );
      }
    }
    this.#byType = byType;
  }

  currentVersion(type: string): number {
    return (this.#byType.get(type)?.length ?? 0) + 1;
  }

  /** Throws for a version this program does not know: an older program must not read what a newer one wrote. */
  toCurrent(type: string, version: number, data: Record<string, unknown>): Record<string, unknown> {
    const current = this.currentVersion(type);
    if (!Number.isInteger(version) || version < 1 || version > current) {
      throw new Error(`${type} is stored in schema version ${version}; this program knows 1 to ${current}`);
    }
    const steps = this.#byType.get(type) ?? [];
    return steps.slice(version - 1).reduce((older, step) => step.up(older), data);
  }
}
