import { describe, expect, it } from 'vitest';
import { findLesion, otsuThreshold, type FoundLesion, type Thumbnail } from './find-lesion';
import type { SourcePx, SourceSize } from './geometry';
import { drawSyntheticLesion, type SyntheticLesionKind } from './synthetic-lesion';

const SKIN = [222, 178, 156] as const;

type Rgb = readonly [number, number, number];

function draw(width: number, height: number, colourAt: (x: number, y: number) => Rgb, scale = 10): Thumbnail {
  const rgba = new Uint8ClampedArray(width * height * 4);
  for (let i = 0; i < width * height; i++) rgba.set([...colourAt(i % width, Math.floor(i / width)), 255], i * 4);
  return { width, height, rgba, source: sizeOf(width * scale, height * scale) };
}

function sizeOf(width: number, height: number): SourceSize {
  return { width: width as SourcePx, height: height as SourcePx };
}

/** The sample's spot on plain skin: in it the spot reaches about 0.72 of a half side from the middle. */
function place(kind: SyntheticLesionKind, side: number, left: number, top: number): Thumbnail {
  const lesion = drawSyntheticLesion(kind, side);
  return draw(160, 120, (x, y) => {
    const [u, v] = [x - left, y - top];
    const isSpot = Math.hypot(u + 0.5 - side / 2, v + 0.5 - side / 2) < side * 0.42;
    if (!isSpot || u < 0 || v < 0 || u >= side || v >= side) return SKIN;
    const at = (v * side + u) * 4;
    return [lesion[at]!, lesion[at + 1]!, lesion[at + 2]!];
  });
}

function disc(x: number, y: number, cx: number, cy: number, radius: number): boolean {
  return Math.hypot(x - cx, y - cy) < radius;
}

const BROWN = [120, 74, 52] as const;

describe('findLesion', () => {
  it.each([
    ['regular', 100, 30, 10],
    ['regular', 60, 5, 5],
    ['regular', 40, 110, 70],
    ['irregular', 100, 40, 15],
    ['irregular', 70, 80, 45],
    ['irregular', 48, 10, 60],
  ] as const)('encloses the %s sample of %i px at %i, %i', (kind, side, left, top) => {
    const found = findLesion(place(kind, side, left, top)) as FoundLesion;
    expect(found.found).toBe(true);
    const { x, y, size } = found.crop;
    const [cx, cy] = [(left + side / 2) * 10, (top + side / 2) * 10];
    const core = side * 0.2 * 10;
    expect(x).toBeLessThanOrEqual(cx - core);
    expect(y).toBeLessThanOrEqual(cy - core);
    expect(x + size).toBeGreaterThanOrEqual(cx + core);
    expect(y + size).toBeGreaterThanOrEqual(cy + core);
    expect(size).toBeLessThanOrEqual(Math.min(1200, side * 10 * 1.6));
    expect([x, y, size].every(Number.isInteger)).toBe(true);
    expect(x >= 0 && y >= 0 && x + size <= 1600 && y + size <= 1200).toBe(true);
  });

  it('finds both samples as they are drawn, skin and hair included', () => {
    for (const kind of ['regular', 'irregular'] as const) {
      const found = findLesion({ width: 160, height: 160, rgba: drawSyntheticLesion(kind, 160), source: sizeOf(512, 512) });
      expect(found).toMatchObject({ found: true });
    }
  });

  it('gives the square in source pixels, with a margin', () => {
    const found = findLesion(draw(160, 120, (x, y) => (disc(x, y, 60, 50, 20) ? BROWN : SKIN), 25)) as FoundLesion;
    const { x, y, size } = found.crop;
    expect((x + size / 2) / 25).toBeCloseTo(60, -0.5);
    expect((y + size / 2) / 25).toBeCloseTo(50, -0.5);
    expect(size / 25).toBeGreaterThan(40 * 1.4);
    expect(size / 25).toBeLessThan(40 * 1.9);
    expect(found.share).toBeCloseTo((Math.PI * 400) / (160 * 120), 1);
    expect(found.deltaE).toBeGreaterThan(20);
  });

  it('keeps a large spot in the middle of a square that cannot grow', () => {
    const found = findLesion(draw(160, 100, (x, y) => (disc(x, y, 90, 50, 40) ? BROWN : SKIN))) as FoundLesion;
    expect(found.crop.size).toBe(1000);
    expect(Math.abs(found.crop.x + 500 - 900)).toBeLessThan(15);
    expect(found.crop.y).toBe(0);
  });

  it("sets a dermoscope's dark surround aside", () => {
    const found = findLesion(
      draw(160, 120, (x, y) => (!disc(x, y, 80, 60, 68) ? [6, 5, 7] : disc(x, y, 90, 55, 14) ? BROWN : SKIN)),
    ) as FoundLesion;
    expect(found.found).toBe(true);
    const { x, y, size } = found.crop;
    expect(Math.abs((x + size / 2) / 10 - 90)).toBeLessThan(3);
    expect(Math.abs((y + size / 2) / 10 - 55)).toBeLessThan(3);
    expect(size / 10).toBeLessThan(60);
  });

  it('passes over a thin hair beside the spot', () => {
    const found = findLesion(
      draw(160, 120, (x, y) => (disc(x, y, 70, 60, 16) ? BROWN : Math.abs(x - 120 - y / 8) < 0.6 ? [40, 28, 26] : SKIN)),
    ) as FoundLesion;
    expect(found.found).toBe(true);
    expect(found.crop.x + found.crop.size).toBeLessThan(1150);
  });

  it.each([
    ['too-small-photo', draw(12, 90, () => SKIN)],
    ['no-skin-border', draw(160, 120, () => [2, 2, 2])],
    ['no-clear-spot', draw(160, 120, () => SKIN)],
    ['no-clear-spot', draw(160, 120, (x, y) => (disc(x, y, 80, 60, 20) ? [212, 170, 149] : SKIN))],
    ['no-clear-spot', draw(160, 120, (x, y) => (disc(x, y, 80, 60, 2) ? BROWN : SKIN))],
    ['fills-photo', draw(160, 120, (x) => (x > 40 && x < 120 ? BROWN : SKIN))],
    ['several-spots', draw(160, 120, (x, y) => (disc(x, y, 50, 60, 18) || disc(x, y, 110, 60, 18) ? BROWN : SKIN))],
  ] as const)('says why there is none: %s', (reason, thumbnail) => {
    expect(findLesion(thumbnail)).toEqual({ found: false, reason });
  });

  it('does not fail on bytes that are missing', () => {
    expect(findLesion({ width: 100, height: 100, rgba: new Uint8Array(7), source: sizeOf(100, 100) })).toMatchObject({
      found: false,
    });
  });
});

describe('otsuThreshold', () => {
  it('parts two groups', () => {
    const values = Float32Array.from([...Array(50).keys()].map((i) => (i < 40 ? 1 + (i % 3) : 20 + (i % 5))));
    const cut = otsuThreshold(values);
    expect(cut).toBeGreaterThanOrEqual(3);
    expect(cut).toBeLessThan(20);
  });

  it('parts nothing where all are equal or there is nothing', () => {
    expect(otsuThreshold(new Float32Array(9).fill(4))).toBe(4);
    expect(otsuThreshold(new Float32Array(9))).toBe(0);
    expect(otsuThreshold(new Float32Array(0))).toBe(0);
  });
});
