/**
 * Matrix products of float32. Columns are packed by 8: b[columns / 8][k][8]. Rows are taken 6 at a time, the most whose sums stay
 * in the 16 registers of a processor's SIMD, and 4 at a time for what is left.
 */
import { madd } from './simd';

/** Bytes of one packed column block for each k. */
const BLOCK: usize = 32;

/**
 * m[rows][columns] = a[rows][k] b[k][columns], or that added to what m holds.
 * @param rows - even, 4 or more. @param k - even. @param columns - a multiple of 8.
 * @param aStride - bytes from a row of `a` to the next. @param mStride - the same of `m`.
 */
export function multiply(
  a: usize, aStride: usize, b: usize, k: i32, m: usize, mStride: usize, rows: i32, columns: i32, adds: bool,
): void {
  const kBytes = (<usize>k) << 2;
  // 6, and 4 where the rest would not come out.
  let sixes = rows / 6;
  while ((rows - sixes * 6) % 4 != 0) sixes--;
  const fours = (rows - sixes * 6) / 4;
  for (let n = 0; n < columns; n += 8) {
    let at = a;
    let to = m + ((<usize>n) << 2);
    for (let i = 0; i < sixes; i++) {
      sixRows(at, aStride, b, kBytes, to, mStride, adds);
      at += 6 * aStride;
      to += 6 * mStride;
    }
    for (let i = 0; i < fours; i++) {
      fourRows(at, aStride, b, kBytes, to, mStride, adds);
      at += 4 * aStride;
      to += 4 * mStride;
    }
    b += kBytes * 8;
  }
}

// @ts-ignore: decorator
@inline
function sixRows(a: usize, aStride: usize, b: usize, kBytes: usize, m: usize, mStride: usize, adds: bool): void {
  let c00 = f32x4.splat(0);
  let c01 = c00, c10 = c00, c11 = c00, c20 = c00, c21 = c00, c30 = c00, c31 = c00, c40 = c00, c41 = c00, c50 = c00, c51 = c00;
  if (adds) {
    let from = m;
    c00 = v128.load(from); c01 = v128.load(from, 16); from += mStride;
    c10 = v128.load(from); c11 = v128.load(from, 16); from += mStride;
    c20 = v128.load(from); c21 = v128.load(from, 16); from += mStride;
    c30 = v128.load(from); c31 = v128.load(from, 16); from += mStride;
    c40 = v128.load(from); c41 = v128.load(from, 16); from += mStride;
    c50 = v128.load(from); c51 = v128.load(from, 16);
  }
  let a0 = a, a1 = a + aStride;
  let a2 = a1 + aStride;
  let a3 = a2 + aStride;
  let a4 = a3 + aStride;
  let a5 = a4 + aStride;
  const end = a + kBytes;
  while (a0 < end) {
    let b0 = v128.load(b), b1 = v128.load(b, 16);
    let x = v128.load32_splat(a0);
    c00 = madd(x, b0, c00); c01 = madd(x, b1, c01);
    x = v128.load32_splat(a1);
    c10 = madd(x, b0, c10); c11 = madd(x, b1, c11);
    x = v128.load32_splat(a2);
    c20 = madd(x, b0, c20); c21 = madd(x, b1, c21);
    x = v128.load32_splat(a3);
    c30 = madd(x, b0, c30); c31 = madd(x, b1, c31);
    x = v128.load32_splat(a4);
    c40 = madd(x, b0, c40); c41 = madd(x, b1, c41);
    x = v128.load32_splat(a5);
    c50 = madd(x, b0, c50); c51 = madd(x, b1, c51);
    b0 = v128.load(b, 32); b1 = v128.load(b, 48);
    x = v128.load32_splat(a0, 4);
    c00 = madd(x, b0, c00); c01 = madd(x, b1, c01);
    x = v128.load32_splat(a1, 4);
    c10 = madd(x, b0, c10); c11 = madd(x, b1, c11);
    x = v128.load32_splat(a2, 4);
    c20 = madd(x, b0, c20); c21 = madd(x, b1, c21);
    x = v128.load32_splat(a3, 4);
    c30 = madd(x, b0, c30); c31 = madd(x, b1, c31);
    x = v128.load32_splat(a4, 4);
    c40 = madd(x, b0, c40); c41 = madd(x, b1, c41);
    x = v128.load32_splat(a5, 4);
    c50 = madd(x, b0, c50); c51 = madd(x, b1, c51);
    b += 2 * BLOCK;
    a0 += 8; a1 += 8; a2 += 8; a3 += 8; a4 += 8; a5 += 8;
  }
  v128.store(m, c00); v128.store(m, c01, 16); m += mStride;
  v128.store(m, c10); v128.store(m, c11, 16); m += mStride;
  v128.store(m, c20); v128.store(m, c21, 16); m += mStride;
  v128.store(m, c30); v128.store(m, c31, 16); m += mStride;
  v128.store(m, c40); v128.store(m, c41, 16); m += mStride;
  v128.store(m, c50); v128.store(m, c51, 16);
}

