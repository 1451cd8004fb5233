import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readTilePath, TILE_WIDTH, tilePath } from './tile-path.js';

it.each([
  ['0/000', { level: 0, index: 0, width: 256 }],
  ['0/x001/x234/067', { level: 0, index: 1_234_067, width: 256 }],
  ['1/x001/000.p/17', { level: 1, index: 1_000, width: 17 }],
  ['entries/999', { level: 'entries', index: 999, width: 256 }],
] as const)('%s is the path of a tile', (path, place) => {
  expect(tilePath(place)).toBe(path);
  expect(readTilePath(path)).toEqual(place);
});

it('each tile has its path, and each path its tile', () => {
  const place = fc.record({
    level: fc.oneof(fc.nat(63), fc.constant('entries' as const)),
    index: fc.nat(10 ** 12),
    width: fc.integer({ min: 1, max: TILE_WIDTH }),
  });
  fc.assert(fc.property(place, (one) => expect(readTilePath(tilePath(one))).toEqual(one)));
});

it.each([
  '',
  '0',
  '0/0',
  '0/1000',
  '0/x000/001',
  '64/000',
  '-1/000',
  '0/000.p/0',
  '0/000.p/256',
  '0/000.p/999',
  '0/../000',
  '00/000',
])('%s is none', (path) => expect(readTilePath(path)).toBeUndefined());
