import { expect, test } from 'vitest';
import { separateMaps } from '../domain/layer-maps';
import type { LayerMaps } from '../domain/analysis';
import { subtractMaps, withoutDead } from './difference';

const SIDE = 4;
const CHANNELS = 512;

function layer(runId: number, value: (k: number, i: number) => number): LayerMaps {
  const lastFirst = Float32Array.from({ length: SIDE * SIDE * CHANNELS }, (_, at) =>
    value(at % CHANNELS, Math.floor(at / CHANNELS)),
  );
  return { runId, layer: 'block5_pool', side: SIDE, channels: CHANNELS, ...separateMaps(lastFirst, SIDE, CHANNELS) };
}

test('is B minus A with the statistics of the differences', () => {
  const a = layer(1, (k, i) => (k === 0 ? 0 : i));
  const b = layer(2, (k, i) => (k === 0 ? 0 : k === 1 ? 2 * i : 3));
  const difference = subtractMaps(a, b);
  expect(difference).toMatchObject({ runId: 2, layer: 'block5_pool', side: SIDE, channels: CHANNELS });
  expect([...difference.values.subarray(16, 32)]).toEqual([...Array(16).keys()]);
  const expected = separateMaps(
    Float32Array.from({ length: 16 * CHANNELS }, (_, at) => {
      const [k, i] = [at % CHANNELS, Math.floor(at / CHANNELS)];
      return k === 0 ? 0 : k === 1 ? i : 3 - i;
    }),
    SIDE,
    CHANNELS,
  );
  for (const name of ['min', 'max', 'mean', 'deviation', 'active'] as const) {
    expect(difference[name], name).toEqual(expected[name]);
  }
  expect(difference.min[2]).toBe(-12);
  expect(difference.active[2]).toBe(3 / 16);
});

test('layers do not mix', () => {
  const a = layer(1, () => 0);
  expect(() => subtractMaps(a, { ...a, layer: 'block5_conv3' })).toThrow(RangeError);
});

test('a filter that only one photo silences stays', () => {
  const a = layer(1, (k) => (k < 2 ? 0 : 1));
  const b = layer(2, (k) => (k === 1 ? 1 : 0));
  const order = Uint16Array.from([2, 1, 0]);
  expect([...withoutDead(order, [a, b])]).toEqual([2, 1]);
  expect([...withoutDead(order, [a])]).toEqual([2]);
});
