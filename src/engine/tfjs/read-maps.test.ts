/** On random maps: what is read is what lies on the device, map after map. */
import '@tensorflow/tfjs-backend-cpu';
import { dispose, memory, setBackend, tensor4d, type Tensor4D } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { convolutionBehind, convolutionsOf, VGG16 } from '../../domain/network';
import type { ComputeNetwork, RunHandle } from '../compute';
import type { TensorNetwork } from './model';
import { createTfjsNetwork } from './network';
import { readLayer, readMap } from '../read-maps';
import { randomFloats } from '../testing';

const CONVOLUTIONS = convolutionsOf(VGG16);
const TOUCHED = new Set(['block3_conv3', 'block4_conv3', 'block5_conv1', 'block5_conv3']);

let values: Float32Array[];
let maps: Tensor4D[];
let network: ComputeNetwork;
let run: RunHandle;

/** Random maps in place of a pass; all else is tfjs's. */
async function holdMaps(read: (tensor: Tensor4D) => Promise<unknown>): Promise<[ComputeNetwork, RunHandle]> {
  const tensors = { shape: VGG16, chain: [], read, forward: () => Promise.resolve({ maps, logit: 0 }) };
  const device = { backend: 'cpu', detail: '', close: () => undefined } as const;
  const holding = createTfjsNetwork(tensors as unknown as TensorNetwork, device);
  return [holding, (await holding.forward(new Float32Array(0))).run];
}

beforeAll(async () => {
  await setBackend('cpu');
  values = CONVOLUTIONS.map(({ name, side, channels }, i) =>
    TOUCHED.has(name) ? randomFloats(side * side * channels, i) : new Float32Array(side * side * channels),
  );
  maps = CONVOLUTIONS.map(({ side, channels }, i) => tensor4d(values[i]!, [1, side, side, channels]));
  [network, run] = await holdMaps((tensor) => tensor.data());
  return () => dispose(maps);
});

describe('readLayer', () => {
  it.each(VGG16.layers)('$name: $channels maps of side $side', async ({ name, side, channels }) => {
    const layer = await readLayer(network, run, name);
    expect(layer).toMatchObject({ name, side, channels });
    expect(layer.values).toHaveLength(channels * side * side);
    const { min, max, mean, deviation, active } = layer;
    for (const list of [min, max, mean, deviation, active]) expect(list).toHaveLength(channels);
  });

  const pools = VGG16.layers.filter(({ kind, name }) => kind === 'pool' && TOUCHED.has(convolutionBehind(VGG16, name).name));
  it.each(pools)('$name: the largest of each 2x2', async ({ name, side, channels }) => {
    const source = values[CONVOLUTIONS.indexOf(convolutionBehind(VGG16, name))]!;
    const at = (row: number, column: number, k: number): number => source[(row * side * 2 + column) * channels + k]!;
    const { values: pooled } = await readLayer(network, run, name);
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
    await expect(readLayer(network, run, 'flatten')).rejects.toMatchObject({ code: 'unexpected' });
  });
});

describe('readMap', () => {
  it.each(['block5_conv1', 'block5_pool'] as const)('%s: a plane of what the layer has', async (name) => {
    const { values: all, side, channels } = await readLayer(network, run, name);
    for (const filter of [0, 77, channels - 1]) {
      const map = await readMap(network, run, name, filter);
      expect(map).toEqual({ side, values: all.slice(filter * side * side, (filter + 1) * side * side) });
    }
  });

  it.each([-1, 512, 0.5, NaN])('refuses filter %d', async (filter) => {
    await expect(readMap(network, run, 'block5_pool', filter)).rejects.toMatchObject({ code: 'unexpected' });
  });
});

it('keeps nothing, and leaves the maps alone', async () => {
  const before = memory().numTensors;
  const [lost, lostRun] = await holdMaps(() => Promise.reject(new Error('lost')));
  for (const { name } of VGG16.layers.slice(-6)) {
    await readLayer(network, run, name);
    await readMap(network, run, name, 3);
    await expect(readLayer(lost, lostRun, name)).rejects.toThrow('lost');
    expect(memory().numTensors).toBe(before);
  }
  expect(maps.some(({ isDisposed }) => isDisposed)).toBe(false);
});
