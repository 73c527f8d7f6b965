import { expect, test } from 'vitest';
import { msLeft } from './time-left';

test('the rest takes as long a step as what was done since the start', () => {
  expect(msLeft({ atMs: 1000, done: 10 }, 3000, 20, 50)).toBe(6000);
  expect(msLeft({ atMs: 1000, done: 10 }, 3000, 10, 50)).toBeNull();
});