// @ts-ignore: decorator
@inline
function fourRows(a: usize, aStride: usize, b: usize, kBytes: usize, m: usize, mStride: usize, adds: bool): void {
  let c00 = f32x4.splat(0);
  let c01 = c00, c10 = c00, c11 = c00, c20 = c00, c21 = c00, c30 = c00, c31 = c00;
  if (adds) {
    let from = m;
    c00 = v128.load(from); c01 = v128.load(from, 16); from += mStride;
    c10 = v128.load(from); c11 = v128.load(from, 16); from += mStride;
    c20 = v128.load(from); c21 = v128.load(from, 16); from += mStride;
    c30 = v128.load(from); c31 = v128.load(from, 16);
  }
  let a0 = a, a1 = a + aStride;
  let a2 = a1 + aStride;
  let a3 = a2 + aStride;
  const end = a + kBytes;
  while (a0 < end) {
    let b0 = v128.load(b), b1 = v128.load(b, 16);
    let x = v128.load32_splat(a0);
    c00 = madd(x, b0, c00); c01 = madd(x, b1, c01);
    x = v128.load32_splat(a1);
    c10 = madd(x, b0, c10); c11 = madd(x, b1, c11);
    x = v128.load32_splat(a2);
    c20 = madd(x, b0, c20); c21 = madd(x, b1, c21);
    x = v128.load32_splat(a3);
    c30 = madd(x, b0, c30); c31 = madd(x, b1, c31);
    b0 = v128.load(b, 32); b1 = v128.load(b, 48);
    x = v128.load32_splat(a0, 4);
    c00 = madd(x, b0, c00); c01 = madd(x, b1, c01);
    x = v128.load32_splat(a1, 4);
    c10 = madd(x, b0, c10); c11 = madd(x, b1, c11);
    x = v128.load32_splat(a2, 4);
    c20 = madd(x, b0, c20); c21 = madd(x, b1, c21);
    x = v128.load32_splat(a3, 4);
    c30 = madd(x, b0, c30); c31 = madd(x, b1, c31);
    b += 2 * BLOCK;
    a0 += 8; a1 += 8; a2 += 8; a3 += 8;
  }
  v128.store(m, c00); v128.store(m, c01, 16); m += mStride;
  v128.store(m, c10); v128.store(m, c11, 16); m += mStride;
  v128.store(m, c20); v128.store(m, c21, 16); m += mStride;
  v128.store(m, c30); v128.store(m, c31, 16);
}

/** One row: m[8] = a[k] b[k][8]. @param k - a multiple of 4. */
export function multiplyRow(a: usize, b: usize, k: i32, m: usize): void {
  let c00 = f32x4.splat(0);
  let c01 = c00, c10 = c00, c11 = c00, c20 = c00, c21 = c00, c30 = c00, c31 = c00;
  const end = a + ((<usize>k) << 2);
  for (; a < end; a += 16, b += 4 * BLOCK) {
    let x = v128.load32_splat(a);
    c00 = madd(x, v128.load(b), c00); c01 = madd(x, v128.load(b, 16), c01);
    x = v128.load32_splat(a, 4);
    c10 = madd(x, v128.load(b, 32), c10); c11 = madd(x, v128.load(b, 48), c11);
    x = v128.load32_splat(a, 8);
    c20 = madd(x, v128.load(b, 64), c20); c21 = madd(x, v128.load(b, 80), c21);
    x = v128.load32_splat(a, 12);
    c30 = madd(x, v128.load(b, 96), c30); c31 = madd(x, v128.load(b, 112), c31);
  }
  v128.store(m, f32x4.add(f32x4.add(c00, c10), f32x4.add(c20, c30)));
  v128.store(m, f32x4.add(f32x4.add(c01, c11), f32x4.add(c21, c31)), 16);
}
