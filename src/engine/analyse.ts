/** One photo through the network; the maps of the latest runs stay on the device until they are released. */
import { dispose, type Tensor4D } from '@tensorflow/tfjs-core';
import { extractMap, packTiles } from '../domain/atlas';
import { LensError } from '../domain/errors';
import type { ModelManifest } from '../domain/manifest';
import { CONV_LAYERS, type ConvLayerName } from '../domain/network';
import { normaliseRgb } from '../domain/normalise';
import type { DecodePhoto } from './decode';
import type { Network } from './model';
import { preparePhoto } from './prepare-photo';
import type { AnalyseRequest, AnalyseResult, FilterMap, LayerMaps, RunId } from './protocol';

/** Each holds 17.7 MB. Two are on the screen at the most (a new one replaces an old one); one more for comparing. */
export const MAX_KEPT_RUNS = 3;

export interface Analyser {
  /** @throws LensError of the photo (decode.ts), or `engine-crashed`. */
  analyse(request: AnalyseRequest): Promise<AnalyseResult>;
  /** @throws LensError `unexpected` if the run's maps are not (or no longer) here. */
  readLayer(runId: RunId, layer: ConvLayerName): Promise<LayerMaps>;
  /** @throws LensError `unexpected` if the run's maps are not here or the layer has no such filter. */
  readMap(runId: RunId, layer: ConvLayerName, filter: number): Promise<FilterMap>;
  release(runId: RunId): void;
  /** Releases all runs. The network is not its own. */
  dispose(): void;
}

export function createAnalyser(network: Network, input: ModelManifest['input'], decode: DecodePhoto): Analyser {
  /** In the order of analysis: the first is the oldest. */
  const runs = new Map<RunId, readonly Tensor4D[]>();

  function release(runId: RunId): void {
    dispose([...(runs.get(runId) ?? [])]);
    runs.delete(runId);
  }

  function keep(runId: RunId, maps: readonly Tensor4D[]): void {
    release(runId);
    for (const oldest of runs.keys()) {
      if (runs.size < MAX_KEPT_RUNS) break;
      release(oldest);
    }
    runs.set(runId, maps);
  }

  async function readActivations(runId: RunId, layer: ConvLayerName) {
    const maps = runs.get(runId);
    if (maps === undefined) throw new LensError('unexpected', `the maps of run ${runId} are not kept`);
    const index = CONV_LAYERS.findIndex(({ name }) => name === layer);
    const shape = CONV_LAYERS[index];
    if (shape === undefined) throw new LensError('unexpected', `no layer ${layer}`);
    return { ...shape, activations: await network.read(maps[index]!) };
  }

  return {
    async analyse({ runId, photo, crop: wantedCrop, keepMaps }) {
      const startMs = performance.now();
      const decoded = await decode(photo);
      let prepared;
      const decodedMs = performance.now();
      try {
        prepared = preparePhoto(decoded, wantedCrop);
      } finally {
        decoded.close();
      }
      const { crop, inputRgb } = prepared;
      const normalised = normaliseRgb(inputRgb, input.mean, input.std);
      const preparedMs = performance.now();
      const { maps, logit } = await network.forward(normalised);
      const forwardMs = performance.now() - preparedMs;
      if (keepMaps) keep(runId, maps);
      else dispose([...maps]);
      const timings = { decodeMs: decodedMs - startMs, preprocessMs: preparedMs - decodedMs, forwardMs };
      return { runId, source: decoded.size, crop, inputRgb, logit, timings };
    },
    async readLayer(runId, layer) {
      const { side, channels, activations } = await readActivations(runId, layer);
      return { runId, layer, side, channels, ...packTiles(activations, side, channels) };
    },
    async readMap(runId, layer, filter) {
      const { side, channels, activations } = await readActivations(runId, layer);
      if (!Number.isInteger(filter) || filter < 0 || filter >= channels) {
        throw new LensError('unexpected', `${layer} has no filter ${filter}`);
      }
      return { runId, layer, filter, side, values: extractMap(activations, side, channels, filter) };
    },
    release,
    dispose() {
      for (const runId of [...runs.keys()]) release(runId);
    },
  };
}
