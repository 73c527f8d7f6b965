/** A world for the flow's tests: an engine whose answers the test gives, and no browser. */
import type { SourcePx } from '../domain/geometry';
import type { ModelManifest } from '../domain/manifest';
import { CONV_LAYERS, INPUT_PX, type ConvLayerName } from '../domain/network';
import type { AnalyseRequest, AnalyseResult, Engine, LayerMaps, LoadedModel, RunId } from '../engine/protocol';
import { createAppStore } from '../store/app-store';
import { HeavyCache } from '../store/heavy-cache';
import { createFlow } from './create-flow';

export interface Deferred<T> {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
  readonly reject: (error: unknown) => void;
}

export function defer<T>(): Deferred<T> {
  let resolve: (value: T) => void = () => undefined;
  let reject: (error: unknown) => void = () => undefined;
  const promise = new Promise<T>((onValue, onError) => {
    resolve = onValue;
    reject = onError;
  });
  return { promise, resolve, reject };
}

/** Lets every promise that can go on go on. */
export async function settle(): Promise<void> {
  for (let i = 0; i < 20; i += 1) await Promise.resolve();
}

export const MANIFEST: ModelManifest = {
  format: 'lesion-lens-model',
  version: 'test',
  files: [],
  input: { side: INPUT_PX, channels: 3, mean: [0, 0, 0], std: [1, 1, 1] },
  parameters: 0,
  calibration: { slope: 2, offset: 0 },
  threshold: 0.5,
  metrics: [],
  quantisation: { dtype: 'float16', maxScoreChange: 0, aucChange: 0 },
  trainingData: [],
  licence: 'none',
};

export const LOADED: LoadedModel = {
  manifest: MANIFEST,
  backend: 'wasm',
  backendDetail: 'SIMD, 2 threads',
  rejected: [],
  selfTest: { input: 'lesion', passed: true, logitError: 0, layers: [], ms: 1 },
  loadMs: 1,
};

export function analyseResult(runId: RunId, logit: number): AnalyseResult {
  const size = 300 as SourcePx;
  // Stripes: bright enough and with enough contrast for a verdict.
  const inputRgb = Uint8Array.from({ length: INPUT_PX * INPUT_PX * 3 }, (_, i) => (i % 96 < 48 ? 90 : 160));
  return {
    runId,
    source: { width: size, height: size },
    crop: { x: 0 as SourcePx, y: 0 as SourcePx, size },
    inputRgb,
    logit,
    timings: { decodeMs: 1, preprocessMs: 1, forwardMs: 1 },
  };
}

/** Maps that are silent but for `strongest`. */
export function layerMaps(runId: RunId, layer: ConvLayerName, strongest = 5): LayerMaps {
  const shape = CONV_LAYERS.find(({ name }) => name === layer);
  if (shape === undefined) throw new Error(`no layer ${layer}`);
  const { side, channels } = shape;
  const mean = new Float32Array(channels);
  mean[strongest] = 1;
  const tiles = new Uint8Array(side * side * channels);
  return { runId, layer, side, channels, tiles, min: new Float32Array(channels), max: mean.slice(), mean };
}

/** Every analysis waits for the test; maps are read at once and only of runs that the engine keeps. */
export class FakeEngine implements Engine {
  loads: Deferred<LoadedModel>[] = [];
  analyses: { readonly request: AnalyseRequest; readonly answer: Deferred<AnalyseResult> }[] = [];
  released: RunId[] = [];
  readonly kept = new Set<RunId>();
  /** Set by a test to let the next reading of maps fail. */
  readError: Error | null = null;

  load(): Promise<LoadedModel> {
    const load = defer<LoadedModel>();
    this.loads.push(load);
    return load.promise;
  }

  async analyse(request: AnalyseRequest): Promise<AnalyseResult> {
    const answer = defer<AnalyseResult>();
    this.analyses.push({ request, answer });
    const result = await answer.promise;
    if (request.keepMaps) this.kept.add(request.runId);
    return result;
  }

  readLayer(runId: RunId, layer: ConvLayerName): Promise<LayerMaps> {
    if (this.readError !== null) return Promise.reject(this.readError);
    if (!this.kept.has(runId)) return Promise.reject(new Error(`run ${runId} is not kept`));
    return Promise.resolve(layerMaps(runId, layer));
  }

  readMap(runId: RunId, layer: ConvLayerName, filter: number) {
    if (!this.kept.has(runId)) return Promise.reject(new Error(`run ${runId} is not kept`));
    return Promise.resolve({ runId, layer, filter, side: 2, values: new Float32Array(4) });
  }

  release(runId: RunId): Promise<void> {
    this.released.push(runId);
    this.kept.delete(runId);
    return Promise.resolve();
  }

  selfTest() {
    return Promise.resolve([LOADED.selfTest]);
  }

  memory() {
    return Promise.resolve({ tensors: 0, bytes: 0 });
  }

  /** Answers the analysis that was asked for last. */
  answer(logit: number): void {
    const last = this.analyses.at(-1);
    if (last === undefined) throw new Error('no analysis was asked for');
    last.answer.resolve(analyseResult(last.request.runId, logit));
  }
}

export function createTestFlow() {
  const engine = new FakeEngine();
  const store = createAppStore();
  const revoked: string[] = [];
  const cache = new HeavyCache((url) => revoked.push(url));
  /** Files whose name begins with "bad" are refused. */
  const refused = new Error('refused');
  let urls = 0;
  const flow = createFlow({
    engine,
    store,
    cache,
    acceptPhoto: (blob) => {
      const name = blob instanceof File ? blob.name : '';
      if (name.startsWith('bad')) return Promise.reject(refused);
      return Promise.resolve({ blob, name, type: 'png', sizeBytes: blob.size, headerSize: null });
    },
    paintSample: (kind) => Promise.resolve(photo(`${kind}.png`)),
    createObjectUrl: () => {
      urls += 1;
      return `blob:${urls}`;
    },
    nowMs: () => 0,
    loadRequest: { modelUrl: 'http://test/model/', wasmUrl: 'http://test/wasm/', backend: 'auto' },
  });
  return { engine, store, cache, flow, revoked, state: () => store.getState() };
}

export function photo(name: string): File {
  return new File(['pixels'], name, { type: 'image/png' });
}

/** A test flow whose model is loaded. */
export async function createReadyFlow() {
  const world = createTestFlow();
  const loading = world.flow.loadModel();
  world.engine.loads[0]?.resolve(LOADED);
  await loading;
  return world;
}
