/** Weights of 8 bits come out as the numbers that Python wrote. */
import { describe, expect, it } from 'vitest';
import { VECTORS } from '../domain/testdata/vectors';
import { halfToNumber, numberToHalf } from './halves';
import type { WeightSpec } from './model-artifacts';
import { readHalves, specBytes, withHalves } from './weight-files';

const bytesOf = (base64: string): Uint8Array<ArrayBuffer> => Uint8Array.from(Buffer.from(base64, 'base64'));
const spec = (name: string, shape: readonly number[], dtype: 'float16' | 'int8'): WeightSpec => ({
  name,
  shape: [...shape],
  dtype: 'float32',
  quantization: { dtype },
});

const CODED = bytesOf(VECTORS.codes.base64);
const KERNEL = spec('kernel', VECTORS.codes.shape, 'int8');
const BIAS = spec('bias', [3], 'float16');

/** Between two biases, cut at this byte. */
function model(cut: number) {
  const bytes = Uint8Array.from([1, 2, 3, 4, 5, 6, ...CODED, 7, 8, 9, 10, 11, 12]);
  return { weightSpecs: [BIAS, KERNEL, BIAS], weightData: [bytes.slice(0, cut).buffer, bytes.slice(cut).buffer] };
}

describe('weights of 8 bits', () => {
  it.each([0, 3, 6, 7, 11, 20, 24])('are what Python says, with the shards cut at byte %i', (cut) => {
    expect([...readHalves(model(cut), 1)]).toEqual([...bytesOf(VECTORS.codes.halves)]);
    expect([...readHalves(model(cut), 0)]).toEqual([1, 2, 3, 4, 5, 6]);
    expect([...readHalves(model(cut), 2)]).toEqual([7, 8, 9, 10, 11, 12]);
  });

  it('take a byte each, and two for each output', () => {
    expect(specBytes(KERNEL)).toBe(3 * 4 + 2 * 4);
    expect(specBytes(BIAS)).toBe(6);
  });

  it('are read once for a reader of float16 alone', () => {
    const halves = withHalves(model(9));
    expect(halves.weightSpecs.map(({ quantization }) => quantization.dtype)).toEqual(['float16', 'float16', 'float16']);
    expect([0, 1, 2].map((i) => [...readHalves(halves, i)])).toEqual([0, 1, 2].map((i) => [...readHalves(model(9), i)]));
  });

  it('are refused where they end early, or a scale is no number', () => {
    const short = { ...model(9), weightData: [CODED.slice(0, 9).buffer] };
    expect(() => readHalves(short, 1)).toThrow(expect.objectContaining({ code: 'model-invalid' }));
    const endless = CODED.slice();
    endless.set([0, 0x7c]);
    expect(() => readHalves({ weightSpecs: [KERNEL], weightData: [endless.buffer] }, 0)).toThrow(
      expect.objectContaining({ code: 'model-invalid' }),
    );
  });
});

describe('float16', () => {
  it('is had back bit by bit', () => {
    for (let bits = 0; bits < 2 ** 16; bits++) {
      if ((bits & 0x7c00) === 0x7c00 || bits === 0x8000) continue;
      expect(numberToHalf(halfToNumber(bits))).toBe(bits);
    }
  });

  it('is the nearest, of two the even one', () => {
    expect(numberToHalf(1 + 2 ** -11)).toBe(0x3c00);
    expect(numberToHalf(1 + 3 * 2 ** -11)).toBe(0x3c02);
    expect(numberToHalf(-(1 + 2 ** -11 + 2 ** -20))).toBe(0xbc01);
    expect(numberToHalf(2 - 2 ** -12)).toBe(0x4000);
    expect(numberToHalf(2 ** -25)).toBe(0);
    expect(numberToHalf(3 * 2 ** -25)).toBe(2);
    expect(numberToHalf(65519)).toBe(0x7bff);
    expect(numberToHalf(-65520)).toBe(0xfc00);
  });
});
