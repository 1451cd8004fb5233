import { deserialize, serialize } from 'node:v8';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { nameOf, type Membership } from '../release/membership.js';
import { readableIn, type PublishedCell } from '../release/published-cell.js';

/** Raised when they are packed otherwise. */
const FORMAT = 1;

interface Packed {
  format: number;
  cells: { universe: string; persons: Float64Array; amounts: Float64Array }[];
}

export function packedCells(cells: readonly PublishedCell[]): Uint8Array {
  const distinct = new Map(
    cells.flatMap(readableIn).map((cell) => [`${cell.universe} ${nameOf(cell.membership)}`, cell]),
  );
  const packed: Packed = {
    format: FORMAT,
    cells: [...distinct.values()].map(({ universe, membership }) => ({ universe, ...membership })),
  };
  return deflateRawSync(serialize(packed), { level: 1 });
}

/** Undefined for what another program has packed, or nobody. */
export function unpackedCells(bytes: Uint8Array): PublishedCell[] | undefined {
  try {
    const { format, cells } = deserialize(inflateRawSync(bytes)) as Packed;
    if (format !== FORMAT) return undefined;
    return cells.map(({ universe, persons, amounts }) => ({
      universe,
      membership: { persons, amounts } satisfies Membership,
    }));
  } catch {
    return undefined;
  }
}
