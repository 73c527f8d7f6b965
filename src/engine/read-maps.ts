/** A kept run's maps, from the device to plain numbers. */
import { maxPool, slice, tidy, type Tensor4D } from '@tensorflow/tfjs-core';
import { LensError } from '../domain/errors';
import { separateMaps, type PlanarMaps } from '../domain/layer-maps';
import { CONV_LAYERS, MAP_LAYERS, POOL_LAYERS, type MapLayer, type MapLayerName } from '../domain/network';
import type { ForwardPass, Network } from './model';

type MapReader = Pick<Network, 'read'>;

/**
 * All maps of a layer; a pool's are computed from its convolution's.
 * @throws LensError `unexpected` if there is no such layer, `device-lost`.
 */
export async function readLayer(network: MapReader, run: ForwardPass, name: MapLayerName): Promise<MapLayer & PlanarMaps> {
  const layer = findLayer(name);
  const activations = await readTemporary(network, () => mapsOf(run, name));
  return { ...layer, ...separateMaps(activations, layer.side, layer.channels) };
}

/**
 * One map, [side, side].
 * @throws LensError `unexpected` if there is no such layer or filter, `device-lost`.
 */
export async function readMap(
  network: MapReader,
  run: ForwardPass,
  name: MapLayerName,
  filter: number,
): Promise<{ readonly side: number; readonly values: Float32Array<ArrayBuffer> }> {
  const { side, channels } = findLayer(name);
  assertFilter(name, channels, filter);
  const values = await readTemporary(network, () => slice(mapsOf(run, name), [0, 0, 0, filter], [1, side, side, 1]));
  return { side, values: new Float32Array(values) };
}

/** @throws LensError `unexpected` if the layer has no filter of that number. */
export function assertFilter(layer: string, channels: number, filter: number): void {
  if (!Number.isInteger(filter) || filter < 0 || filter >= channels) {
    throw new LensError('unexpected', `${layer} has no filter ${filter}`);
  }
}

function findLayer(name: MapLayerName): MapLayer {
  const layer = MAP_LAYERS.find((l) => l.name === name);
  if (layer === undefined) throw new LensError('unexpected', `no layer ${name}`);
  return layer;
}

function mapsOf(run: ForwardPass, name: MapLayerName): Tensor4D {
  const pool = POOL_LAYERS.find((l) => l.name === name);
  const source = run.maps[CONV_LAYERS.findIndex((l) => l.name === (pool?.of ?? name))]!;
  return pool === undefined ? source.clone() : maxPool(source, 2, 2, 'valid');
}

async function readTemporary(network: MapReader, make: () => Tensor4D): Promise<Float32Array> {
  const tensor = tidy(make);
  try {
    return await network.read(tensor);
  } finally {
    tensor.dispose();
  }
}
