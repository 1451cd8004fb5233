import { resolved, type ApiDocument, type Schema } from './api-document.js';

const TYPES: Readonly<Record<string, (value: unknown) => boolean>> = {
  string: (value) => typeof value === 'string',
  boolean: (value) => typeof value === 'boolean',
  number: Number.isFinite,
  integer: Number.isInteger,
  null: (value) => value === null,
  array: Array.isArray,
  object: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
};

/**
 * Where a value is not what the API document says of it: another type or code, a member missing that is required, or there
 * and not told of. Empty if it fits. Of the schema language it knows what the document uses for answers.
 */
export function misfits(value: unknown, schema: Schema, document: ApiDocument, at = ''): string[] {
  if (schema.$ref) return misfits(value, resolved(schema, document), document, at);
  for (const part of (schema.allOf ?? []) as Schema[]) {
    const faults = misfits(value, part, document, at);
    if (faults.length > 0) return faults;
  }
  const choices = (schema.oneOf ?? []) as Schema[];
  if (choices.length > 0 && schema.type === undefined) {
    const each = choices.map((choice) => misfits(value, choice, document, at));
    return each.some((faults) => faults.length === 0) ? [] : each.flat();
  }
  if (typeof schema.type === 'string' && !TYPES[schema.type]?.(value))
    return [`${at} is not of type ${schema.type}`];
  if (schema.enum && !schema.enum.includes(value)) return [`${at} is none of ${schema.enum.join(', ')}`];
  if (Array.isArray(value) && schema.items) {
    return value.flatMap((item, place) => misfits(item, schema.items!, document, `${at}/${place}`));
  }
  if (schema.properties) return misfitsOfMembers(value as Record<string, unknown>, schema, document, at);
  return [];
}

function misfitsOfMembers(
  value: Record<string, unknown>,
  { properties = {}, required = [] }: Schema,
  document: ApiDocument,
  at: string,
): string[] {
  const missing = required
    .filter((name) => value[name] === undefined)
    .map((name) => `${at}/${name} is missing`);
  const members = Object.entries(value).flatMap(([name, member]) => {
    const schema = properties[name];
    return schema ? misfits(member, schema, document, `${at}/${name}`) : [`${at}/${name} is not told of`];
  });
  return [...missing, ...members];
}
