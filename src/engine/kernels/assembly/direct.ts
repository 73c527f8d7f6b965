/** Layers without a transform: a 3x3 convolution by its matrix product, and dense layers. */
import { multiply, multiplyRow } from './gemm';
import { relu } from './simd';
import { Scratch, Step } from './step';

/** Cells of a chunk, all outputs; the weights are [9 inputs, made even][outputs], packed. `chunk` and side * side are multiples of 4. */
export function convolveDirect(step: usize, item: i32, slot: usize, scratch: usize): void {
  const inputs = load<i32>(step, Step.INPUTS);
  const outputs = load<i32>(step, Step.OUTPUTS);
  const side = load<i32>(step, Step.SIDE);
  const chunk = load<i32>(step, Step.CHUNK);
  const first = item * chunk;
  const cells = min(chunk, side * side - first);
  const k = (9 * inputs + 1) & ~1;
  const source = slot + load<usize>(step, Step.SOURCE);
  const pixel = <usize>inputs << 2;
  // What V held is gone.
  store<i32>(scratch, -1, Scratch.HELD);
  const windows = scratch + Scratch.PATCH;
  for (let n = 0; n < cells; n++) {
    const y = (first + n) / side;
    const x = (first + n) % side;
    let at = windows + (<usize>(n * k) << 2);
    const isInner = y > 0 && y < side - 1 && x > 0 && x < side - 1;
    for (let i = y - 1; i <= y + 1; i++) {
      const row = source + <usize>(i * side + x - 1) * pixel;
      if (isInner) {
        copyFloats(at, row, 3 * inputs);
        at += 3 * pixel;
        continue;
      }
      for (let j: usize = 0; j < 3; j++, at += pixel) {
        const column = x - 1 + <i32>j;
        if (i >= 0 && i < side && column >= 0 && column < side) copyFloats(at, row + j * pixel, inputs);
        else memory.fill(at, 0, pixel);
      }
    }
    if (k != 9 * inputs) store<f32>(at, 0);
  }
  const target = slot + load<usize>(step, Step.TARGET) + (<usize>(first * outputs) << 2);
  multiply(windows, <usize>k << 2, load<usize>(step, Step.WEIGHTS), k, target, <usize>outputs << 2, cells, outputs, false);
  const bias = load<usize>(step, Step.BIAS);
  for (let n = 0; n < cells; n++) addBias(target + (<usize>(n * outputs) << 2), bias, outputs, load<i32>(step, Step.RELU) != 0);
}

// @ts-ignore: decorator
@inline
function copyFloats(to: usize, from: usize, count: i32): void {
  const end = to + (<usize>count << 2);
  for (; to + 16 <= end; to += 16, from += 16) v128.store(to, v128.load(from));
  for (; to < end; to += 4, from += 4) store<f32>(to, load<f32>(from));
}

/** Eight units. `inputs` is a multiple of 4; the weights are [inputs][units], packed; the outputs are made a multiple of 8. */
export function multiplyDense(step: usize, item: i32, slot: usize): void {
  const inputs = load<i32>(step, Step.INPUTS);
  const target = slot + load<usize>(step, Step.TARGET) + (<usize>item << 5);
  multiplyRow(slot + load<usize>(step, Step.SOURCE), load<usize>(step, Step.WEIGHTS) + (<usize>(item * inputs) << 5), inputs, target);
  addBias(target, load<usize>(step, Step.BIAS) + (<usize>item << 5), 8, load<i32>(step, Step.RELU) != 0);
}

/** Maxima of 2x2 cells, one row of them; `SIDE` is the source's. Behind a Winograd convolution the maxima are its own work. */
export function poolRow(step: usize, item: i32, slot: usize): void {
  const side = load<i32>(step, Step.SIDE);
  const pixel = <usize>load<i32>(step, Step.OUTPUTS) << 2;
  const row = <usize>side * pixel;
  let from = slot + load<usize>(step, Step.SOURCE) + <usize>(2 * item) * row;
  let to = slot + load<usize>(step, Step.TARGET) + <usize>(item * (side >> 1)) * pixel;
  for (let x = 0; x < side >> 1; x++, from += pixel) {
    for (const end = from + pixel; from < end; from += 16, to += 16) {
      const above = f32x4.max(v128.load(from), v128.load(from + pixel));
      const below = f32x4.max(v128.load(from + row), v128.load(from + row + pixel));
      v128.store(to, f32x4.max(above, below));
    }
  }
}

function addBias(target: usize, bias: usize, count: i32, hasRelu: bool): void {
  const end = target + (<usize>count << 2);
  for (; target < end; target += 16, bias += 16) {
    const sum = f32x4.add(v128.load(target), v128.load(bias));
    v128.store(target, hasRelu ? relu(sum) : sum);
  }
}
