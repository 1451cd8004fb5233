import { createHash } from 'node:crypto';
import { v5 } from 'uuid';

/** The name space of ids made for files. Never change it: a file imported again would no longer be known. */
const NAMESPACE = '0c4f6e0e-3f4a-4f0b-8a55-9d3b1a2c7e61';
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** Members that hold ids, in a body as in a path. */
const ID_MEMBER = /Id$/;

export const isUuid = (text: string): boolean => UUID.test(text);

/** Every id that comes from a file: the same file gives the same ids, another file others. */
export class FileIds {
  readonly #digest: string;

  constructor(file: Uint8Array) {
    this.#digest = createHash('sha256').update(file).digest('hex');
  }

  /** What a line says of itself for the server to know it again. */
  idempotencyKey(line: number): string {
    return `import:${this.#digest}:${line}`;
  }

  /** A label that is an id already names that case. */
  caseId(label: string): string {
    return isUuid(label) ? label : this.made('case', label);
  }

  made(...names: readonly (string | number)[]): string {
    return v5(JSON.stringify([this.#digest, ...names]), NAMESPACE);
  }
}

/** The same value with every reference (`$name`, `@name`) in a member named `…Id` resolved; prose is left alone. */
export function resolved<T>(value: T, resolve: (reference: string) => string, member = ''): T {
  if (typeof value === 'string') {
    return (ID_MEMBER.test(member) && /^[$@]/.test(value) ? resolve(value) : value) as T;
  }
  if (Array.isArray(value)) return value.map((item: unknown) => resolved(item, resolve, member)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, resolved(inner as unknown, resolve, name)]),
  ) as T;
}

/** Of the events of one command, the one that `as` means: the penalty's, where a decision came with one. */
export const namedEvent = <E extends { type: string }>(events: readonly E[]): E | undefined =>
  events.find(({ type }) => type === 'Sentenced' || type === 'Fined') ?? events[0];
