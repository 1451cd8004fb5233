/** Plain JSON members of one event. */
export type Members = Record<string, unknown>;

/** What is left of `whole` when what `readable` shows of it is taken out; undefined if nothing is. Lists keep their places. */
export function remainder(whole: unknown, readable: unknown): unknown {
  if (isObject(whole) && isObject(readable) && Array.isArray(whole) === Array.isArray(readable)) {
    const rest = Object.keys(whole).flatMap((name): [string, unknown][] => {
      const left = remainder(member(whole, name), member(readable, name));
      return left === undefined ? [] : [[name, left]];
    });
    return rest.length === 0 ? undefined : Object.fromEntries(rest);
  }
  if (readable === undefined) return whole;
  // In a list, what is withheld leaves a null.
  return readable === null && whole !== null ? whole : undefined;
}

/** Puts the halves together again. Neither is changed. */
export function joined(readable: unknown, personal: unknown): unknown {
  if (personal === undefined) return readable;
  if (!isObject(readable) || !isObject(personal)) return personal;
  const whole = (Array.isArray(readable) ? [...readable] : { ...readable }) as Members;
  for (const [name, value] of Object.entries(personal)) {
    Object.defineProperty(whole, name, {
      value: joined(member(whole, name), value),
      writable: true,
      enumerable: true,
      configurable: true,
    });
  }
  return whole;
}

/** Where the sealed values stand: `person.names`, `sources.0.citation`. A value that is sealed whole is one path. */
export function pathsIn(personal: Members, readable: Members, before = '', paths: string[] = []): string[] {
  for (const name of Object.keys(personal)) {
    const [value, beside] = [personal[name], member(readable, name)];
    if (isObject(value) && isObject(beside)) pathsIn(value, beside, `${before}${name}.`, paths);
    else paths.push(before + name);
  }
  return paths;
}

/** The readable half with the same mark at each path. */
export function marked(readable: Members, paths: readonly string[], mark: unknown): Members {
  return paths.reduce<Members>((so, path) => {
    const personal = path.split('.').reduceRight<unknown>((inner, name) => ({ [name]: inner }), mark);
    return joined(so, personal) as Members;
  }, readable);
}

export const isObject = (value: unknown): value is Members => typeof value === 'object' && value !== null;

const member = (of: Members, name: string): unknown => (Object.hasOwn(of, name) ? of[name] : undefined);
