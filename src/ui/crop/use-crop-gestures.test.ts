import { describe, expect, it } from 'vitest';
import type { CropChoice, SourcePx, SourceSize, SquareCrop } from '../../domain/geometry';
import { cropAfterKey, cropAfterPinch } from './use-crop-gestures';

const PHOTO: SourceSize = { width: 800 as SourcePx, height: 600 as SourcePx };
const crop = (x: number, y: number, size: number): SquareCrop => ({ x: x as SourcePx, y: y as SourcePx, size: size as SourcePx });
const choice: CropChoice = { crop: crop(100, 100, 320), quarterTurns: 3 };

describe('cropAfterKey', () => {
  it.each([
    ['ArrowLeft', false, crop(90, 100, 320), 3],
    ['ArrowRight', false, crop(110, 100, 320), 3],
    ['ArrowUp', true, crop(100, 99, 320), 3],
    ['ArrowDown', true, crop(100, 101, 320), 3],
    ['+', false, crop(84, 84, 352), 3],
    ['-', false, crop(115, 115, 291), 3],
    ['R', false, crop(100, 100, 320), 0],
  ] as const)('%s, fine %s', (key, isFine, to, quarterTurns) => {
    expect(cropAfterKey(choice, PHOTO, key, isFine)).toEqual({ crop: to, quarterTurns });
  });

  it('closes at Escape and leaves other keys alone', () => {
    expect(cropAfterKey(choice, PHOTO, 'Escape', false)).toBeNull();
    expect(cropAfterKey(choice, PHOTO, 'Tab', false)).toBeUndefined();
  });

  it('moves a tiny square by a pixel at least', () => {
    expect(cropAfterKey({ crop: crop(5, 5, 16), quarterTurns: 0 }, PHOTO, 'ArrowLeft', false)?.crop).toEqual(crop(4, 5, 16));
  });
});

describe('cropAfterPinch', () => {
  const from = [
    { x: 100, y: 100 },
    { x: 200, y: 100 },
  ] as const;

  it('grows with the distance of the fingers and follows their middle', () => {
    expect(
      cropAfterPinch(
        crop(100, 100, 200),
        PHOTO,
        from,
        [
          { x: 90, y: 110 },
          { x: 240, y: 110 },
        ],
        2,
      ),
    ).toEqual(crop(80, 70, 300));
  });

  it('stays inside the photo', () => {
    expect(
      cropAfterPinch(
        crop(100, 100, 200),
        PHOTO,
        from,
        [
          { x: -900, y: 100 },
          { x: 1200, y: 100 },
        ],
        2,
      ),
    ).toEqual(crop(0, 0, 600));
    const tiny = cropAfterPinch(
      crop(100, 100, 200),
      PHOTO,
      from,
      [
        { x: 150, y: 100 },
        { x: 150, y: 100 },
      ],
      2,
    );
    expect(tiny.size).toBe(16);
  });
});
