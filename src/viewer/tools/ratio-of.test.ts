import { expect, test } from 'vitest';
import { ratioOf } from './ratio-of';

test('nothing is a multiple of zero', () => {
  expect(ratioOf(6, 2)).toBe(3);
  expect(ratioOf(6, 0)).toBeNull();
});
