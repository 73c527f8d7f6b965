import { describe, expect, it } from 'vitest';
import { atlasGrid, drawAtlasPixels, drawLargestAtlas, placeAt, tileRect, type AtlasPixels } from './atlas';
import { lookUpColours } from './colour-map';
import { colourIndex } from './colour-scale';

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

  it('finds the place under each tile, and none beside', () => {
    for (const channels of [3, 64, 130, 512]) {
      const grid = atlasGrid(channels);
      for (let k = 0; k < channels; k++) {
        const { left, top, width, height } = tileRect(grid, k);
        expect(placeAt(grid, channels, left + width / 2, top + height / 2)).toBe(k);
      }
    }
    expect(placeAt(atlasGrid(130), 130, 0.99, 0.99)).toBeNull();
    expect(placeAt(atlasGrid(64), 64, 1, 0.5)).toBeNull();
    expect(placeAt(atlasGrid(64), 64, NaN, 0.5)).toBeNull();
  });
});

describe('drawAtlasPixels', () => {
  const colours = lookUpColours('grey');
  const values = Float32Array.from({ length: 3 * 4 }, (_, i) => i * 20);
  const ranges = { low: new Float32Array(3), high: new Float32Array(3).fill(255) };
  const greyOf = ({ pixels, width }: AtlasPixels, x: number, y: number): number => pixels[y * width + x]! & 255;

  it('puts every map in its place, in its colours', () => {
    const drawn = drawAtlasPixels({ values, side: 2 }, Uint16Array.of(0, 1, 2), ranges, { columns: 2, rows: 2 }, colours, 1);
    expect([drawn.width, drawn.height]).toEqual([6, 6]);
    expect([greyOf(drawn, 0, 0), greyOf(drawn, 1, 0), greyOf(drawn, 0, 1), greyOf(drawn, 1, 1)]).toEqual([0, 20, 40, 60]);
    expect([greyOf(drawn, 3, 0), greyOf(drawn, 4, 1)]).toEqual([80, 140]);
    expect([greyOf(drawn, 0, 3), greyOf(drawn, 1, 4)]).toEqual([160, 220]);
    expect(drawn.pixels[2]).toBe(0); // the gap
    expect(drawn.pixels[3 * drawn.width + 3]).toBe(0); // no fourth map
  });

  it('draws only the filters of the order, in that order', () => {
    const drawn = drawAtlasPixels({ values, side: 2 }, Uint16Array.of(2, 0), ranges, { columns: 2, rows: 1 }, colours);
    expect([greyOf(drawn, 0, 0), greyOf(drawn, 2, 0)]).toEqual([160, 0]);
  });

  it('colours as colourIndex says, at and beyond the ends', () => {
    const wild = Float32Array.from([-50, 0, 0.2, 1, 33.3, 99, 100, 5000]);
    const low = Float32Array.of(-1, 1);
    const high = Float32Array.of(1, 101);
    const drawn = drawAtlasPixels(
      { values: wild, side: 2 },
      Uint16Array.of(0, 1),
      { low, high },
      { columns: 1, rows: 2 },
      colours,
    );
    const expected = [...wild].map((v, i) => colourIndex(v, low[i >> 2]!, high[i >> 2]!));
    expect([...drawn.pixels].map((p) => p & 255)).toEqual(expected);
  });

  it('draws one of every so many values where asked for less', () => {
    const side = 3;
    const nine = Float32Array.from({ length: 9 }, (_, i) => i * 10);
    const drawn = drawAtlasPixels({ values: nine, side }, Uint16Array.of(0), ranges, { columns: 1, rows: 1 }, colours, 0, 2);
    expect([drawn.width, drawn.height]).toEqual([2, 2]);
    expect([...drawn.pixels].map((p) => p & 255)).toEqual([0, 20, 60, 80]);
  });
});

describe('drawLargestAtlas', () => {
  const drawUpTo = (fits: number) => (stride: number) => {
    if (stride < fits) new Float32Array(-1); // a RangeError, as where memory cannot be had
  };

  it.each([1, 2, 4])('takes stride %i where no smaller one fits', (fits) => {
    expect(drawLargestAtlas(drawUpTo(fits))).toBe(fits);
  });

  it('says so where none fits, and hands on what is no matter of memory', () => {
    expect(() => drawLargestAtlas(drawUpTo(8))).toThrow(expect.objectContaining({ code: 'out-of-memory' }));
    const other = (): void => {
      throw new TypeError('x');
    };
    expect(() => drawLargestAtlas(other)).toThrow(TypeError);
  });
});
