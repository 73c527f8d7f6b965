/** float16 as its bits -> number (IEEE 754-2019, binary16); infinities and NaN do not come out as such. */
export function halfToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  return sign * (exponent === 0 ? fraction * 2 ** -24 : (1 + fraction / 1024) * 2 ** (exponent - 15));
}

let table: Float32Array | null = null;

/** @param bytes - little-endian float16. */
export function halvesToFloats(bytes: Uint8Array): Float32Array<ArrayBuffer> {
  table ??= Float32Array.from({ length: 2 ** 16 }, (_, bits) => halfToNumber(bits));
  const floats = new Float32Array(bytes.length >> 1);
  for (let i = 0; i < floats.length; i++) floats[i] = table[bytes[2 * i]! | (bytes[2 * i + 1]! << 8)]!;
  return floats;
}

/** The nearest float16, as its bits; of two as near the even one. What is too large becomes infinite. */
export function numberToHalf(value: number): number {
  const sign = value < 0 ? 0x8000 : 0;
  const size = Math.abs(value);
  if (size >= 65520) return sign | 0x7c00;
  const exponent = Math.max(-14, Math.floor(Math.log2(size)));
  const steps = size * 2 ** (10 - exponent);
  const below = Math.floor(steps);
  const isUp = steps - below > 0.5 || (steps - below === 0.5 && below % 2 === 1);
  // Of a normal number `steps` has the leading 1, which raises the exponent by one; of a subnormal one it has not.
  return sign | (((exponent + 14) << 10) + below + Number(isUp));
}
