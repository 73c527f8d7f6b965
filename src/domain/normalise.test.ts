import { describe, expect, it } from 'vitest';
import { normaliseRgb } from './normalise';
import { VECTORS } from './testdata/vectors';

const everyByte = Uint8Array.from({ length: 256 * 3 }, (_, i) => Math.floor(i / 3));

describe('normaliseRgb gives the bits of training/resample.py', () => {
  it.each(VECTORS.normalise)('$name', ({ mean, std, base64 }) => {
    const bytes = new Uint8Array(Buffer.from(base64, 'base64'));
    expect(new Uint8Array(normaliseRgb(everyByte, mean, std).buffer)).toEqual(bytes);
  });
});

it('maps 0 to -1 and 255 to 1 with mean and deviation 0.5, channel by channel', () => {
  const out = normaliseRgb(Uint8Array.of(0, 255, 51), [0.5, 0.5, 0.25], [0.5, 0.5, 0.5]);
  expect([...out]).toEqual([-1, 1, Math.fround((51 / 255 - 0.25) / 0.5)]);
});
