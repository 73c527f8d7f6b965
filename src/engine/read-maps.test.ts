/** On random maps: what is read is what lies on the device, map after map. */
import '@tensorflow/tfjs-backend-cpu';
import { dispose, memory, setBackend, tensor4d, type Tensor4D } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { CONV_LAYERS, MAP_LAYERS, POOL_LAYERS } from '../domain/network';
import type { ForwardPass, Network } from './model';
import { readLayer, readMap } from './read-maps';
import { randomFloats } from './testing';

const NETWORK = { read: (tensor: Tensor4D) => tensor.data() } as Pick<Network, 'read'>;
const TOUCHED = new Set(['block3_conv3', 'block4_conv3', 'block5_conv1', 'block5_conv3']);

let values: Float32Array[];
let run: ForwardPass;

beforeAll(async () => {
  await setBackend('cpu');
  values = CONV_LAYERS.map(({ name, side, channels }, i) =>
    TOUCHED.has(name) ? randomFloats(side * side * channels, i) : new Float32Array(side * side * channels),
  );
  const maps = CONV_LAYERS.map(({ side, channels }, i) => tensor4d(values[i]!, [1, side, side, channels]));
  run = { maps, logit: 0 };
  return () => dispose(maps);
});

describe('readLayer', () => {
  it.each(MAP_LAYERS)('$name: $channels maps of side $side', async ({ name, side, channels }) => {
    const layer = await readLayer(NETWORK, run, name);
    expect(layer).toMatchObject({ name, side, channels });
    expect(layer.values).toHaveLength(channels * side * side);
    const { min, max, mean, deviation, active } = layer;
    for (const list of [min, max, mean, deviation, active]) expect(list).toHaveLength(channels);
  });

  const pools = POOL_LAYERS.filter(({ of }) => TOUCHED.has(of));
  it.each(pools)('$name: the largest of each 2x2', async ({ name, of, side, channels }) => {
    const source = values[CONV_LAYERS.findIndex((conv) => conv.name === of)]!;
    const at = (row: number, column: number, k: number): number => source[(row * side * 2 + column) * channels + k]!;
    const { values: pooled } = await readLayer(NETWORK, run, name);
    for (let k = 0; k < channels; k += 7) {
      for (let row = 0; row < side; row++) {
        for (let column = 0; column < side; column++) {
          const [r, c] = [2 * row, 2 * column];
          const wanted = Math.max(at(r, c, k), at(r, c + 1, k), at(r + 1, c, k), at(r + 1, c + 1, k));
          expect(pooled[(k * side + row) * side + column]).toBe(wanted);
        }
      }
    }
  });

  it('refuses a layer that is not there', async () => {
    await expect(readLayer(NETWORK, run, 'flatten' as 'block1_pool')).rejects.toMatchObject({ code: 'unexpected' });
  });
});

describe('readMap', () => {
  it.each(['block5_conv1', 'block5_pool'] as const)('%s: a plane of what the layer has', async (name) => {
    const { values: all, side, channels } = await readLayer(NETWORK, run, name);
    for (const filter of [0, 77, channels - 1]) {
      const map = await readMap(NETWORK, run, name, filter);
      expect(map).toEqual({ side, values: all.slice(filter * side * side, (filter + 1) * side * side) });
    }
  });

  it.each([-1, 512, 0.5, NaN])('refuses filter %d', async (filter) => {
    await expect(readMap(NETWORK, run, 'block5_pool', filter)).rejects.toMatchObject({ code: 'unexpected' });
  });
});

it('keeps nothing, and leaves the maps alone', async () => {
  const before = memory().numTensors;
  const lost = { read: () => Promise.reject(new Error('lost')) };
  for (const { name } of MAP_LAYERS.slice(-6)) {
    await readLayer(NETWORK, run, name);
    await readMap(NETWORK, run, name, 3);
    await expect(readLayer(lost, run, name)).rejects.toThrow('lost');
    expect(memory().numTensors).toBe(before);
  }
  expect(run.maps.some(({ isDisposed }) => isDisposed)).toBe(false);
});
