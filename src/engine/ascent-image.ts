/** Pictures on their way up a gradient: RGB floats in the bytes' range, 0-255, [side, side, 3]. Pure. */
import { hashPoint } from '../domain/lattice-noise';

const MID_GREY = 127.5;
const NOISE_BYTES = 16;
/** Weight of each of the two neighbours in a blur; a pixel keeps the rest. */
const BLUR = 0.1;

/** Grey noise around mid-grey, the same for the same seed. */
export function drawNoise(side: number, seed: number): Float32Array<ArrayBuffer> {
  return Float32Array.from({ length: side * side * 3 }, (_, i) => {
    const pixel = Math.floor(i / 3);
    return MID_GREY + NOISE_BYTES * (2 * hashPoint(pixel % side, Math.floor(pixel / side), seed) - 1);
  });
}

/** Moves every pixel right by dx and down by dy, whole pixels; what leaves one edge enters at the other. */
export function shiftAround(image: Float32Array, side: number, dx: number, dy: number): Float32Array<ArrayBuffer> {
  const out = new Float32Array(image.length);
  const right = (((dx % side) + side) % side) * 3;
  for (let row = 0; row < side; row++) {
    const from = row * side * 3;
    const to = ((((row + dy) % side) + side) % side) * side * 3;
    const width = side * 3;
    out.set(image.subarray(from, from + width - right), to + right);
    out.set(image.subarray(from + width - right, from + width), to);
  }
  return out;
}

/** A light separable 3x3 blur that wraps around the edges. */
export function blurLightly(image: Float32Array, side: number): Float32Array<ArrayBuffer> {
  const along = (source: Float32Array, before: Float32Array, after: Float32Array): Float32Array<ArrayBuffer> =>
    Float32Array.from(source, (v, i) => (1 - 2 * BLUR) * v + BLUR * (before[i]! + after[i]!));
  const rows = along(new Float32Array(image), shiftAround(image, side, 1, 0), shiftAround(image, side, -1, 0));
  return along(rows, shiftAround(rows, side, 0, 1), shiftAround(rows, side, 0, -1));
}

/** One step up: `stepBytes` root mean square, clamped to the bytes' range. A gradient of zeros moves nothing. */
export function climb(image: Float32Array, gradient: Float32Array, stepBytes: number): Float32Array<ArrayBuffer> {
  let squares = 0;
  for (const g of gradient) squares += g * g;
  const scale = squares > 0 ? stepBytes / Math.sqrt(squares / gradient.length) : 0;
  return Float32Array.from(image, (v, i) => Math.min(255, Math.max(0, v + scale * gradient[i]!)));
}
