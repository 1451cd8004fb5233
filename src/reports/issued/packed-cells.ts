import { deserialize, serialize } from 'node:v8';
import { crc32, deflateRawSync, inflateRawSync } from 'node:zlib';
import { longOf, shortOf } from './short-numbers.js';
import { nameOf, ones, type Membership } from '../release/membership.js';
import { Numbered } from '../release/numbered.js';
import { readableIn, type PublishedCell } from '../release/published-cell.js';

/** Raised when they are packed otherwise. */
const FORMAT = 2;
/** The format, and the sum over what follows. */
const HEAD_BYTES = 8;

interface Packed {
  /** Ascending, each once: most persons are behind many cells. */
  persons: Float64Array;
  cells: PackedCell[];
}

interface PackedCell {
  universe: string;
  /** How much further in the list each of its persons is than the one before: see `shortOf`. */
  steps: Uint8Array;
  /** Absent where it is 1 for everybody. */
  amounts?: Uint8Array | Float64Array;
}

export function packedCells(cells: readonly PublishedCell[]): Uint8Array {
  const distinct = [...distinctIn(cells).values()];
  const all = new Numbered();
  for (const { membership } of distinct) for (const person of membership.persons) all.placeOf(person);
  const persons = all.persons.toSorted();
  const places = new Numbered();
  for (const person of persons) places.placeOf(person);
  const packed: Packed = { persons, cells: distinct.map((cell) => packedCell(cell, places)) };
  const body = deflateRawSync(serialize(packed), { level: 1 });
  const bytes = new Uint8Array(HEAD_BYTES + body.length);
  new DataView(bytes.buffer).setUint32(0, FORMAT);
  new DataView(bytes.buffer).setUint32(4, crc32(body));
  bytes.set(body, HEAD_BYTES);
  return bytes;
}

/** False for what another program has packed, or nobody. */
export function isPacked(bytes: Uint8Array): boolean {
  if (bytes.length < HEAD_BYTES) return false;
  const head = new DataView(bytes.buffer, bytes.byteOffset, HEAD_BYTES);
  return head.getUint32(0) === FORMAT && head.getUint32(4) === crc32(bytes.subarray(HEAD_BYTES));
}

/** What all of them hold, each set of amounts once: one report has most in common with the next. */
export function unpackedCells(all: readonly Uint8Array[]): PublishedCell[] {
  const distinct = new Map<string, PublishedCell>();
  for (const bytes of all) {
    const { persons, cells } = deserialize(inflateRawSync(bytes.subarray(HEAD_BYTES))) as Packed;
    for (const { universe, steps, amounts } of cells) {
      let place = 0;
      const those = longOf(steps).map((step) => persons[(place += step)] ?? 0);
      const membership: Membership = {
        persons: those,
        amounts: !amounts ? ones(those.length) : amounts instanceof Uint8Array ? longOf(amounts) : amounts,
      };
      const name = distinctName(universe, membership);
      if (!distinct.has(name)) distinct.set(name, { universe, membership });
    }
  }
  return [...distinct.values()];
}

function packedCell(
  { universe, membership: { persons, amounts } }: PublishedCell,
  places: Numbered,
): PackedCell {
  let before = 0;
  const steps = persons.map((person) => {
    const place = places.placeOf(person);
    const step = place - before;
    before = place;
    return step;
  });
  const isOneEach = amounts.every((amount) => amount === 1);
  return {
    universe,
    steps: shortOf(steps),
    ...(!isOneEach && { amounts: amounts.every(isWhole) ? shortOf(amounts) : amounts }),
  };
}

const isWhole = (amount: number): boolean => Number.isSafeInteger(amount) && amount >= 0;

const distinctIn = (cells: readonly PublishedCell[]): Map<string, PublishedCell> =>
  new Map(
    cells.flatMap(readableIn).map((cell) => [distinctName(cell.universe, cell.membership), cell] as const),
  );

const distinctName = (universe: string, membership: Membership): string =>
  `${universe} ${nameOf(membership)}`;
