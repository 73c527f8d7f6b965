import { expect, it } from 'vitest';
import { chooseThreads } from './available-threads';

it.each([
  [1, 1],
  [2, 2],
  [4, 4],
  [6, 4],
  [8, 4],
  [12, 6],
  [16, 8],
  [64, 8],
])('on %i logical cores uses %i threads', (cores, threads) => {
  expect(chooseThreads(cores)).toBe(threads);
});
