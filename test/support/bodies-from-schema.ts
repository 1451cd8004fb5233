import fc from 'fast-check';
import { nameOf, resolved, type ApiDocument, type Schema } from './api-document.js';

/** Few members of a list show as much as many. */
const MOST_ITEMS = 3;
const LONGEST_TEXT = 40;

/** Amounts that fit the currency beside them: the schema cannot say how many digits each has. */
const money = fc.record(
  {
    value: fc.integer({ min: 1, max: 10 ** 9 }).map((whole) => `${whole}.50`),
    currency: fc.constantFrom('BYN', 'USD', 'EUR'),
    qualifier: fc.constantFrom('exact', 'at_least', 'at_most', 'approximate'),
  },
  { requiredKeys: ['value', 'currency'] },
);

const hoursRange = fc
  .tuple(fc.nat(1_000), fc.nat(1_000))
  .chain(([least, more]) =>
    fc.constantFrom(
      { atLeastHours: least },
      { atMostHours: more },
      { atLeastHours: least, atMostHours: least + more },
    ),
  );

const quantity = fc
  .tuple(fc.nat(1_000), fc.nat(1_000), fc.constantFrom('eq', 'gt', 'ge', 'about'))
  .chain(([least, more, op]) =>
    fc.constantFrom<unknown>(
      { op: 'between', low: least, high: least + more },
      { op, value: least },
      { op, word: 'dozens' },
      { op, value: least, word: 'dozens' },
    ),
  );

/** What JSON Schema cannot say of these shapes, their descriptions do. */
const TOLD_IN_WORDS: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  Money: money,
  HoursRange: hoursRange,
  Quantity: quantity,
};

/** Values that a schema of the API document promises to be taken. */
export function valuesOf(schema: Schema, document: ApiDocument): fc.Arbitrary<unknown> {
  if (schema.$ref) return valuesOfNamed(nameOf(schema.$ref), resolved(schema, document), document);
  const shapes = (schema.oneOf ?? schema.anyOf ?? []) as Schema[];
  if (schema.type !== 'object' && shapes.length > 0) {
    return fc.oneof(...shapes.map((shape) => valuesOf(shape, document)));
  }
  if (schema.enum) return fc.constantFrom(...(schema.enum as unknown[]));
  switch (schema.type) {
    case 'object':
      return objectsOf(schema, document);
    case 'array':
      return listsOf(schema, document);
    case 'string':
      return textsOf(schema);
    case 'integer':
      return fc.integer({ min: schema.minimum, max: schema.maximum });
    case 'number':
      return fc
        .integer({ min: Math.ceil(schema.minimum! * 100), max: schema.maximum! * 100 })
        .map((n) => n / 100);
    case 'boolean':
      return fc.boolean();
    case undefined:
    default:
      throw new Error(`no values for ${JSON.stringify(schema)}`);
  }
}

function valuesOfNamed(name: string, schema: Schema, document: ApiDocument): fc.Arbitrary<unknown> {
  const values = TOLD_IN_WORDS[name] ?? valuesOf(schema, document);
  return name === 'WhereaboutsRequest' ? values.map(facilityOnlyWhereKnown) : values;
}

function facilityOnlyWhereKnown(body: unknown): unknown {
  const { facility, ...rest } = body as { known: boolean; facility?: string };
  return rest.known && facility !== undefined ? { ...rest, facility } : rest;
}

/** `oneOf` and `anyOf` of an object say which of its members must be there, and with `oneOf` that the others must not. */
function objectsOf(
  { properties = {}, required = [], oneOf, anyOf }: Schema,
  document: ApiDocument,
): fc.Arbitrary<unknown> {
  const members = Object.fromEntries(
    Object.entries(properties).map(([name, schema]) => [name, valuesOf(schema as Schema, document)]),
  );
  const choices = ((oneOf ?? anyOf ?? [{}]) as Schema[]).map((choice) => choice.required ?? []);
  return fc.constantFrom(...choices).chain((chosen) => {
    const excluded = oneOf ? choices.flat().filter((name) => !chosen.includes(name)) : [];
    const model = Object.fromEntries(Object.entries(members).filter(([name]) => !excluded.includes(name)));
    return fc.record(model, { requiredKeys: [...required, ...chosen] });
  });
}

function listsOf(
  { items, minItems = 0, maxItems = MOST_ITEMS, uniqueItems }: Schema,
  document: ApiDocument,
): fc.Arbitrary<unknown> {
  const values = valuesOf(items as Schema, document);
  const length = { minLength: minItems, maxLength: Math.min(maxItems, MOST_ITEMS) };
  return uniqueItems ? fc.uniqueArray(values, length) : fc.array(values, length);
}

function textsOf({ format, examples, pattern, maxLength = LONGEST_TEXT }: Schema): fc.Arbitrary<string> {
  if (Array.isArray(examples)) return fc.constantFrom(...(examples as string[]));
  if (format === 'uuid') return fc.uuid();
  if (format === 'uri') return fc.webUrl();
  if (pattern && pattern !== String.raw`\S`) return fc.stringMatching(new RegExp(pattern));
  return fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: Math.min(maxLength, LONGEST_TEXT) })
    .map((text) => `a${text.replaceAll('\0', '')}`.slice(0, maxLength));
}
