import { Refusal } from '../../refusal.js';

/**
 * Reads what was sent into a plain copy of its type, without members that are undefined.
 * Throws a malformed Refusal that points to the first fault.
 */
export type Reader<T> = (value: unknown, pointer: string) => T;

export interface OptionalMember<T> {
  readonly optional: Reader<T>;
}

export const optional = <T>(reader: Reader<T>): OptionalMember<T> => ({ optional: reader });

/** Required of the fact, yet not of whoever sends it. */
export interface DefaultedMember<T> extends OptionalMember<T> {
  readonly otherwise: T;
}

export const otherwise = <T>(value: NoInfer<T>, reader: Reader<T>): DefaultedMember<T> => ({
  optional: reader,
  otherwise: value,
});

/** One reader for every member of a type: a member that is forgotten, or optional in one place only, does not compile. */
export type Members<T> = {
  readonly [K in keyof T]-?: undefined extends T[K]
    ? OptionalMember<Exclude<T[K], undefined>>
    : Reader<T[K]> | DefaultedMember<T[K]>;
};

export const malformed = (pointer: string, message: string, code = 'invalid-field'): Refusal =>
  new Refusal('malformed', code, message, pointer);

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** An object with these members and no others. */
export function object<T extends object>(members: Members<T>): Reader<T> {
  const listed = Object.entries<Reader<unknown> | OptionalMember<unknown> | DefaultedMember<unknown>>(
    members,
  );
  return (value, pointer) => {
    if (!isObject(value)) throw malformed(pointer, 'must be an object');
    for (const name of Object.keys(value)) {
      if (!Object.hasOwn(members, name) && value[name] !== undefined) {
        throw malformed(`${pointer}/${escaped(name)}`, 'is not a member this takes', 'unknown-member');
      }
    }
    const copy: Record<string, unknown> = {};
    for (const [name, member] of listed) {
      const given = Object.hasOwn(value, name) ? value[name] : undefined;
      const at = `${pointer}/${name}`;
      if (given !== undefined) {
        copy[name] = typeof member === 'function' ? member(given, at) : member.optional(given, at);
      } else if (typeof member === 'function') {
        throw malformed(at, 'is required', 'missing-field');
      } else if ('otherwise' in member) {
        copy[name] = member.otherwise;
      }
    }
    return copy as T;
  };
}

export const list =
  <T>(reader: Reader<T>, least: number, most: number): Reader<T[]> =>
  (value, pointer) => {
    if (!Array.isArray(value)) throw malformed(pointer, 'must be a list');
    if (value.length < least || value.length > most)
      throw malformed(pointer, `must have ${least} to ${most} items`);
    return value.map((item, index) => reader(item, `${pointer}/${index}`));
  };

/** What has been read, held to one more condition. */
export const and =
  <T>(reader: Reader<T>, holds: (read: T) => boolean, message: string): Reader<T> =>
  (value, pointer) => {
    const read = reader(value, pointer);
    if (!holds(read)) throw malformed(pointer, message);
    return read;
  };

/** The result of an action whose Refusal does not know where in the request its argument stood. */
export function pointingTo<T>(pointer: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    if (!(error instanceof Refusal) || error.pointer !== undefined) throw error;
    throw new Refusal(error.kind, error.code, error.message, pointer, error.extra);
  }
}

const escaped = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1');
