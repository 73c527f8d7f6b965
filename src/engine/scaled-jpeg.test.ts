import { imageSize } from 'image-size';
import { expect, test } from 'vitest';
import { readJpegOrientation } from '../domain/exif-orientation';
import { findDamage } from '../domain/find-damage';
import { MAX_SCALED_PIXELS, MAX_SHOWN_PIXELS } from '../domain/photo-limits';
import { createScaledDecoder, drawScaleProbe, planScaledSize, type DecodeAt } from './scaled-jpeg';

const LARGE = { width: 12_000, height: 9000 };
const LARGE_JPEG = new Blob(['large']);

/** A browser that scales as it is asked to, the probe as it is drawn. */
const scaling: DecodeAt = (_, { width, height }) => {
  const rgba = new Uint8Array(width * height * 4).map((_value, i) => {
    return i % 4 === 3 ? 255 : (i >> 2) % width < width / 2 ? 64 : 192;
  });
  return Promise.resolve({ width, height, rgba });
};

test.each([
  ['108 megapixels: a half', 12_000, 9000, 6000, 4500],
  ['200 megapixels: three eighths', 16_320, 12_240, 6120, 4590],
  ['just above 100: a half', 10_001, 10_000, 5001, 5000],
  ['a long strip', 65_535, 3000, 24_576, 1125],
])('%s', (_, width, height, scaledWidth, scaledHeight) => {
  const size = { width, height };
  expect(planScaledSize(size, MAX_SCALED_PIXELS)).toEqual({ width: scaledWidth, height: scaledHeight });
  const shown = planScaledSize(size, MAX_SHOWN_PIXELS);
  expect(shown).toEqual({ width: Math.ceil(width / 4), height: Math.ceil(height / 4) });
});

test('the probe is a whole JPEG that is to be turned', async () => {
  const bytes = new Uint8Array(await drawScaleProbe().arrayBuffer());
  expect(findDamage('jpeg', bytes)).toBeNull();
  expect(imageSize(bytes)).toMatchObject({ width: 16, height: 8 });
  const source = { sizeBytes: bytes.length, read: (from: number, to: number) => Promise.resolve(bytes.subarray(from, to)) };
  expect(await readJpegOrientation(source)).toBe(6);
});

test('a browser that scales is asked for the planned size, and for the probe once', async () => {
  const asked: string[] = [];
  const decode = createScaledDecoder((jpeg, size) => {
    asked.push(`${jpeg === LARGE_JPEG ? 'photo' : 'probe'} ${size.width}x${size.height}`);
    return scaling(jpeg, size);
  });
  await decode(LARGE_JPEG, LARGE, MAX_SCALED_PIXELS);
  expect(await decode(LARGE_JPEG, LARGE, MAX_SCALED_PIXELS)).toMatchObject({ width: 6000, height: 4500 });
  expect(asked).toEqual(['probe 8x4', 'photo 6000x4500', 'photo 6000x4500']);
});

/** What else browsers make of the probe; a large photo is not even tried. */
const OTHERS: readonly (readonly [string, DecodeAt])[] = [
  ['has no ImageDecoder', () => Promise.reject(new ReferenceError('ImageDecoder is not defined'))],
  ['does not scale', (jpeg) => scaling(jpeg, { width: 16, height: 8 })],
  ['turns it', (jpeg) => scaling(jpeg, { width: 4, height: 8 })],
  [
    'alters pixels',
    async (jpeg, size) => {
      const pixels = await scaling(jpeg, size);
      pixels.rgba[4]! += 3;
      return pixels;
    },
  ],
];

test.each(OTHERS)('a browser that %s refuses large photos', async (_, decodeAt) => {
  const decode = createScaledDecoder((jpeg, size) => {
    expect(jpeg).not.toBe(LARGE_JPEG);
    return decodeAt(jpeg, size);
  });
  const code = { code: 'image-too-many-pixels', detail: '12000 x 9000' };
  await expect(decode(LARGE_JPEG, LARGE, MAX_SCALED_PIXELS)).rejects.toMatchObject(code);
});

test('what comes at another size or not at all gives its code', async () => {
  const decodeAs = (photo: DecodeAt) => {
    return createScaledDecoder((jpeg, size) => (jpeg === LARGE_JPEG ? photo : scaling)(jpeg, size))(
      LARGE_JPEG,
      LARGE,
      MAX_SCALED_PIXELS,
    );
  };
  const larger = decodeAs((jpeg) => scaling(jpeg, { width: 60, height: 45 }));
  await expect(larger).rejects.toMatchObject({ code: 'image-too-many-pixels' });
  const failing = decodeAs(() => Promise.reject(new DOMException('no', 'EncodingError')));
  await expect(failing).rejects.toMatchObject({ code: 'image-decode-failed' });
  const full = decodeAs(() => Promise.reject(new RangeError('Array buffer allocation failed')));
  await expect(full).rejects.toThrow('allocation failed');
});
