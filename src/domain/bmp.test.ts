import { imageSize } from 'image-size';
import { expect, it } from 'vitest';
import { encodeBmp } from './bmp';
import { isComplete } from './image-end';
import { sniffImageType } from './image-file';
import { sourceOfBytes } from './testdata/bytes';

// 3 x 2: red, green, blue; black, half a red, nothing at all
const RGBA = Uint8Array.from([
  ...[255, 0, 0, 255, 0, 255, 0, 255, 0, 0, 255, 255],
  ...[0, 0, 0, 255, 255, 0, 0, 128, 9, 9, 9, 0],
]);

it('writes rows from the bottom as BGR, padded to 4 bytes, transparency on white', () => {
  const file = encodeBmp({ width: 3, height: 2, rgba: RGBA });
  expect([...file.subarray(54)]).toEqual([
    ...[0, 0, 0, 127, 127, 255, 255, 255, 255, 0, 0, 0],
    ...[0, 0, 255, 0, 255, 0, 255, 0, 0, 0, 0, 0],
  ]);
});

it('is a whole BMP to those that read one', async () => {
  const file = encodeBmp({ width: 3, height: 2, rgba: RGBA });
  expect(imageSize(file)).toMatchObject({ type: 'bmp', width: 3, height: 2 });
  expect(sniffImageType(file)).toBe('bmp');
  expect(await isComplete('bmp', sourceOfBytes(file))).toBe(true);
  expect(await isComplete('bmp', sourceOfBytes(file.subarray(0, -1)))).toBe(false);
});
