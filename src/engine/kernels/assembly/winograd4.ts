/**
 * F(4x4, 3x3): 4x4 outputs of a 3x3 convolution out of 6x6 inputs with 36 multiplications instead of 144 (Lavin and Gray 2016,
 * arXiv:1509.09308, section 4; points 0, 1, -1, 2, -2, infinity). Each function works on four channels at once.
 */
import { loadHalves } from './simd';

/**
 * Kernels in float16, `tap` bytes from one of their nine weights to the next, -> [36], `stride` bytes apart: G g G^T with the
 * rows of G as whole numbers; what they are too large by, `transformOutput4` takes out.
 */
export function transformKernel4(from: usize, tap: usize, temporary: usize, to: usize, stride: usize): void {
  for (let j: usize = 0; j < 3; j++, from += tap) {
    kernelColumn(loadHalves(from), loadHalves(from + 3 * tap), loadHalves(from + 6 * tap), temporary + (j << 4), 48);
  }
  for (let i: usize = 0; i < 6; i++, temporary += 48, to += 6 * stride) {
    kernelColumn(v128.load(temporary), v128.load(temporary, 16), v128.load(temporary, 32), to, stride);
  }
}

// @ts-ignore: decorator
@inline
function kernelColumn(g0: v128, g1: v128, g2: v128, to: usize, stride: usize): void {
  const even = f32x4.add(g0, g2);
  const far = f32x4.add(g0, f32x4.mul(g2, f32x4.splat(4)));
  const odd = f32x4.add(g1, g1);
  v128.store(to, g0);
  v128.store(to + stride, f32x4.add(even, g1));
  v128.store(to + 2 * stride, f32x4.sub(even, g1));
  v128.store(to + 3 * stride, f32x4.add(far, odd));
  v128.store(to + 4 * stride, f32x4.sub(far, odd));
  v128.store(to + 5 * stride, g2);
}

/**
 * Inputs [6][6] -> [36]: B^T d B.
 * @param row - bytes from a row of inputs to the next. @param column - the same of columns. @param stride - of what is written.
 */
export function transformInput4(from: usize, row: usize, column: usize, temporary: usize, to: usize, stride: usize): void {
  for (let j: usize = 0; j < 6; j++) {
    const at = from + j * column;
    inputColumn(at, row, temporary + (j << 4), 96);
  }
  for (let i: usize = 0; i < 6; i++) inputColumn(temporary + i * 96, 16, to + i * 6 * stride, stride);
}

// @ts-ignore: decorator
@inline
function inputColumn(from: usize, step: usize, to: usize, stride: usize): void {
  const four = f32x4.splat(4);
  const five = f32x4.splat(5);
  const d0 = v128.load(from);
  const d1 = v128.load(from + step);
  const d2 = v128.load(from + 2 * step);
  const d3 = v128.load(from + 3 * step);
  const d4 = v128.load(from + 4 * step);
  const d5 = v128.load(from + 5 * step);
  const even = f32x4.sub(d4, f32x4.mul(d2, four));
  const odd = f32x4.sub(d3, f32x4.mul(d1, four));
  const near = f32x4.sub(d4, d2);
  const difference = f32x4.sub(d3, d1);
  const far = f32x4.add(difference, difference);
  v128.store(to, f32x4.add(f32x4.sub(f32x4.mul(d0, four), f32x4.mul(d2, five)), d4));
  v128.store(to + stride, f32x4.add(even, odd));
  v128.store(to + 2 * stride, f32x4.sub(even, odd));
  v128.store(to + 3 * stride, f32x4.add(near, far));
  v128.store(to + 4 * stride, f32x4.sub(near, far));
  v128.store(to + 5 * stride, f32x4.add(f32x4.sub(f32x4.mul(d1, four), f32x4.mul(d3, five)), d5));
}

/** Products [36], `stride` bytes apart, -> sums [4][4] at `to`, 16 bytes apart: A^T m A. */
export function transformOutput4(from: usize, stride: usize, temporary: usize, to: usize): void {
  for (let j: usize = 0; j < 6; j++) outputColumn(from + j * stride, 6 * stride, temporary + (j << 4), 96);
  for (let i: usize = 0; i < 4; i++) outputColumn(temporary + i * 96, 16, to + (i << 6), 16);
}

// @ts-ignore: decorator
@inline
function outputColumn(from: usize, step: usize, to: usize, stride: usize): void {
  const sixth = f32x4.splat(-1.0 / 6.0);
  const twentyFourth = f32x4.splat(1.0 / 24.0);
  const m0 = f32x4.mul(v128.load(from), f32x4.splat(0.25));
  const m1 = v128.load(from + step);
  const m2 = v128.load(from + 2 * step);
  const m3 = v128.load(from + 3 * step);
  const m4 = v128.load(from + 4 * step);
  const near = f32x4.mul(f32x4.add(m1, m2), sixth);
  const nearOdd = f32x4.mul(f32x4.sub(m1, m2), sixth);
  const far = f32x4.mul(f32x4.add(m3, m4), twentyFourth);
  const farOdd = f32x4.mul(f32x4.sub(m3, m4), twentyFourth);
  v128.store(to, f32x4.add(f32x4.add(m0, near), far));
  v128.store(to + stride, f32x4.add(nearOdd, f32x4.add(farOdd, farOdd)));
  v128.store(to + 2 * stride, f32x4.add(near, f32x4.mul(far, f32x4.splat(4))));
  v128.store(
    to + 3 * stride,
    f32x4.add(f32x4.add(nearOdd, f32x4.mul(farOdd, f32x4.splat(8))), v128.load(from + 5 * step)),
  );
}
