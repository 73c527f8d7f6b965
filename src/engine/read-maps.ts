/** A kept run's maps, from the device to plain numbers. */
import { maxPool, slice, tidy, type Tensor4D } from '@tensorflow/tfjs-core';
import { LensError } from '../domain/errors';
import { separateMaps, type PlanarMaps } from '../domain/layer-maps';
import { convolutionBehind, convolutionsOf, findLayer, type MapLayer, type NetworkShape } from '../domain/network';
import type { ForwardPass, Network } from './model';

type MapReader = Pick<Network, 'read' | 'shape'>;

/**
 * All maps of a layer; a pool's are computed from its convolution's.
 * @throws LensError `unexpected` if there is no such layer, `device-lost`.
 */
export async function readLayer(
  network: MapReader,
  run: ForwardPass,
  name: string,
): Promise<Pick<MapLayer, 'name' | 'side' | 'channels'> & PlanarMaps> {
  const layer = existingLayer(network.shape, name);
  const activations = await readTemporary(network, () => mapsOf(network.shape, run, name));
  return { name, side: layer.side, channels: layer.channels, ...separateMaps(activations, layer.side, layer.channels) };
}

/**
 * One map, [side, side].
 * @throws LensError `unexpected` if there is no such layer or filter, `device-lost`.
 */
export async function readMap(
  network: MapReader,
  run: ForwardPass,
  name: string,
  filter: number,
): Promise<{ readonly side: number; readonly values: Float32Array<ArrayBuffer> }> {
  const { side, channels } = existingLayer(network.shape, name);
  assertFilter(name, channels, filter);
  const values = await readTemporary(network, () =>
    slice(mapsOf(network.shape, run, name), [0, 0, 0, filter], [1, side, side, 1]),
  );
  return { side, values: new Float32Array(values) };
}

/** @throws LensError `unexpected` if the layer has no filter of that number. */
export function assertFilter(layer: string, channels: number, filter: number): void {
  if (!Number.isInteger(filter) || filter < 0 || filter >= channels) {
    throw new LensError('unexpected', `${layer} has no filter ${filter}`);
  }
}

function existingLayer(shape: NetworkShape, name: string): MapLayer {
  const layer = findLayer(shape, name);
  if (layer === null) throw new LensError('unexpected', `no layer ${name}`);
  return layer;
}

function mapsOf(shape: NetworkShape, run: ForwardPass, name: string): Tensor4D {
  const conv = convolutionBehind(shape, name);
  const source = run.maps[convolutionsOf(shape).indexOf(conv)]!;
  return conv.name === name ? source.clone() : maxPool(source, 2, 2, 'valid');
}

async function readTemporary(network: MapReader, make: () => Tensor4D): Promise<Float32Array> {
  const tensor = tidy(make);
  try {
    return await network.read(tensor);
  } finally {
    tensor.dispose();
  }
}
