import { expect, it } from 'vitest';
import { rgbToLab } from './lab-colour';

it.each([
  // Lindbloom's calculator, sRGB, D65.
  [
    [255, 255, 255],
    [100, 0, 0],
  ],
  [
    [0, 0, 0],
    [0, 0, 0],
  ],
  [
    [255, 0, 0],
    [53.24, 80.09, 67.2],
  ],
  [
    [0, 0, 255],
    [32.3, 79.19, -107.86],
  ],
  [
    [119, 119, 119],
    [50.03, 0, 0],
  ],
] as const)('rgbToLab %j', ([r, g, b], lab) => {
  rgbToLab(r, g, b).forEach((value, i) => {
    expect(Math.abs(value - lab[i]!)).toBeLessThan(0.02);
  });
});
