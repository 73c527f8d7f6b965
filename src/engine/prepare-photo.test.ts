import { describe, expect, it } from 'vitest';
import type { SourcePx, SquareCrop } from '../domain/geometry';
import { turnSquareRgb } from '../domain/crop-turn';
import { resampleSquare } from '../domain/resample';
import { preparePhoto, prepareThumbnail } from './prepare-photo';
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
    expect(preparePhoto(photo, 128, square).inputRgb).toEqual(resampleSquare(whole, width, height, square, 128));
  });

  it('reads no pixel outside the crop and its taps', async () => {
    const photo = await openGradient(2000, 1000);
    const read: number[][] = [];
    preparePhoto({ ...photo, readPixels: (...rect) => (read.push(rect), photo.readPixels(...rect)) }, 128, crop(1000, 500, 400));
    for (const [x, y, width, height] of read) {
      expect(x).toBeGreaterThanOrEqual(995);
      expect(x! + width!).toBeLessThanOrEqual(1405);
      expect(y).toBeGreaterThanOrEqual(495);
      expect(y! + height!).toBeLessThanOrEqual(905);
    }
  });

  it('takes the largest centred square by default and moves a crop into the photo', async () => {
    const photo = await openGradient(200, 100);
    expect(preparePhoto(photo, 128, null).crop).toEqual(crop(50, 0, 100));
    expect(preparePhoto(photo, 128, crop(180, -5, 60)).crop).toEqual(crop(140, 0, 60));
  });

  it('takes the square in pixels of the photo where only a scaled copy of it is read', async () => {
    const copy = await openGradient(300, 200);
    const photo = { ...copy, sourceSize: { width: 600 as SourcePx, height: 400 as SourcePx } };
    for (const [wanted, ofCopy] of [
      [null, null],
      [crop(20, 40, 300), crop(10, 20, 150)],
    ] as const) {
      const prepared = preparePhoto(photo, 128, wanted);
      expect(prepared.crop).toEqual(wanted ?? crop(100, 0, 400));
      expect(prepared.inputRgb).toEqual(preparePhoto(copy, 128, ofCopy).inputRgb);
    }
    expect(prepareThumbnail(photo, 100)).toEqual({ ...prepareThumbnail(copy, 100), source: photo.sourceSize });
  });

  it('refuses a crop that is not of numbers', async () => {
    const photo = await openGradient(200, 100);
    expect(() => preparePhoto(photo, 128, crop(NaN, 0, 10))).toThrow('unexpected');
  });

  it('turns the picture after resampling, byte for byte', async () => {
    const photo = await openGradient(300, 200);
    const square = crop(10, 20, 150);
    const upright = preparePhoto(photo, 128, square).inputRgb;
    expect(preparePhoto(photo, 128, square, 0).inputRgb).toEqual(upright);
    for (const turns of [1, 2, 3] as const) {
      expect(preparePhoto(photo, 128, square, turns).inputRgb).toEqual(turnSquareRgb(upright, 128, turns));
    }
  });
});

describe('prepareThumbnail', () => {
  it('is the mean of what each pixel stands for, over several bands', async () => {
    const photo = await openGradient(3000, 1500);
    const { width, height, rgba, source } = prepareThumbnail(photo, 150);
    expect([width, height, rgba.length]).toEqual([150, 75, 150 * 75 * 4]);
    expect(source).toEqual(photo.size);
    const block = photo.readPixels(20 * 75, 20 * 30, 20, 20);
    const mean = (c: number): number => block.filter((_, i) => i % 4 === c).reduce((a, b) => a + b, 0) / 400;
    const at = (30 * 150 + 75) * 4;
    for (const c of [0, 1, 2]) expect(Math.abs(rgba[at + c]! - mean(c))).toBeLessThanOrEqual(0.5);
    expect(rgba[at + 3]).toBe(255);
  });

  it('copies a small photo and never ends with a side of none', async () => {
    const small = await openGradient(20, 30);
    expect(prepareThumbnail(small, 160).rgba).toEqual(small.readPixels(0, 0, 20, 30));
    const thin = prepareThumbnail(await openGradient(4000, 1), 160);
    expect([thin.width, thin.height]).toEqual([160, 1]);
  });
});
