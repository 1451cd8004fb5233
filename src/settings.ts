import { readFileSync } from 'node:fs';

/** What `process.env` gives; tests hand in their own. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Reads settings one by one and notes what is wrong with them; each fault is one line for the person who starts the service. */
export class Settings {
  constructor(
    private readonly env: Environment,
    private readonly faults: string[],
  ) {}

  fault(name: string, reason: string): void {
    this.faults.push(`${name}: ${reason}`);
  }

  /** A variable set to nothing counts as not set: that is how compose files hand on what is absent. */
  optional(name: string): string | undefined {
    return this.env[name]?.trim() || undefined;
  }

  /** What should not stand in the environment may stand in a file, which `<name>_FILE` names: the usual way to hand secrets to a container. */
  secret(name: string): string | undefined {
    const text = this.optional(name);
    const file = this.optional(`${name}_FILE`);
    if (file === undefined) return text;
    if (text !== undefined) this.fault(`${name}_FILE`, `${name} is set as well; unset one of them`);
    try {
      return readFileSync(file, 'utf8').trim() || undefined;
    } catch {
      this.fault(`${name}_FILE`, `${file} cannot be read`);
      return undefined;
    }
  }

  text(name: string, fallback: string): string {
    return this.optional(name) ?? fallback;
  }

  number(name: string, fallback: number, highest: number): number {
    const text = this.optional(name);
    if (text === undefined) return fallback;
    if (/^\d{1,9}$/.test(text) && Number(text) <= highest) return Number(text);
    this.fault(name, `"${text}" is not a whole number from 0 to ${highest}`);
    return fallback;
  }

  one<T extends string>(name: string, allowed: readonly T[], fallback: T): T {
    const text = this.optional(name);
    if (text === undefined) return fallback;
    const known = allowed.find((value) => value === text);
    if (known === undefined) this.fault(name, `"${text}" is none of ${allowed.join(', ')}`);
    return known ?? fallback;
  }

  some<T extends string>(name: string, allowed: readonly T[]): ReadonlySet<T> {
    const words = this.text(name, allowed.join(','))
      .split(',')
      .map((word) => word.trim());
    for (const word of words) {
      if (!allowed.some((value) => value === word)) {
        this.fault(name, `"${word}" is none of ${allowed.join(', ')}`);
      }
    }
    return new Set(allowed.filter((value) => words.includes(value)));
  }
}
