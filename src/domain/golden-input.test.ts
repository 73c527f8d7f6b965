import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { drawGoldenInput } from './golden-input';
import { VECTORS } from './testdata/vectors';

function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

it.each(VECTORS.golden)('$input is the picture that training/golden.py draws', ({ input, sha256 }) => {
  expect(sha256Of(drawGoldenInput(input))).toBe(sha256);
});

it('draws every picture once in the vectors', () => {
  expect(VECTORS.golden.map(({ input }) => input).sort()).toEqual(['checker', 'gradient', 'lesion', 'noise']);
});

it('follows the formulas', () => {
  const at = (x: number, y: number): number => (y * 128 + x) * 3;
  expect([...drawGoldenInput('gradient').subarray(at(127, 3), at(127, 3) + 3)]).toEqual([254, 6, 125]);
  expect([...drawGoldenInput('checker').subarray(at(8, 0), at(8, 0) + 3)]).toEqual([230, 200, 180]);
  // 12345 * 1664525 + 1013904223 = 21562465348 = 87628868 (mod 2^32); its top byte is 5
  expect(drawGoldenInput('noise')[0]).toBe(5);
  expect([...drawGoldenInput('lesion').subarray(at(64, 60), at(64, 60) + 3)]).toEqual([105, 73, 50]);
});
