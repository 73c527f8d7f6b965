import { expect, it } from 'vitest';
import { separateMaps } from './layer-maps';
import { encodeNpy, toChannelLast } from './npy';

it('writes a header of whole 64-byte blocks and then the values', () => {
  const file = encodeNpy(Float32Array.of(1.5, -2, 3, 4, 5, 6), [1, 2, 3]);
  const header = new TextDecoder('latin1').decode(file.subarray(0, 128));
  expect(header.startsWith('\x93NUMPY\x01\x00')).toBe(true);
  expect(header).toContain("{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2, 3,), }");
  const dataAt = 10 + new DataView(file.buffer).getUint16(8, true);
  expect(dataAt % 64).toBe(0);
  expect(file[dataAt - 1]).toBe(10);
  expect([...new Float32Array(file.slice(dataAt).buffer)]).toEqual([1.5, -2, 3, 4, 5, 6]);
  expect(() => encodeNpy(new Float32Array(3), [2, 2])).toThrow(RangeError);
});

it('turns planes back into channel-last order', () => {
  const activations = Float32Array.from({ length: 2 * 2 * 3 }, (_, i) => i);
  expect(toChannelLast(separateMaps(activations, 2, 3).values, 2, 3)).toEqual(activations);
});
