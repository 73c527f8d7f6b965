/** A 3x3 convolution, stride 1, 'same', by Winograd's algorithm; the layout of maps is [side][side][channels]. */
import { multiply } from './gemm';
import { relu } from './simd';
import { Scratch, Step } from './step';
import { transformInput2, transformKernel2, transformOutput2 } from './winograd2';
import { transformInput4, transformKernel4, transformOutput4 } from './winograd4';

/** Rows that `multiply` takes: even, 4 at least. */
// @ts-ignore: decorator
@inline
function paddedRows(rows: i32): i32 {
  return max((rows + 1) & ~1, 4);
}

/** Planes of a power of two bytes would all fall on the same few lines of the cache. */
// @ts-ignore: decorator
@inline
export function planeOf(count: i32): usize {
  return (<usize>count << 2) + 64;
}

/** A part of the outputs of a chunk of tiles. @param size - side of a tile: 4 or 2. @param pass - of which this is a part. */
export function convolveWinograd(step: usize, index: i32, item: i32, slot: usize, scratch: usize, pass: i32, size: i32): void {
  const inputs = load<i32>(step, Step.INPUTS);
  const outputs = load<i32>(step, Step.OUTPUTS);
  const side = load<i32>(step, Step.SIDE);
  const parts = load<i32>(step, Step.PARTS);
  const chunk = load<i32>(step, Step.CHUNK);
  const block = load<i32>(step, Step.BLOCK);
  const across = (side + size - 1) / size;
  const first = (item / parts) * chunk;
  const tiles = min(chunk, across * across - first);
  const rows = paddedRows(tiles);
  const points = (size + 2) * (size + 2);
  const v = scratch + Scratch.PATCH + (<usize>(points * inputs) << 2);
  const vPlane = planeOf(rows * inputs);

  // The parts of a chunk share its inputs.
  const held = scratch + Scratch.HELD;
  if (load<i32>(held) != pass || load<i32>(held, 4) != index || load<i32>(held, 8) != first) {
    const source = slot + load<usize>(step, Step.SOURCE);
    for (let t = 0; t < tiles; t++) {
      const tile = first + t;
      transformTile(source, side, inputs, tile / across, tile % across, scratch, v + (<usize>(t * inputs) << 2), vPlane, size);
    }
    store<i32>(held, pass);
    store<i32>(held, index, 4);
    store<i32>(held, first, 8);
  }

  const columns = outputs / parts;
  const column = (item % parts) * columns;
  const products = v + <usize>points * vPlane;
  const productPlane = planeOf(rows * columns);
  const weights = load<usize>(step, Step.WEIGHTS);
  if (block == 0) {
    const plane = planeOf(inputs * outputs);
    const own = weights + (<usize>(column * inputs) << 2);
    for (let p: usize = 0; p < <usize>points; p++) {
      multiply(
        v + p * vPlane, <usize>inputs << 2, own + p * plane, inputs,
        products + p * productPlane, <usize>columns << 2, rows, columns, false,
      );
    }
  } else {
    const u = products + <usize>points * productPlane;
    const plane = planeOf(block * columns);
    for (let k = 0; k < inputs; k += block) {
      const from = weights + (<usize>(9 * (column * inputs + k * columns)) << 1);
      transformKernels(from, <usize>columns << 1, 9 * (<usize>columns << 1), block, columns, scratch, u, plane, points);
      for (let p: usize = 0; p < <usize>points; p++) {
        multiply(
          v + p * vPlane + (<usize>k << 2), <usize>inputs << 2, u + p * plane, block,
          products + p * productPlane, <usize>columns << 2, rows, columns, k > 0,
        );
      }
    }
  }
  for (let t = 0; t < tiles; t++) {
    const tile = first + t;
    const at = products + (<usize>(t * columns) << 2);
    writeTile(step, slot, scratch, at, productPlane, tile / across, tile % across, column, columns, size);
  }
}

/**
 * Kernels in float16 -> [points][columns / 8][inputs][8], transformed.
 * @param tap - bytes from a weight of a kernel to the next of its nine. @param input - bytes from an input's to the next's.
 * @param plane - bytes from a point's to the next's. @param points - 36 for tiles of 4, 16 for tiles of 2.
 */
