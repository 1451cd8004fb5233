/** What a column of many rows is made of. */
export type ColumnType = 'text' | 'integer';

const OIDS = { text: 25, integer: 23 } as const satisfies Record<ColumnType, number>;
const HEADER_BYTES = 20;
const LENGTH_BYTES = 4;
const INTEGER_BYTES = 4;
const LARGEST_INTEGER = 2 ** 31 - 1;

/**
 * The values of one column as PostgreSQL takes an array in binary: quoting each value for an array in text, and taking the
 * quotes off again there, costs more than all else that is done with a long text. Throws for a number that is no `integer`.
 */
export function columnArray(type: ColumnType, values: readonly unknown[]): Buffer {
  const bytes = values.reduce<number>((sum, value) => sum + LENGTH_BYTES + sizeOf(type, value), HEADER_BYTES);
  const array = Buffer.allocUnsafe(bytes);
  // Dimensions, whether there are nulls, the type of the values, how many, and the index of the first.
  const header = [1, values.includes(null) ? 1 : 0, OIDS[type], values.length, 1];
  let at = 0;
  for (const word of header) at = array.writeInt32BE(word, at);
  for (const value of values) at = write(array, at, type, value);
  return array;
}

function sizeOf(type: ColumnType, value: unknown): number {
  if (value === null) return 0;
  return type === 'text' ? Buffer.byteLength(value as string) : INTEGER_BYTES;
}

function write(array: Buffer, at: number, type: ColumnType, value: unknown): number {
  if (value === null) return array.writeInt32BE(-1, at);
  const start = at + LENGTH_BYTES;
  const end =
    type === 'text' ? start + array.write(value as string, start) : array.writeInt32BE(integer(value), start);
  array.writeInt32BE(end - start, at);
  return end;
}

function integer(value: unknown): number {
  if (Number.isInteger(value) && Math.abs(value as number) <= LARGEST_INTEGER) return value as number;
  throw new RangeError('a number is no integer that the database takes');
}
