import { describe, expect, it } from 'vitest';
import { COLOUR_MAPS, colourAt, colourMapGradient, lookUpColours, type ColourMapName } from './colour-map';

/** CIE 1976 lightness of an sRGB colour, 0-100 (IEC 61966-2-1). */
function lightness(rgb: readonly number[]): number {
  const [r, g, b] = rgb.map((v) => (v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4));
  const y = 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
  return y > 216 / 24389 ? 116 * Math.cbrt(y) - 16 : (24389 / 27) * y;
}

describe.each(COLOUR_MAPS)('%s', (name) => {
  it('grows lighter all the way', () => {
    const l = Array.from({ length: 256 }, (_, i) => lightness(colourAt(name, i / 255)));
    for (let i = 1; i < 256; i++) expect(l[i]!).toBeGreaterThan(l[i - 1]!);
    expect(l[255]! - l[0]!).toBeGreaterThan(70);
  });

  it('fills an opaque table whose bytes are red, green, blue, alpha', () => {
    const table = lookUpColours(name);
    const bytes = new Uint8Array(table.buffer, 200 * 4, 4);
    expect([...bytes]).toEqual([...colourAt(name, 200 / 255).map(Math.round), 255]);
    expect(table).toBe(lookUpColours(name));
  });

  it('has a gradient for the legend', () => {
    expect(colourMapGradient(name)).toMatch(/^linear-gradient\(to right(, rgb\(\d+ \d+ \d+\)){2,}\)$/);
  });
});

describe('diverging', () => {
  const l = Array.from({ length: 256 }, (_, i) => lightness(colourAt('diverging', i / 255)));

  it('is dark in the middle and grows lighter to both ends', () => {
    for (let i = 129; i < 256; i++) expect(l[i]!).toBeGreaterThan(l[i - 1]!);
    for (let i = 126; i >= 0; i--) expect(l[i]!).toBeGreaterThan(l[i + 1]!);
    expect(l[255]! - l[128]!).toBeGreaterThan(60);
  });

  it('is equally light at equal distance from 0', () => {
    for (let i = 0; i < 128; i++) expect(Math.abs(l[i]! - l[255 - i]!)).toBeLessThan(5);
  });
});

it('clamps', () => {
  expect(colourAt('grey', -1)).toEqual([0, 0, 0]);
  expect(colourAt('grey', 2)).toEqual([255, 255, 255]);
});

/** Entries of matplotlib 3.11's tables, most of them between our anchors. */
it.each<[ColourMapName, [number, number[]][]]>([
  [
    'viridis',
    [
      [0, [68, 1, 84]],
      [1, [68, 2, 86]],
      [37, [70, 51, 127]],
      [64, [59, 82, 139]],
      [128, [33, 145, 140]],
      [201, [115, 208, 86]],
      [247, [234, 229, 26]],
      [255, [253, 231, 37]],
    ],
  ],
  [
    'magma',
    [
      [0, [0, 0, 4]],
      [1, [1, 0, 5]],
      [37, [36, 18, 83]],
      [64, [81, 18, 124]],
      [128, [183, 55, 121]],
      [201, [253, 154, 106]],
      [247, [252, 238, 176]],
      [255, [252, 253, 191]],
    ],
  ],
  [
    'cividis',
    [
      [0, [0, 34, 78]],
      [1, [0, 35, 79]],
      [37, [35, 60, 110]],
      [64, [67, 78, 108]],
      [128, [125, 124, 120]],
      [201, [197, 181, 104]],
      [247, [248, 223, 60]],
      [255, [254, 232, 56]],
    ],
  ],
])('%s is the published map to a byte, the ends exactly', (name, entries) => {
  for (const [index, rgb] of entries) {
    const ours = colourAt(name, index / 255).map(Math.round);
    const error = Math.max(...ours.map((v, c) => Math.abs(v - rgb[c]!)));
    expect([index, error <= (index % 255 === 0 ? 0 : 1)]).toEqual([index, true]);
  }
});
