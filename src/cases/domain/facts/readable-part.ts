/**
 * Which fields of each kind of fact say nothing about a person that a code, a date, an amount or an id does not: these stay
 * readable to auditors, in the change feed and after erasure. Every field that is not declared is personal, whatever it holds: one
 * that is added to a fact and forgotten here is withheld.
 */
export type ReadableFields<Facts> = { readonly [T in keyof Facts]: Readable<Facts[T]> };
type Readable<D> = { readonly [K in keyof D]?: ReadableValue<NonNullable<D[K]>> };
type ReadableValue<V> = V extends readonly (infer Item)[]
  ? ReadableValue<Item>
  : V extends object
    ? Readable<V>
    : true;

/**
 * Gives the part of a fact's data that is not personal, as plain data in the same shape: a personal field is absent, a list of
 * objects keeps its length. `correctedType` is the type of the event that an `EventCorrected` replaces; without it the new
 * payload is withheld whole. A type that is not known has no readable part.
 */
export function readablePartBy<Facts extends object>(
  fields: ReadableFields<Facts>,
): (type: Name<Facts>, data: object, correctedType?: Name<Facts>) => Record<string, unknown> {
  const shapes: ReadonlyMap<string, Members> = new Map(
    Object.entries<object>(fields).map(([type, members]) => [type, shapesIn(members)]),
  );
  return function readable(type: Name<Facts>, data: object, correctedType?: Name<Facts>) {
    const shape = shapes.get(type);
    if (!shape) return {};
    const part = readablePart(data, shape);
    if (type === 'EventCorrected' && correctedType !== undefined && 'data' in data && isObject(data.data)) {
      part['data'] = readable(correctedType, data.data);
    }
    return part;
  };
}

type Name<Facts> = keyof Facts & string;

type Members = readonly (readonly [name: string, shape: Shape])[];
type Shape = true | Members;

/** In the order of canonical JSON, and so is what is made after them. */
const shapesIn = (fields: object): Members =>
  Object.entries(fields as Record<string, true | object>)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, shape]) => [name, shape === true ? true : shapesIn(shape)]);

function readablePart(data: object, fields: Members): Record<string, unknown> {
  const part: Record<string, unknown> = {};
  for (const [name, shape] of fields) {
    if (!Object.hasOwn(data, name)) continue;
    const value = readableValue((data as Record<string, unknown>)[name], shape);
    if (value !== undefined) part[name] = value;
  }
  return part;
}

/** Undefined where the value has not the declared shape: an object in the place of a code is withheld. */
function readableValue(value: unknown, shape: Shape): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => readableValue(item, shape) ?? null);
  if (shape === true) return isObject(value) ? undefined : value;
  return isObject(value) ? readablePart(value, shape) : undefined;
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
