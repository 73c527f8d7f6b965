import { expect, test } from 'vitest';
import { formatSigned, ratioOf } from './format-signed';

test('a number shows its sign, zero has none', () => {
  expect([0.4123, -1.2, 0, -0].map(formatSigned)).toEqual(['+0.412', '−1.2', '0', '0']);
});

test('nothing is a multiple of zero', () => {
  expect(ratioOf(6, 2)).toBe(3);
  expect(ratioOf(6, 0)).toBeNull();
});
