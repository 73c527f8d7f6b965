import { expect, test } from 'vitest';
import { kernelPatch } from './first-kernels';

test('a kernel is taken out of its row of filters and scaled about grey by its own greatest weight', () => {
  const kernels = new Float32Array(27 * 2);
  kernels[1] = -4; // row 0, column 0, red, filter 1
  kernels[26 * 2 + 1] = 2; // row 2, column 2, blue
  const patch = kernelPatch(kernels, 2, 1);
  expect([patch[0], patch[1], patch[26]]).toEqual([0, 127.5, 191.25]);
  expect(kernelPatch(kernels, 2, 0)).toEqual(new Float32Array(27).fill(127.5));
});
