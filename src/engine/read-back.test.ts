import { expect, test } from 'vitest';
import { LensError } from '../domain/errors';
import type { SourcePx } from '../domain/geometry';
import type { PixelSource } from './decode';
import { createTrustedChoice, drawKnownPicture, measureReadBack, SLIGHT_LEVELS } from './read-back';

type Decode = (picture: Blob) => Promise<PixelSource>;

/** Decodes the known picture from its BMP and hands its pixels over, changed. */
function decoder(change: (value: number, i: number) => number = (value) => value): Decode {
  return async (photo) => {
    const bytes = new Uint8Array(await photo.arrayBuffer());
    const view = new DataView(bytes.buffer);
    const [width, height] = [view.getInt32(18, true), view.getInt32(22, true)];
    const rowBytes = Math.ceil((width * 3) / 4) * 4;
    return {
      size: { width: width as SourcePx, height: height as SourcePx },
      close: () => undefined,
      readPixels: () =>
        Uint8ClampedArray.from({ length: width * height * 4 }, (_, i) => {
          const [pixel, c] = [i >> 2, i & 3];
          const [x, y] = [pixel % width, Math.floor(pixel / width)];
          return c === 3 ? 255 : change(bytes[54 + (height - 1 - y) * rowBytes + x * 3 + 2 - c]!, i);
        }),
    };
  };
}

const smaller: Decode = async (photo) => ({
  ...(await decoder()(photo)),
  size: { width: 1 as SourcePx, height: 1 as SourcePx },
});
const broken: Decode = () => Promise.reject(new TypeError('VideoFrame is not defined'));

test('the known picture has every grey level in every channel', () => {
  const { rgba } = drawKnownPicture();
  for (let c = 0; c < 3; c++) expect(new Set(rgba.filter((_, i) => i % 4 === c)).size).toBe(256);
});

test('one altered bit of one pixel is found', async () => {
  expect(await measureReadBack(decoder())).toBe(0);
  expect(await measureReadBack(decoder((value, i) => (i === 20_001 ? value ^ 1 : value)))).toBe(1);
});

test('an exact way is taken, the preferred one first', async () => {
  const [first, second] = [decoder(), decoder()];
  expect(await createTrustedChoice([first, second], measureReadBack)()).toEqual({ way: first, noise: 0 });
  const noisy = decoder((value) => value ^ 1);
  expect(await createTrustedChoice([noisy, second], measureReadBack)()).toEqual({ way: second, noise: 0 });
  expect(await createTrustedChoice([broken, second], measureReadBack)()).toEqual({ way: second, noise: 0 });
});

test('where none is exact the least noisy one is taken, and the noise told', async () => {
  const slight = decoder((value, i) => (i % 7 === 0 ? value ^ 1 : value));
  const more = decoder((value, i) => (i % 7 === 0 ? Math.abs(value - SLIGHT_LEVELS) : value));
  expect(await createTrustedChoice([more, slight, broken], measureReadBack)()).toEqual({ way: slight, noise: 1 });
});

test.each([
  ['blank', decoder(() => 255)],
  ['noise', decoder((_, i) => (i * 7919) % 256)],
  ['another size', smaller],
])('%s is refused, and asked anew the next time', async (_, way) => {
  let calls = 0;
  const counting: Decode = (photo) => {
    calls += 1;
    return calls < 3 ? way(photo) : decoder()(photo);
  };
  const trusted = createTrustedChoice([counting], measureReadBack);
  for (let i = 0; i < 2; i++) {
    const failure: unknown = await trusted().catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(LensError);
    expect((failure as LensError).code).toBe('pixels-altered');
  }
  expect((await trusted()).noise).toBe(0);
  await trusted();
  expect(calls).toBe(3);
});

test('a full memory is no altered pixel', async () => {
  const full: Decode = () => Promise.reject(new LensError('out-of-memory', 'no canvas'));
  await expect(createTrustedChoice([full], measureReadBack)()).rejects.toMatchObject({ code: 'out-of-memory' });
});
