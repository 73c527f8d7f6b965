/**
 * F(2x2, 3x3): 2x2 outputs of a 3x3 convolution out of 4x4 inputs with 16 multiplications instead of 36 (Lavin and Gray 2016,
 * arXiv:1509.09308, section 4.1). Each function works on four channels at once; parameters as in winograd4.ts.
 */
import { loadHalves } from './simd';

export function transformKernel2(from: usize, tap: usize, temporary: usize, to: usize, stride: usize): void {
  for (let j: usize = 0; j < 3; j++, from += tap) {
    kernelColumn(loadHalves(from), loadHalves(from + 3 * tap), loadHalves(from + 6 * tap), temporary + (j << 4), 48);
  }
  for (let i: usize = 0; i < 4; i++, temporary += 48, to += 4 * stride) {
    kernelColumn(v128.load(temporary), v128.load(temporary, 16), v128.load(temporary, 32), to, stride);
  }
}

// @ts-ignore: decorator
@inline
function kernelColumn(g0: v128, g1: v128, g2: v128, to: usize, stride: usize): void {
  const half = f32x4.splat(0.5);
  const even = f32x4.add(g0, g2);
  v128.store(to, g0);
  v128.store(to + stride, f32x4.mul(f32x4.add(even, g1), half));
  v128.store(to + 2 * stride, f32x4.mul(f32x4.sub(even, g1), half));
  v128.store(to + 3 * stride, g2);
}

export function transformInput2(from: usize, row: usize, column: usize, temporary: usize, to: usize, stride: usize): void {
  for (let j: usize = 0; j < 4; j++) inputColumn(from + j * column, row, temporary + (j << 4), 64);
  for (let i: usize = 0; i < 4; i++) inputColumn(temporary + (i << 6), 16, to + i * 4 * stride, stride);
}

// @ts-ignore: decorator
@inline
function inputColumn(from: usize, step: usize, to: usize, stride: usize): void {
  const d1 = v128.load(from + step);
  const d2 = v128.load(from + 2 * step);
  v128.store(to, f32x4.sub(v128.load(from), d2));
  v128.store(to + stride, f32x4.add(d1, d2));
  v128.store(to + 2 * stride, f32x4.sub(d2, d1));
  v128.store(to + 3 * stride, f32x4.sub(d1, v128.load(from + 3 * step)));
}

/** -> sums [2][2] at `to`, 16 bytes apart. */
export function transformOutput2(from: usize, stride: usize, temporary: usize, to: usize): void {
  for (let j: usize = 0; j < 4; j++) outputColumn(from + j * stride, 4 * stride, temporary + (j << 4), 64);
  for (let i: usize = 0; i < 2; i++) outputColumn(temporary + (i << 6), 16, to + (i << 5), 16);
}

// @ts-ignore: decorator
@inline
function outputColumn(from: usize, step: usize, to: usize, stride: usize): void {
  const m1 = v128.load(from + step);
  const m2 = v128.load(from + 2 * step);
  v128.store(to, f32x4.add(f32x4.add(v128.load(from), m1), m2));
  v128.store(to + stride, f32x4.sub(f32x4.sub(m1, m2), v128.load(from + 3 * step)));
}
