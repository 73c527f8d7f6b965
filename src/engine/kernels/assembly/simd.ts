/** a * b + c, each rounded. */
// @ts-ignore: decorator
@inline
export function madd(a: v128, b: v128, c: v128): v128 {
  return f32x4.add(c, f32x4.mul(a, b));
}

/** Four float16 as float32, exactly; infinities and NaN do not come out as such. */
// @ts-ignore: decorator
@inline
export function loadHalves(at: usize): v128 {
  // Widened by their sign, which shifting then leaves in the three highest bits of the exponent: these go.
  const bits = v128.and(i32x4.shl(v128.load16x4_s(at), 13), i32x4.splat(0x8fffffff));
  // The exponents' biases are 112 apart; a product, so that subnormal halves come out too.
  return f32x4.mul(bits, f32x4.splat(reinterpret<f32>((112 + 127) << 23)));
}

// @ts-ignore: decorator
@inline
export function relu(x: v128): v128 {
  return f32x4.max(x, f32x4.splat(0));
}
