/** One list of weights out of the shards, which are one long file cut into pieces. */
import { LensError } from '../domain/errors';
import { halfToNumber, numberToHalf } from './halves';
import type { ModelArtifacts, WeightSpec } from './model-artifacts';

type WeightFiles = Pick<ModelArtifacts, 'weightSpecs' | 'weightData'>;

const HALF_BYTES = 2;
/** That a byte can be. */
const CODES = 256;

const countOf = ({ shape }: Pick<WeightSpec, 'shape'>): number => shape.reduce((product, size) => product * size, 1);
const outputsOf = ({ shape }: Pick<WeightSpec, 'shape'>): number => shape.at(-1) ?? 1;

/** Of a list in the files: float16; or a float16 scale for each output (the last axis), then an int8 for each weight. */
export function specBytes(spec: Pick<WeightSpec, 'shape' | 'quantization'>): number {
  const isCoded = spec.quantization.dtype === 'int8';
  return isCoded ? outputsOf(spec) * HALF_BYTES + countOf(spec) : countOf(spec) * HALF_BYTES;
}

/** Of a list as `readHalves` gives it. */
export function halvesBytes(spec: Pick<WeightSpec, 'shape'>): number {
  return countOf(spec) * HALF_BYTES;
}

/**
 * A list as float16; of int8 the products of each code and its output's scale, rounded to float16 if they are none.
 * @param index - in the order of `weightSpecs`.
 * @returns Little-endian; a view of the files where that is how it lies in one of them, else a copy.
 * @throws LensError `model-invalid` where the files end before, or a scale is infinite or no number.
 */
export function readHalves(files: WeightFiles, index: number): Uint8Array {
  const bytes = readSpec(files, index);
  const spec = files.weightSpecs[index]!;
  return spec.quantization.dtype === 'int8' ? decode(bytes, outputsOf(spec), spec.name) : bytes;
}

/** The same model with all lists in float16. @throws LensError as `readHalves`. */
export function withHalves<T extends WeightFiles>(files: T): T {
  const quantization = { dtype: 'float16' } as const;
  return {
    ...files,
    weightSpecs: files.weightSpecs.map((spec) => ({ ...spec, quantization })),
    weightData: files.weightSpecs.map((_, i) => Uint8Array.from(readHalves(files, i)).buffer),
  };
}

function readSpec({ weightSpecs, weightData }: WeightFiles, index: number): Uint8Array {
  const at = weightSpecs.slice(0, index).reduce((sum, spec) => sum + specBytes(spec), 0);
  const length = specBytes(weightSpecs[index]!);
  const pieces: Uint8Array[] = [];
  let start = 0;
  for (const shard of weightData) {
    const from = Math.max(0, at - start);
    const to = Math.min(shard.byteLength, at + length - start);
    if (from < to) pieces.push(new Uint8Array(shard, from, to - from));
    start += shard.byteLength;
  }
  if (pieces.length === 1 && pieces[0]!.length === length) return pieces[0]!;
  const whole = new Uint8Array(length);
  let filled = 0;
  for (const piece of pieces) {
    whole.set(piece, filled);
    filled += piece.length;
  }
  if (filled !== length) throw new LensError('model-invalid', `weights ${index} end after ${filled} of ${length} bytes`);
  return whole;
}

/** @param bytes - scales, then codes, output after output. */
function decode(bytes: Uint8Array, outputs: number, name: string): Uint8Array {
  // Of each output what each code comes to, so that the weights are looked up alone.
  const table = new Uint16Array(outputs * CODES);
  for (let n = 0; n < outputs; n++) {
    const bits = bytes[2 * n]! | (bytes[2 * n + 1]! << 8);
    if ((bits & 0x7c00) === 0x7c00) throw new LensError('model-invalid', `${name} has a scale that is no number`);
    const scale = halfToNumber(bits);
    for (let code = 0; code < CODES; code++) table[n * CODES + code] = numberToHalf(scale * ((code << 24) >> 24));
  }
  const codes = bytes.subarray(outputs * HALF_BYTES);
  const halves = new Uint16Array(codes.length);
  for (let row = 0; row < codes.length; row += outputs) {
    for (let n = 0; n < outputs; n++) halves[row + n] = table[n * CODES + codes[row + n]!]!;
  }
  return new Uint8Array(halves.buffer);
}
