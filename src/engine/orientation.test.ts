import { imageSize } from 'image-size';
import { decode } from 'fast-png';
import { expect, test } from 'vitest';
import { sourceOfBytes, type ByteSource } from '../domain/byte-source';
import { readOrientation } from '../domain/exif-orientation';
import { findDamage } from '../domain/find-damage';
import type { SourcePx, SourceSize } from '../domain/geometry';
import type { PixelSource } from './decode';
import { createTurnReader, drawTurnProbe, turnSource } from './orientation';

const KINDS = ['webp', 'png'] as const;

async function bytesOf(blob: Blob): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await blob.arrayBuffer());
}

async function sourceOf(blob: Blob): Promise<ByteSource> {
  return sourceOfBytes(await bytesOf(blob));
}

test.each(KINDS)('the probe is a whole %s of two pixels that lies on its side', async (type) => {
  const bytes = await bytesOf(drawTurnProbe(type));
  expect(findDamage(type, bytes)).toBeNull();
  expect(imageSize(bytes)).toMatchObject({ width: 2, height: 1 });
  expect(await readOrientation(type, sourceOfBytes(bytes))).toBe(6);
  if (type === 'png') expect([...decode(bytes, { checkCrc: true }).data]).toEqual([128, 128]);
});

test.each(KINDS)('a %s is turned where the browser does not, and nowhere else; it is asked once', async (type) => {
  let asked = 0;
  const measure = (width: number, height: number) => () => {
    asked += 1;
    return Promise.resolve({ width, height });
  };
  const photo = drawTurnProbe(type);
  const bytes = await sourceOf(photo);
  const leaves = createTurnReader(measure(2, 1));
  expect([await leaves(bytes), await leaves(bytes)]).toEqual([6, 6]);
  expect(await createTurnReader(measure(1, 2))(bytes)).toBe(1);
  expect(asked).toBe(2);
  // One that stands upright is not asked about.
  const asking = createTurnReader(() => Promise.reject(new Error('asked')));
  expect(await asking(sourceOfBytes(Uint8Array.of(0xff, 0xd8, 0xff)))).toBe(1);
  expect(await asking(await sourceOf(photo.slice(0, 30)))).toBe(1);
});

test('a probe that cannot be decoded is an error, and asked anew', async () => {
  let calls = 0;
  const turnOf = createTurnReader(() => {
    calls += 1;
    return calls === 1 ? Promise.reject(new Error('no WebP')) : Promise.resolve({ width: 2, height: 1 });
  });
  await expect(turnOf(await sourceOf(drawTurnProbe('webp')))).rejects.toThrow('no WebP');
  expect(await turnOf(await sourceOf(drawTurnProbe('webp')))).toBe(6);
});

test('any part of a turned picture is read upright', () => {
  const size = { width: 4, height: 3 } as SourceSize;
  let isOpen = true;
  const stored: PixelSource = {
    size,
    readPixels: (left, top, columns, rows) => {
      const numbers = Uint32Array.from({ length: columns * rows }, (_, i) => {
        return (top + Math.floor(i / columns)) * size.width + left + (i % columns);
      });
      return new Uint8ClampedArray(numbers.buffer);
    },
    close: () => {
      isOpen = false;
    },
  };
  const upright = turnSource(stored, 6);
  expect(upright.size).toEqual({ width: 3 as SourcePx, height: 4 as SourcePx });
  const numbers = (part: Uint8ClampedArray): number[] => [...new Uint32Array(part.slice().buffer)];
  // The first row is the first column, from the bottom.
  expect(numbers(upright.readPixels(0, 0, 3, 4))).toEqual([8, 4, 0, 9, 5, 1, 10, 6, 2, 11, 7, 3]);
  expect(numbers(upright.readPixels(1, 2, 2, 1))).toEqual([6, 2]);
  expect(turnSource(stored, 1)).toBe(stored);
  const ofCopy = turnSource({ ...stored, sourceSize: { width: 8, height: 6 } as SourceSize }, 6);
  expect([ofCopy.size, ofCopy.sourceSize]).toEqual([upright.size, { width: 6, height: 8 }]);
  upright.close();
  expect(isOpen).toBe(false);
});
