import { describe, expect, it } from 'vitest';
import { drawGoldenInput } from './golden-input';
import type { SourcePx, SquareCrop } from './geometry';
import { assessPhoto } from './photo-quality';
import { resampleSquare } from './resample';
import { drawSyntheticLesion } from './synthetic-lesion';

const crop = (size: number): SquareCrop => ({ x: 0 as SourcePx, y: 0 as SourcePx, size: size as SourcePx });
const plain = (value: number): Uint8Array => new Uint8Array(128 * 128 * 3).fill(value);

describe('assessPhoto', () => {
  it.each(['regular', 'irregular'] as const)('has nothing against the %s sample', (kind) => {
    const rgb = resampleSquare(drawSyntheticLesion(kind, 256), 256, 256, crop(256), 128);
    expect(assessPhoto(rgb, crop(256)).reasons).toEqual([]);
  });

  it('names what is wrong', () => {
    expect(assessPhoto(plain(0), crop(500)).reasons).toEqual(['too-dark', 'no-contrast']);
    expect(assessPhoto(plain(255), crop(500)).reasons).toEqual(['too-bright', 'no-contrast']);
    expect(assessPhoto(plain(128), crop(500)).reasons).toEqual(['no-contrast']);
    expect(assessPhoto(drawGoldenInput('noise'), crop(47)).reasons).toEqual(['low-resolution']);
  });

  it('counts clipped pixels', () => {
    const rgb = plain(120);
    rgb.fill(5, 0, 3 * 1638); // 1638 of 16384 pixels
    rgb.fill(250, 3 * 2000, 3 * 2000 + 4); // one pixel, and one channel of the next
    const { measures } = assessPhoto(rgb, crop(300));
    expect([measures.clippedDark, measures.clippedBright]).toEqual([1638 / 16384, 1 / 16384]);
  });

  it('keeps its limits wider than what real lesion photos show', () => {
    // Of 11,878 photos the darkest has a mean of 45.8, the brightest of 241.1, the flattest a deviation of 3.6.
    const dim = plain(45);
    const bright = plain(241);
    for (const rgb of [dim, bright]) {
      for (let i = 0; i < rgb.length; i += 6) rgb.fill(rgb[i]! + 8, i, i + 3); // every other pixel
      expect(assessPhoto(rgb, crop(150)).reasons).toEqual([]);
    }
    expect(assessPhoto(drawGoldenInput('lesion'), crop(48)).reasons).toEqual([]);
  });

  it('measures luma and sharpness', () => {
    const { measures } = assessPhoto(drawGoldenInput('checker'), crop(300));
    const [light, dark] = [0.299 * 230 + 0.587 * 200 + 0.114 * 180, 0.299 * 90 + 0.587 * 60 + 0.114 * 50];
    expect(measures.meanLuma).toBeCloseTo((light + dark) / 2, 9);
    expect(measures.lumaDeviation).toBeCloseTo((light - dark) / 2, 9);
    expect(measures.laplacianVariance).toBeGreaterThan(assessPhoto(plain(90), crop(300)).measures.laplacianVariance);
    expect(measures.cropSidePx).toBe(300);
  });

  /** The irregular sample, its bytes changed by `change(byte, x, y)`. */
  function sample(change: (byte: number, x: number, y: number) => number): Uint8Array {
    const rgb = resampleSquare(drawSyntheticLesion('irregular', 256), 256, 256, crop(256), 128);
    return rgb.map((byte, i) => Math.min(255, Math.max(0, change(byte, Math.floor(i / 3) % 128, Math.floor(i / 384)))));
  }

  it('has no note on a good picture', () => {
    expect(
      assessPhoto(
        sample((byte) => byte),
        crop(256),
      ).notes,
    ).toEqual([]);
  });

  it.each([
    ['underexposed', sample((byte) => byte * 0.5)],
    ['overexposed', sample((byte) => Math.min(249, 170 + byte * 0.4))],
    ['clipped-highlights', sample((byte, x, y) => (x < 16 && y < 16 ? 255 : byte))],
    ['clipped-shadows', sample((byte, x, y) => (x > 56 && x < 80 && y > 56 && y < 80 ? 0 : byte))],
    ['flat-band', sample((byte, _x, y) => (y >= 104 ? 128 : byte))],
    ['flat-band', sample((byte, x) => (x < 50 ? 0 : byte))],
    ['flat-band', sample((byte, _x, y) => (y < 50 ? 255 : byte))],
    ['dark-corners', sample((byte, x, y) => (Math.hypot(x - 63.5, y - 63.5) > 64 ? 8 : byte))],
  ] as const)('notes %s, and that alone', (code, rgb) => {
    expect(assessPhoto(rgb, crop(256))).toMatchObject({ reasons: [], notes: [code] });
  });

  it('notes a blurred picture', () => {
    const small = resampleSquare(drawSyntheticLesion('irregular', 256), 256, 256, crop(256), 16);
    const rgba = new Uint8Array(16 * 16 * 4).map((_, i) => (i % 4 === 3 ? 255 : small[Math.floor(i / 4) * 3 + (i % 4)]!));
    const blurred = resampleSquare(rgba, 16, 16, crop(16), 128);
    expect(assessPhoto(blurred, crop(256)).notes).toEqual(['blurred']);
  });

  it('notes a square that had to be enlarged, up to where that is a reason', () => {
    const rgb = sample((byte) => byte);
    expect(assessPhoto(rgb, crop(128)).notes).toEqual([]);
    expect(assessPhoto(rgb, crop(127)).notes).toEqual(['few-pixels']);
    expect(assessPhoto(rgb, crop(40))).toMatchObject({ reasons: ['low-resolution'], notes: [] });
  });

  it('says nothing twice', () => {
    expect(assessPhoto(plain(0), crop(500)).notes).toEqual([]);
    expect(assessPhoto(plain(255), crop(500)).notes).toEqual([]);
  });

  it('measures the corners', () => {
    const corners = sample((byte, x, y) => (Math.hypot(x - 63.5, y - 63.5) > 64 ? 8 : byte));
    expect(assessPhoto(corners, crop(256)).measures.darkCorners).toBe(1);
    expect(
      assessPhoto(
        sample((byte) => byte),
        crop(256),
      ).measures.darkCorners,
    ).toBe(0);
    // One alone is no surround.
    const one = sample((byte, x, y) => (Math.hypot(x - 63.5, y - 63.5) > 64 && x < 64 && y < 64 ? 8 : byte));
    expect(assessPhoto(one, crop(256))).toMatchObject({ notes: [], measures: { darkCorners: 0 } });
  });
});

it('says that the browser alters what is read', () => {
  const grey = Uint8Array.from({ length: 128 * 128 * 3 }, (_, i) => (i % 96 < 48 ? 90 : 160));
  expect(assessPhoto(grey, crop(400)).notes).not.toContain('pixel-noise');
  expect(assessPhoto(grey, crop(400), 1).notes).toContain('pixel-noise');
});
