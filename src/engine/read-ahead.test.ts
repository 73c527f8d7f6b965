import { expect, it } from 'vitest';
import type { SquareCrop } from '../domain/geometry';
import { LensError } from '../domain/errors';
import type { AnalyseRequest } from './protocol';
import { createPhotoReader, READ_AHEAD_PIXELS } from './read-ahead';
import { countingDecoder } from './testing';

/** Of the network's input. */
const SIDE = 128;
const crop = { x: 0, y: 0, size: 128 } as SquareCrop;

function request(sourcePixels?: number): AnalyseRequest {
  return { runId: 1, photo: new Blob(['x']), crop, keepMaps: false, ...(sourcePixels === undefined ? {} : { sourcePixels }) };
}

it('reads small photos before their turn, each once', async () => {
  const counter = countingDecoder(4000, 3000);
  const startReading = createPhotoReader(counter.decode, () => SIDE);
  const reads = [startReading(request(12e6)), startReading(request(12e6))];
  expect(counter).toMatchObject({ decoded: 2, openPixels: 24e6 });
  for (const read of reads) expect((await read()).source).toEqual({ width: 4000, height: 3000 });
  expect(counter).toMatchObject({ decoded: 2, openPixels: 0 });
});

it('reads no more ahead than the budget holds; what is closed makes room', async () => {
  const counter = countingDecoder(4000, 3000);
  const startReading = createPhotoReader(counter.decode, () => SIDE);
  const reads = Array.from({ length: 5 }, () => startReading(request(12e6)));
  expect(counter.openPixels).toBe(24e6);
  for (const read of reads) await read();
  expect(counter).toMatchObject({ decoded: 5, openPixels: 0 });
  expect(counter.mostOpenPixels).toBeLessThanOrEqual(READ_AHEAD_PIXELS + 12e6);
  startReading(request(12e6));
  expect(counter.openPixels).toBe(12e6);
});

it.each([
  ['a large one', 100e6],
  ['one whose header says no size', undefined],
])('reads %s in its own turn only', async (_, sourcePixels) => {
  const counter = countingDecoder(10_000, 10_000);
  const startReading = createPhotoReader(counter.decode, () => SIDE);
  const reads = [startReading(request(sourcePixels)), startReading(request(sourcePixels))];
  expect(counter.decoded).toBe(0);
  for (const read of reads) await read();
  expect(counter).toMatchObject({ decoded: 2, openPixels: 0, mostOpenPixels: 100e6 });
});

it('a photo that fails ahead of its turn says so in its turn, and gives its room back', async () => {
  let decoded = 0;
  const startReading = createPhotoReader(
    () => {
      decoded += 1;
      return Promise.reject(new LensError('image-decode-failed'));
    },
    () => SIDE,
  );
  const read = startReading(request(READ_AHEAD_PIXELS));
  expect(decoded).toBe(1);
  await expect(read()).rejects.toMatchObject({ code: 'image-decode-failed' });
  startReading(request(READ_AHEAD_PIXELS));
  expect(decoded).toBe(2);
});

it('without a loaded network a photo waits for its turn', async () => {
  const counter = countingDecoder(400, 300);
  let side: number | null = null;
  const read = createPhotoReader(counter.decode, () => side)(request(12e4));
  expect(counter.decoded).toBe(0);
  side = SIDE;
  expect((await read()).inputRgb).toHaveLength(SIDE * SIDE * 3);
});
