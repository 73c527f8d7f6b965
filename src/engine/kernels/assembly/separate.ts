/** Maps that lie channel by channel -> each map by itself, and what is measured of each. */
import { Step } from './step';

/**
 * Bytes of what is measured of four channels: four each of smallest, largest, how many are above zero (32 bits), sum and sum of
 * squares (64 bits). The same in ../runner.ts.
 */
const MEASURES: usize = 112;

/**
 * [cells][channels] -> [channels][cells], and after them the `MEASURES` of each four channels. An item is eight channels; the cells are
 * taken in their order, so that the sums are a plain loop's to the last bit. `TARGET` counts from the start of the memory, the
 * number of cells is a multiple of four.
 */
export function separateMaps(step: usize, item: i32, slot: usize): void {
  const side = load<i32>(step, Step.SIDE);
  const cells = side * side;
  const channels = load<i32>(step, Step.OUTPUTS);
  const pixel = <usize>channels << 2;
  const plane = <usize>cells << 2;
  const planes = load<usize>(step, Step.TARGET);
  for (let channel = item << 3; channel < (item << 3) + 8; channel += 4) {
    let from = slot + load<usize>(step, Step.SOURCE) + (<usize>channel << 2);
    let to = planes + <usize>channel * plane;
    let low = f32x4.splat(Infinity);
    let high = f32x4.splat(-Infinity);
    let positives = i32x4.splat(0);
    let sums = f64x2.splat(0);
    let sumsAbove = f64x2.splat(0);
    let squares = f64x2.splat(0);
    let squaresAbove = f64x2.splat(0);
    for (let cell = 0; cell < cells; cell += 4, to += 16) {
      const a = v128.load(from);
      const b = v128.load(from + pixel);
      const c = v128.load(from + 2 * pixel);
      const d = v128.load(from + 3 * pixel);
      from += 4 * pixel;
      const ab = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
      const cd = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
      const abAbove = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
      const cdAbove = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
      v128.store(to, v128.shuffle<f32>(ab, cd, 0, 1, 4, 5));
      v128.store(to + plane, v128.shuffle<f32>(ab, cd, 2, 3, 6, 7));
      v128.store(to + 2 * plane, v128.shuffle<f32>(abAbove, cdAbove, 0, 1, 4, 5));
      v128.store(to + 3 * plane, v128.shuffle<f32>(abAbove, cdAbove, 2, 3, 6, 7));
      for (let i = 0; i < 4; i++) {
        const x = i == 0 ? a : i == 1 ? b : i == 2 ? c : d;
        low = f32x4.pmin(low, x);
        high = f32x4.pmax(high, x);
        positives = i32x4.sub(positives, f32x4.gt(x, f32x4.splat(0)));
        const wide = f64x2.promote_low_f32x4(x);
        const wideAbove = f64x2.promote_low_f32x4(v128.shuffle<f32>(x, x, 2, 3, 2, 3));
        sums = f64x2.add(sums, wide);
        sumsAbove = f64x2.add(sumsAbove, wideAbove);
        squares = f64x2.add(squares, f64x2.mul(wide, wide));
        squaresAbove = f64x2.add(squaresAbove, f64x2.mul(wideAbove, wideAbove));
      }
    }
    const measures = planes + <usize>channels * plane + <usize>(channel >> 2) * MEASURES;
    v128.store(measures, low);
    v128.store(measures, high, 16);
    v128.store(measures, positives, 32);
    v128.store(measures, sums, 48);
    v128.store(measures, sumsAbove, 64);
    v128.store(measures, squares, 80);
    v128.store(measures, squaresAbove, 96);
  }
}
