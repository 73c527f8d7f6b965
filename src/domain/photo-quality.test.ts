import { describe, expect, it } from 'vitest';
import { drawGoldenInput } from './golden-input';
import type { SourcePx, SquareCrop } from './geometry';
import { assessPhoto, REASON_SENTENCES } from './photo-quality';
import { resampleSquare } from './resample';
import { drawSyntheticLesion } from './synthetic-lesion';

const crop = (size: number): SquareCrop => ({ x: 0 as SourcePx, y: 0 as SourcePx, size: size as SourcePx });
const plain = (value: number): Uint8Array => new Uint8Array(128 * 128 * 3).fill(value);

describe('assessPhoto', () => {
  it.each(['regular', 'irregular'] as const)('has nothing against the %s sample', (kind) => {
    const rgb = resampleSquare(drawSyntheticLesion(kind, 256), 256, 256, crop(256));
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

  it('words every reason for the person, without a diagnosis or a risk', () => {
    for (const sentence of Object.values(REASON_SENTENCES)) {
      expect(sentence).toMatch(/^[A-Z].*\.$/);
      expect(sentence).not.toMatch(/diagnos|risk|danger|cancer/i);
    }
  });

  it('measures luma and sharpness', () => {
    const { measures } = assessPhoto(drawGoldenInput('checker'), crop(300));
    const [light, dark] = [0.299 * 230 + 0.587 * 200 + 0.114 * 180, 0.299 * 90 + 0.587 * 60 + 0.114 * 50];
    expect(measures.meanLuma).toBeCloseTo((light + dark) / 2, 9);
    expect(measures.lumaDeviation).toBeCloseTo((light - dark) / 2, 9);
    expect(measures.laplacianVariance).toBeGreaterThan(assessPhoto(plain(90), crop(300)).measures.laplacianVariance);
    expect(measures.cropSidePx).toBe(300);
  });
});
