import { expect, test } from 'vitest';
import { formatActivation, formatSigned } from './format-values';

test('three digits, with an exponent where it is very small or large', () => {
  expect([0, 0.4123, 12.345, 1234.5, 0.001, 0.000_987, 12_345, -0.5].map(formatActivation)).toEqual([
    '0',
    '0.412',
    '12.3',
    '1230',
    '0.001',
    '9.9e-4',
    '1.2e+4',
    '-0.5',
  ]);
});

test('a number shows its sign, zero has none', () => {
  expect([0.4123, -1.2, 0, -0].map(formatSigned)).toEqual(['+0.412', '−1.2', '0', '0']);
});
