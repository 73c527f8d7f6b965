import { describe, expect, it } from 'vitest';
import { atlasGrid, drawAtlasPixels, extractMap, filterAt, packTiles, tileRect } from './atlas';
import { lookUpColours } from './colour-map';

/** Two pixels a side, three maps: a ramp, a dead one, a constant one. */
const ACTIVATIONS = Float32Array.from([0, 0, 5, 1, 0, 5, 2, 0, 5, 4, 0, 5]);

describe('packTiles', () => {
  const packed = packTiles(ACTIVATIONS, 2, 3);

  it('scales each map by its own range', () => {
    expect([...packed.tiles]).toEqual([0, 64, 128, 255, 0, 0, 0, 0, 0, 0, 0, 0]);
  });

  it('puts every value of a large layer in its place', () => {
    const [side, channels] = [13, 10]; // 169 pixels: not a whole number of blocks
    const values = Float32Array.from({ length: side * side * channels }, (_, i) => ((i * 7919) % 1009) - 500);
    const { tiles, min, max, mean } = packTiles(values, side, channels);
    for (let k = 0; k < channels; k++) {
      const map = extractMap(values, side, channels, k);
      expect([min[k], max[k]]).toEqual([Math.min(...map), Math.max(...map)]);
      expect(mean[k]).toBeCloseTo(map.reduce((a, b) => a + b) / map.length, 4);
      const expected = map.map((v) => Math.floor(((v - min[k]!) / (max[k]! - min[k]!)) * 255 + 0.5));
      expect([...tiles.subarray(k * side * side, (k + 1) * side * side)]).toEqual([...expected]);
    }
  });

  it('keeps the units', () => {
    expect([...packed.min]).toEqual([0, 0, 5]);
    expect([...packed.max]).toEqual([4, 0, 5]);
    expect([...packed.mean]).toEqual([1.75, 0, 5]);
  });

  it('refuses a wrong length', () => {
    expect(() => packTiles(ACTIVATIONS, 2, 4)).toThrow(RangeError);
  });
});

it('extractMap picks one map', () => {
  expect([...extractMap(ACTIVATIONS, 2, 3, 0)]).toEqual([0, 1, 2, 4]);
  expect(() => extractMap(ACTIVATIONS, 2, 3, 3)).toThrow(RangeError);
});

describe('atlasGrid', () => {
  it.each([
    [64, 8, 8],
    [128, 8, 16],
    [256, 16, 16],
    [512, 16, 32],
    [3, 3, 1],
    [1, 1, 1],
    [130, 16, 9],
  ])('%i maps', (channels, columns, rows) => {
    expect(atlasGrid(channels)).toEqual({ columns, rows });
  });

  it('finds the filter under each tile, and none beside', () => {
    for (const channels of [3, 64, 130, 512]) {
      const grid = atlasGrid(channels);
      for (let k = 0; k < channels; k++) {
        const { left, top, width, height } = tileRect(grid, k);
        expect(filterAt(grid, channels, left + width / 2, top + height / 2)).toBe(k);
      }
    }
    expect(filterAt(atlasGrid(130), 130, 0.99, 0.99)).toBeNull();
    expect(filterAt(atlasGrid(64), 64, 1, 0.5)).toBeNull();
    expect(filterAt(atlasGrid(64), 64, NaN, 0.5)).toBeNull();
  });
});

it('drawAtlasPixels puts every tile in its place, in its colours', () => {
  const tiles = Uint8Array.from({ length: 3 * 4 }, (_, i) => i * 20);
  const colours = lookUpColours('grey');
  const { pixels, width, height } = drawAtlasPixels({ tiles, side: 2, channels: 3 }, { columns: 2, rows: 2 }, colours, 1);
  expect([width, height]).toEqual([6, 6]);
  const grey = (x: number, y: number): number => pixels[y * width + x]! & 255;
  expect([grey(0, 0), grey(1, 0), grey(0, 1), grey(1, 1)]).toEqual([0, 20, 40, 60]);
  expect([grey(3, 0), grey(4, 1)]).toEqual([80, 140]);
  expect([grey(0, 3), grey(1, 4)]).toEqual([160, 220]);
  expect(pixels[2]).toBe(0); // the gap
  expect(pixels[3 * width + 3]).toBe(0); // no fourth map
});
