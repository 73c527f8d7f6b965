/** NumPy's .npy file (format version 1.0, numpy.org/doc/stable/reference/generated/numpy.lib.format.html). */

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0];
const ALIGNMENT = 64;

/**
 * @param values - in C order (the last axis varies fastest); written as little-endian float32.
 * @throws RangeError if the shape does not hold as many values.
 */
export function encodeNpy(values: Float32Array, shape: readonly number[]): Uint8Array<ArrayBuffer> {
  if (shape.reduce((n, d) => n * d, 1) !== values.length)
    throw new RangeError(`${values.length} values are not ${shape.join('x')}`);
  const dict = `{'descr': '<f4', 'fortran_order': False, 'shape': (${shape.map((d) => `${d},`).join(' ')}), }`;
  const unpadded = MAGIC.length + 2 + dict.length + 1;
  const headerBytes = Math.ceil(unpadded / ALIGNMENT) * ALIGNMENT;
  const file = new Uint8Array(headerBytes + values.length * 4);
  const view = new DataView(file.buffer);
  file.set(MAGIC);
  view.setUint16(MAGIC.length, headerBytes - MAGIC.length - 2, true);
  const text = `${dict.padEnd(headerBytes - MAGIC.length - 3)}\n`;
  file.set(new TextEncoder().encode(text), MAGIC.length + 2);
  values.forEach((value, i) => {
    view.setFloat32(headerBytes + i * 4, value, true);
  });
  return file;
}

/** Planar maps [channels, side, side] -> the network's own layout [side, side, channels]. */
export function toChannelLast(values: Float32Array, side: number, channels: number): Float32Array<ArrayBuffer> {
  const area = side * side;
  const out = new Float32Array(values.length);
  for (let k = 0; k < channels; k++) for (let p = 0; p < area; p++) out[p * channels + k] = values[k * area + p]!;
  return out;
}
