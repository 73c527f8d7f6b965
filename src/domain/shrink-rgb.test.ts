import { expect, it } from 'vitest';
import { shrinkRgb } from './shrink-rgb';

it('takes the mean of what each pixel stands for', () => {
  const rgb = Uint8Array.from({ length: 4 * 4 * 3 }, (_, i) => Math.floor(i / 3)); // 0 to 15, grey
  const means = [2.5, 4.5, 10.5, 12.5].map(Math.round);
  expect([...shrinkRgb(rgb, 4, 2)]).toEqual(means.flatMap((mean) => [mean, mean, mean]));
});

it('refuses a factor that is not whole', () => {
  expect(() => shrinkRgb(new Uint8Array(27), 3, 2)).toThrow(RangeError);
});