export function transformKernels(
  source: usize, tap: usize, input: usize, inputs: i32, columns: i32, scratch: usize, to: usize, plane: usize, points: i32,
): void {
  const temporary = scratch + Scratch.TEMPORARY;
  for (let c = 0; c < inputs; c++) {
    let from = source + <usize>c * input;
    for (let n = 0; n < columns; n += 4) {
      const at = to + (<usize>((n >> 3) * inputs + c) << 5) + (<usize>(n & 4) << 2);
      if (points == 36) transformKernel4(from, tap, temporary, at, plane);
      else transformKernel2(from, tap, temporary, at, plane);
      from += 8;
    }
  }
}

/** The transformed inputs of one tile, all channels. */
function transformTile(
  source: usize, side: i32, inputs: i32, y: i32, x: i32, scratch: usize, to: usize, planeBytes: usize, size: i32,
): void {
  const pixel = <usize>inputs << 2;
  const window = size + 2;
  const top = y * size - 1;
  const left = x * size - 1;
  let from = source + <usize>(top * side + left) * pixel;
  let row = <usize>side * pixel;
  if (top < 0 || left < 0 || top + window > side || left + window > side) {
    from = scratch + Scratch.PATCH;
    row = <usize>window * pixel;
    for (let i = 0; i < window; i++) {
      for (let j = 0; j < window; j++) {
        const at = from + <usize>(i * window + j) * pixel;
        const isInside = top + i >= 0 && top + i < side && left + j >= 0 && left + j < side;
        if (isInside) memory.copy(at, source + <usize>((top + i) * side + left + j) * pixel, pixel);
        else memory.fill(at, 0, pixel);
      }
    }
  }
  const temporary = scratch + Scratch.TEMPORARY;
  for (let c: usize = 0; c < pixel; c += 16) {
    if (size == 4) transformInput4(from + c, row, pixel, temporary, to + c, planeBytes);
    else transformInput2(from + c, row, pixel, temporary, to + c, planeBytes);
  }
}

/** Sums of one tile, with bias and ReLU, into the maps, and the maxima of its 2x2 cells into the pool's. */
function writeTile(
  step: usize, slot: usize, scratch: usize, products: usize, productBytes: usize, y: i32, x: i32, column: i32, columns: i32, size: i32,
): void {
  const side = load<i32>(step, Step.SIDE);
  const pixel = <usize>load<i32>(step, Step.OUTPUTS) << 2;
  const hasRelu = load<i32>(step, Step.RELU) != 0;
  const poolAt = load<usize>(step, Step.POOL);
  const temporary = scratch + Scratch.TEMPORARY;
  const sums = scratch + Scratch.SUMS;
  const rows = min(size, side - y * size);
  const across = min(size, side - x * size);
  const offset = <usize>column << 2;
  let bias = load<usize>(step, Step.BIAS) + offset;
  let target = slot + load<usize>(step, Step.TARGET) + <usize>(y * size * side + x * size) * pixel + offset;
  const half = side >> 1;
  let pool = slot + poolAt + <usize>((y * size >> 1) * half + (x * size >> 1)) * pixel + offset;
  for (let c = 0; c < columns; c += 4) {
    if (size == 4) transformOutput4(products, productBytes, temporary, sums);
    else transformOutput2(products, productBytes, temporary, sums);
    const b = v128.load(bias);
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < across; j++) {
        const at = sums + (<usize>(i * size + j) << 4);
        let value = f32x4.add(v128.load(at), b);
        if (hasRelu) value = relu(value);
        v128.store(at, value);
        v128.store(target + <usize>(i * side + j) * pixel, value);
      }
    }
    if (poolAt != 0) {
      for (let i = 0; i < rows >> 1; i++) {
        for (let j = 0; j < across >> 1; j++) {
          const at = sums + (<usize>(2 * i * size + 2 * j) << 4);
          const below = at + (<usize>size << 4);
          const greatest = f32x4.max(
            f32x4.max(v128.load(at), v128.load(at, 16)),
            f32x4.max(v128.load(below), v128.load(below, 16)),
          );
          v128.store(pool + <usize>(i * half + j) * pixel, greatest);
        }
      }
    }
    products += 16;
    bias += 16;
    target += 16;
    pool += 16;
  }
}
