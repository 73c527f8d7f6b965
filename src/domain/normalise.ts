/** Bytes -> the numbers that the network was trained on. */

/**
 * (byte / 255 - mean[c]) / std[c] in double precision, rounded once to float32; the twin of `normalise` in
 * training/resample.py.
 * @param rgb - [..., 3], 0-255.
 * @returns float32 of the same length.
 */
export function normaliseRgb(
  rgb: Uint8Array,
  mean: readonly [number, number, number],
  std: readonly [number, number, number],
): Float32Array<ArrayBuffer> {
  const tables = mean.map((m, c) => Float32Array.from({ length: 256 }, (_, byte) => (byte / 255 - m) / std[c]!));
  const out = new Float32Array(rgb.length);
  for (let i = 0; i < rgb.length; i += 3) {
    out[i] = tables[0]![rgb[i]!]!;
    out[i + 1] = tables[1]![rgb[i + 1]!]!;
    out[i + 2] = tables[2]![rgb[i + 2]!]!;
  }
  return out;
}
