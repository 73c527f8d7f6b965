import { describe, expect, it } from 'vitest';
import { flatBandOf } from './flat-band';
import type { SourcePx, SquareCrop } from './geometry';
import { hashPoint } from './lattice-noise';
import { resampleSquare } from './resample';
import { drawSyntheticLesion, type SyntheticLesionKind } from './synthetic-lesion';

type Rgb = readonly [number, number, number];
type Place = (x: number, y: number) => boolean;

const SIDE = 128;
const crop: SquareCrop = { x: 0 as SourcePx, y: 0 as SourcePx, size: 256 as SourcePx };

const SAMPLES = { regular: drawSyntheticLesion('regular', 256), irregular: drawSyntheticLesion('irregular', 256) };

/** A sample of 256 px, filled with a colour at the places named in pixels of the network's input, then made smaller to it. */
function filled(at: Place, color: Rgb, kind: SyntheticLesionKind = 'irregular'): Uint8Array {
  const rgba = SAMPLES[kind].slice();
  for (let i = 0; i < 256 * 256; i++) if (at((i % 256) / 2, Math.floor(i / 256) / 2)) rgba.set(color, i * 4);
  return resampleSquare(rgba, 256, 256, crop, SIDE);
}

/** Adds -1, 0 or 1 to each byte. */
const withNoise = (rgb: Uint8Array): Uint8Array =>
  rgb.map((byte, i) => Math.min(255, Math.max(0, byte + Math.floor(hashPoint(i % 384, Math.floor(i / 384), 3) * 3) - 1)));

const COLORS: readonly (readonly [string, Rgb])[] = [
  ['grey', [128, 128, 128]],
  ['black', [0, 0, 0]],
  ['white', [255, 255, 255]],
  ['green', [0, 135, 0]],
];
const PLACES: readonly (readonly [string, number, Place])[] = [
  ['at the bottom', 28 / 128, (_x, y) => y >= 100],
  ['at the top', 20 / 128, (_x, y) => y < 20],
  ['at the left', 16 / 128, (x) => x < 16],
  ['at the right', 64 / 128, (x) => x >= 64],
  ['across the middle', 12 / 128, (_x, y) => y >= 70 && y < 82],
  ['that begins within a row of blocks', 24 / 128, (x, y) => y >= 112 || (y >= 96 && x >= 64)],
];

describe('flatBandOf', () => {
  it.each(COLORS.flatMap(([name, color]) => PLACES.map(([where, share, at]) => [name, where, color, share, at] as const)))(
    'finds a %s band %s',
    (_name, _where, color, share, at) => {
      const rgb = filled(at, color);
      for (const picture of [rgb, withNoise(rgb)]) {
        const band = flatBandOf(picture);
        expect(Math.abs((band?.share ?? 0) - share)).toBeLessThan(0.02);
        color.forEach((byte, channel) => expect(Math.abs(band!.color[channel]! - byte)).toBeLessThan(1));
      }
    },
  );

  it.each(['regular', 'irregular'] as const)('finds none in the %s sample', (kind) => {
    expect(flatBandOf(filled(() => false, [0, 0, 0], kind))).toBeNull();
  });

  it.each([
    ['a flat picture', () => true],
    ['a thin band', (_x, y) => y >= 122],
    ['a round surround in the corners', (x, y) => Math.hypot(x - 64, y - 64) > 64],
    ['a round surround on all sides', (x, y) => Math.hypot(x - 64, y - 64) > 48],
    ['a round surround cut by the square', (x, y) => Math.hypot(x - 64, y - 10) > 100],
    ['a patch', (x, y) => x > 20 && x < 60 && y > 20 && y < 60],
    ['a corner that spans neither width nor height', (x, y) => x > 60 && y > 60],
  ] satisfies [string, Place][])('takes %s for none', (_name, at) => {
    for (const [, color] of COLORS) expect(flatBandOf(filled(at, color))).toBeNull();
  });

  it('takes a round surround for none, whatever its size and place', () => {
    for (let radius = 40; radius <= 200; radius += 20) {
      for (const off of [0, 20, 60, 100, 130]) {
        for (const [cx, cy] of [
          [64 + off, 64],
          [64, 64 - off],
          [64 - off * 0.7, 64 + off * 0.7],
        ] as const) {
          const isOutside: Place = (x, y) => Math.hypot(x - cx, y - cy) > radius;
          expect(flatBandOf(filled(isOutside, [10, 10, 10])), `${radius} ${cx} ${cy}`).toBeNull();
        }
      }
    }
  });

  it('finds a band whose edge ripples', () => {
    const rgb = filled((_x, y) => y >= 100, [128, 128, 128]);
    const ripples = rgb.map((byte, i) => {
      const row = Math.floor(i / 384);
      return row >= 100 && row < 108 ? byte + Math.round((hashPoint(i % 384, row, 5) - 0.5) * 20) : byte;
    });
    expect(flatBandOf(ripples)?.share).toBeCloseTo(28 / 128, 2);
  });

  it('takes a spot on plain paper, and a shade that fades, for none', () => {
    const paper = filled((x, y) => Math.hypot(x - 64, y - 64) > 40, [255, 255, 255]);
    expect(flatBandOf(paper)).toBeNull();
    // Overexposed at the top: flat 255 that fades.
    const rgb = filled(() => false, [0, 0, 0]);
    const faded = rgb.map((byte, i) => Math.min(255, byte + Math.max(0, 255 - Math.max(0, Math.floor(i / 384) - 20) * 2)));
    expect(flatBandOf(faded)).toBeNull();
  });
});
