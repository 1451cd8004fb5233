/** C2SP tlog-tiles: 256 hashes of one level, or entries, at a time. */
export const TILE_HEIGHT = 8;
export const TILE_WIDTH = 2 ** TILE_HEIGHT;

export interface TilePlace {
  /** Of tiles of hashes, from the leaves up; or the leaves themselves. */
  level: number | 'entries';
  index: number;
  /** How many it holds: fewer than all at the right edge only. */
  width: number;
}

const PATH = /^(entries|[0-9]|[1-5]\d|6[0-3])\/((?:x\d{3}\/){0,4}\d{3})(?:\.p\/([1-9]\d{0,2}))?$/;

/** `0/x001/234`, with `.p/17` where it is partial. */
export function tilePath({ level, index, width }: TilePlace): string {
  const digits = String(index);
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, '0').match(/\d{3}/g) ?? [];
  const name = groups.map((group, n) => (n < groups.length - 1 ? `x${group}` : group)).join('/');
  return `${level}/${name}${width === TILE_WIDTH ? '' : `.p/${width}`}`;
}

/** Undefined for what `tilePath` does not write: each tile has one path. */
export function readTilePath(path: string): TilePlace | undefined {
  const [, level, name, width] = PATH.exec(path) ?? [];
  if (level === undefined || name === undefined) return undefined;
  const place: TilePlace = {
    level: level === 'entries' ? level : Number(level),
    index: Number(name.replaceAll(/[x/]/g, '')),
    width: width === undefined ? TILE_WIDTH : Number(width),
  };
  return tilePath(place) === path && place.width <= TILE_WIDTH ? place : undefined;
}
