/** A kept run's maps as the screen has them. */
import { LensError } from '../domain/errors';
import { separateMaps, type PlanarMaps } from '../domain/layer-maps';
import { findLayer, type MapLayer, type NetworkShape } from '../domain/network';
import type { ComputeNetwork, RunHandle } from './compute';

/**
 * All maps of a layer, one after another.
 * @throws LensError `unexpected` if there is no such layer, `device-lost`.
 */
export async function readLayer(
  network: Pick<ComputeNetwork, 'readMaps' | 'readPlanes' | 'shape'>,
  run: RunHandle,
  name: string,
): Promise<Pick<MapLayer, 'name' | 'side' | 'channels'> & PlanarMaps> {
  const { side, channels } = existingLayer(network.shape, name);
  const planes = await network.readPlanes?.(run, name);
  return { name, side, channels, ...(planes ?? separateMaps(await network.readMaps(run, name), side, channels)) };
}

/**
 * One map, [side, side]; the caller's own.
 * @throws LensError `unexpected` if there is no such layer or filter, `device-lost`.
 */
export async function readMap(
  network: Pick<ComputeNetwork, 'readMap' | 'shape'>,
  run: RunHandle,
  name: string,
  filter: number,
): Promise<{ readonly side: number; readonly values: Float32Array<ArrayBuffer> }> {
  const { side, channels } = existingLayer(network.shape, name);
  assertFilter(name, channels, filter);
  return { side, values: new Float32Array(await network.readMap(run, name, filter)) };
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
