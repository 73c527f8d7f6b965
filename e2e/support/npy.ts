/** Reads a float32 .npy file (format 1.0), independently of the app's writer. */
export interface NpyArray {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

export function parseNpy(file: Buffer): NpyArray {
  if (file.toString('latin1', 1, 6) !== 'NUMPY') throw new Error('not an .npy file');
  const headerBytes = file.readUInt16LE(8);
  const header = file.toString('latin1', 10, 10 + headerBytes);
  if (!header.includes("'<f4'") || !header.includes("'fortran_order': False")) throw new Error(header);
  const shape = /\(([^)]*)\)/
    .exec(header)?.[1]
    ?.split(',')
    .filter((part) => part.trim() !== '')
    .map(Number);
  const from = 10 + headerBytes;
  const values = new Float32Array((file.length - from) / 4);
  for (let i = 0; i < values.length; i += 1) values[i] = file.readFloatLE(from + i * 4);
  return { shape: shape ?? [], values };
}
