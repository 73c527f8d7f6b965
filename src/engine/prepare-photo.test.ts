import { describe, expect, it } from 'vitest';
import type { SourcePx, SquareCrop } from '../domain/geometry';
import { resampleSquare } from '../domain/resample';
import { preparePhoto } from './prepare-photo';
import { gradientDecoder } from './testing';

function crop(x: number, y: number, size: number): SquareCrop {
  return { x: x as SourcePx, y: y as SourcePx, size: size as SourcePx };
}

async function openGradient(width: number, height: number) {
  return gradientDecoder(width, height)(new Blob(['photo']));
}

describe('preparePhoto', () => {
  it.each([
    ['many bands', 3000, 1500, crop(700.25, 12.5, 1400)],
    ['one band', 300, 200, crop(10, 20, 150)],
    ['a picture smaller than the input', 20, 30, crop(0, 5, 20)],
  ])('gives what resampling the whole photo gives: %s', async (_, width, height, square) => {
    const photo = await openGradient(width, height);
    const whole = photo.readPixels(0, 0, width, height);
    expect(preparePhoto(photo, square).inputRgb).toEqual(resampleSquare(whole, width, height, square));
  });

  it('reads no pixel outside the crop and its taps', async () => {
    const photo = await openGradient(2000, 1000);
    const read: number[][] = [];
    preparePhoto({ ...photo, readPixels: (...rect) => (read.push(rect), photo.readPixels(...rect)) }, crop(1000, 500, 400));
    for (const [x, y, width, height] of read) {
      expect(x).toBeGreaterThanOrEqual(995);
      expect(x! + width!).toBeLessThanOrEqual(1405);
      expect(y).toBeGreaterThanOrEqual(495);
      expect(y! + height!).toBeLessThanOrEqual(905);
    }
  });

  it('takes the largest centred square by default and moves a crop into the photo', async () => {
    const photo = await openGradient(200, 100);
    expect(preparePhoto(photo, null).crop).toEqual(crop(50, 0, 100));
    expect(preparePhoto(photo, crop(180, -5, 60)).crop).toEqual(crop(140, 0, 60));
  });

  it('refuses a crop that is not of numbers', async () => {
    const photo = await openGradient(200, 100);
    expect(() => preparePhoto(photo, crop(NaN, 0, 10))).toThrow('unexpected');
  });
});
