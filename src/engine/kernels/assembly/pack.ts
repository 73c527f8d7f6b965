/** float16 weights as they lie in the files -> as the products want them. */
import { loadHalves } from './simd';
import { Scratch, Step } from './step';
import { planeOf, transformKernels } from './winograd';

/** All kernels of a layer, an item is eight outputs; the layout is `transformKernels`'s with all inputs. */
export function packWinograd(step: usize, item: i32, scratch: usize, points: i32): void {
  const inputs = load<i32>(step, Step.INPUTS);
  const outputs = load<i32>(step, Step.OUTPUTS);
  const to = load<usize>(step, Step.TARGET) + (<usize>(item * inputs) << 5);
  store<i32>(scratch, -1, Scratch.HELD);
  const row = <usize>outputs << 1;
  const from = load<usize>(step, Step.SOURCE) + (<usize>item << 4);
  transformKernels(from, <usize>inputs * row, row, inputs, 8, scratch, to, planeOf(inputs * outputs), points);
}

/** [9][inputs][outputs] -> [parts][inputs][9][outputs / parts], in the order of a pass; an item is a part. */
export function packHalves(step: usize, item: i32): void {
  const inputs = load<i32>(step, Step.INPUTS);
  const outputs = load<i32>(step, Step.OUTPUTS);
  const bytes = <usize>(outputs / load<i32>(step, Step.PARTS)) << 1;
  const source = load<usize>(step, Step.SOURCE) + <usize>item * bytes;
  let to = load<usize>(step, Step.TARGET) + <usize>item * <usize>(9 * inputs) * bytes;
  for (let c = 0; c < inputs; c++) {
    for (let t = 0; t < 9; t++, to += bytes) memory.copy(to, source + (<usize>((t * inputs + c) * outputs) << 1), bytes);
  }
}

/** [inputs][outputs] -> [outputs / 8][inputs, made even][8]; an item is eight outputs. */
export function packColumns(step: usize, item: i32): void {
  const inputs = load<i32>(step, Step.INPUTS);
  const outputs = load<i32>(step, Step.OUTPUTS);
  const k = (inputs + 1) & ~1;
  let from = load<usize>(step, Step.SOURCE) + (<usize>item << 4);
  let to = load<usize>(step, Step.TARGET) + (<usize>(item * k) << 5);
  for (let i = 0; i < inputs; i++) {
    v128.store(to, loadHalves(from));
    v128.store(to, loadHalves(from + 8), 16);
    from += <usize>outputs << 1;
    to += 32;
  }
  if (k != inputs) {
    v128.store(to, f32x4.splat(0));
    v128.store(to, f32x4.splat(0), 16);
  }
}
