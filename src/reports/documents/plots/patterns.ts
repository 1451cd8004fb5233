import type { Ink } from './sheet-of-paper.js';

/** A square that fills an area by being repeated. */
export interface Tile {
  id: string;
  ink: Ink;
  /** In pixels. */
  size: number;
  /** As in the `d` of an SVG path, black on white. */
  path: string;
  /** Filled, not only drawn along. */
  dot: boolean;
}

const TILES: readonly Omit<Tile, 'id'>[] = [
  { ink: 'hatch', size: 6, path: 'M-1,1 L1,-1 M0,6 L6,0 M5,7 L7,5', dot: false },
  { ink: 'dots', size: 5, path: 'M1.5,1.5 h1.4 v1.4 h-1.4 Z', dot: true },
  { ink: 'grid', size: 6, path: 'M0,3 L6,3 M3,0 L3,6', dot: false },
];

/** The patterns of one plot; its id keeps them apart from those of another on the same page. */
export const patternTiles = (plot: string): Tile[] =>
  TILES.map((tile) => ({ ...tile, id: `${plot}-${tile.ink}` }));
