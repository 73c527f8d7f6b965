/** The engine of the flow's tests: its answers are the test's. */
import type { OwnModel } from '../domain/own-model';
import { centreSquare, clampCrop } from '../domain/crop';
import type { Thumbnail } from '../domain/find-lesion';
import type { SourcePx } from '../domain/geometry';
import { separateMaps } from '../domain/layer-maps';
import type { ModelManifest } from '../domain/manifest';
import { inputLength, layerOf, VGG16 } from '../domain/network';
import {
  HEAD_HEAT_MAPS,
  type AnalyseResult,
  type ErasedInput,
  type ExperimentResult,
  type HeadFacts,
  type LayerMaps,
  type LayerMutes,
  type MaximisedImage,
  type RunId,
} from '../domain/analysis';
import type { LoadedModel } from '../domain/loaded-model';
import type { Shortcut } from '../domain/shortcut-masks';
import type { AnalyseRequest, Engine, LoadRequest, MaximiseRequest } from '../engine/protocol';

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

export const MANIFEST: ModelManifest = {
  format: 'lesion-lens-model',
  version: 'test',
  files: [],
  input: { mean: [0, 0, 0], std: [1, 1, 1] },
  network: VGG16,
  calibration: { slope: 2, offset: 0 },
  probes: null,
  calibrations: {},
  viewLimits: {},
  threshold: 0.5,
  metrics: [],
  quantisation: { dtype: 'float16', maxScoreChange: 0, aucChange: 0 },
  trainingData: [],
  licence: 'none',
};

export const LOADED: LoadedModel = {
  manifest: MANIFEST,
  backend: 'wasm',
  way: 'kernels',
  chosenBy: 'not-measured',
  backendDetail: 'SIMD, 2 threads',
  rejected: [],
  selfTest: { input: 'lesion', passed: true, logitError: 0, layers: [], ms: 1 },
  loadMs: 1,
};

/** Every photo of the tests. */
export const SOURCE = { width: 400 as SourcePx, height: 300 as SourcePx };

/** Brown disc on skin, 80x60: its middle at 28, 30 of the copy, 140, 150 of the photo. */
export function thumbnail(hasSpot = true): Thumbnail {
  const rgba = new Uint8Array(80 * 60 * 4);
  for (let i = 0; i < 80 * 60; i += 1) {
    const isSpot = hasSpot && Math.hypot((i % 80) - 28, Math.floor(i / 80) - 30) < 9;
    rgba.set(isSpot ? [120, 74, 52, 255] : [222, 178, 156, 255], i * 4);
  }
  return { width: 80, height: 60, rgba, source: SOURCE };
}

/** Activations, where they are asked for, are all the logit. */
function analyseResult({ runId, crop, quarterTurns = 0, activations = null }: AnalyseRequest, logit: number): AnalyseResult {
  // Stripes: bright enough and with enough contrast for a verdict.
  const inputRgb = Uint8Array.from({ length: inputLength(VGG16) }, (_, i) => (i % 96 < 48 ? 90 : 160));
  return {
    runId,
    source: SOURCE,
    crop: crop === null ? centreSquare(SOURCE) : clampCrop(crop, SOURCE),
    quarterTurns,
    inputRgb,
    pixelNoise: 0,
    logit,
    traits: null,
    ...(activations !== null && { activations: new Float32Array(8).fill(logit) }),
    backend: 'wasm',
    timings: { decodeMs: 1, preprocessMs: 1, forwardMs: 1 },
  };
}

/** Maps that are silent but for `strongest`, which is 1 everywhere. */
function layerMaps(runId: RunId, layer: string, strongest = 5): LayerMaps {
  const { side, channels } = layerOf(VGG16, layer);
  const activations = Float32Array.from({ length: side * side * channels }, (_, i) => (i % channels === strongest ? 1 : 0));
  return { runId, layer, side, channels, ...separateMaps(activations, side, channels) };
}

/** Every analysis waits for the test; maps are read at once and only of runs that the engine keeps. */
export class FakeEngine implements Engine {
  loads: Deferred<LoadedModel>[] = [];
  analyses: { readonly request: AnalyseRequest; readonly answer: Deferred<AnalyseResult> }[] = [];
  released: RunId[] = [];
  /** In the order of reading. */
  readonly layersRead: string[] = [];
  experiments: (readonly LayerMutes[])[] = [];
  ranked: [number, number][] = [];
  thumbnails: { readonly photo: Blob; readonly answer: Deferred<Thumbnail> }[] = [];
  madeShowable: Blob[] = [];
  readonly kept = new Set<RunId>();
  /** Of `analyses`. */
  private readonly answered = new Set<AnalyseRequest>();
  /** Set by a test to let the next reading of maps fail. */
  readError: Error | null = null;
  /** Set by a test to let the keeping of the model fail. */
  keepError: Error | null = null;
  /** Grown by a test. */
  readonly requests: string[] = [];

  /** Of every load and reopening. */
  readonly loadRequests: LoadRequest[] = [];

  /** Set by a test. */
  ownFacts: OwnModel | Error = new Error('no model of their own');
  describeOwn(): Promise<OwnModel> {
    return this.ownFacts instanceof Error ? Promise.reject(this.ownFacts) : Promise.resolve(this.ownFacts);
  }

  /** Set by a test. */
  kerasFile: Blob | Error = new Error('no file');
  exportKeras(): Promise<Blob> {
    return this.kerasFile instanceof Error ? Promise.reject(this.kerasFile) : Promise.resolve(this.kerasFile);
  }

  load(request: LoadRequest): Promise<LoadedModel> {
    this.loadRequests.push(request);
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

  /** Called by a test with the facts of a model that was loaded anew. */
  tellReload: (facts: LoadedModel) => void = () => undefined;

  onReload(listener: (facts: LoadedModel) => void): void {
    this.tellReload = listener;
  }

  listRequests(): Promise<readonly string[]> {
    return Promise.resolve(this.requests);
  }

  keepModel(): Promise<void> {
    return this.keepError === null ? Promise.resolve() : Promise.reject(this.keepError);
  }

  /** Waits for the test. */
  readThumbnail(photo: Blob): Promise<Thumbnail> {
    const answer = defer<Thumbnail>();
    this.thumbnails.push({ photo, answer });
    return answer.promise;
  }

  /** Always another file. */
  makeShowable(photo: Blob): Promise<Blob> {
    this.madeShowable.push(photo);
    return Promise.resolve(new Blob(['shown'], { type: 'image/bmp' }));
  }

  encodeFrame(): Promise<Blob> {
    return Promise.resolve(new Blob(['frame'], { type: 'image/bmp' }));
  }

  readLayer(runId: RunId, layer: string): Promise<LayerMaps> {
    if (this.readError !== null) return Promise.reject(this.readError);
    if (!this.kept.has(runId)) return Promise.reject(new Error(`run ${runId} is not kept`));
    this.layersRead.push(layer);
    return Promise.resolve(layerMaps(runId, layer));
  }

  readMap(runId: RunId, layer: string, filter: number) {
    if (!this.kept.has(runId)) return Promise.reject(new Error(`run ${runId} is not kept`));
    return Promise.resolve({ runId, layer, filter, side: 2, values: new Float32Array(4) });
  }

  /** One logit unit less for every muted filter. */
  experiment(runId: RunId, mutes: readonly LayerMutes[]): Promise<ExperimentResult> {
    this.experiments.push(mutes);
    if (!this.kept.has(runId)) return Promise.reject(new Error(`run ${runId} is not kept`));
    const muted = mutes.reduce((n, { filters }) => n + filters.length, 0);
    return Promise.resolve({ logit: -muted, ms: 1 });
  }

  /** Each filter's effect is its number. */
  muteEffects(_runId: RunId, _layer: string, first: number, end: number) {
    this.ranked.push([first, end]);
    return Promise.resolve(Float32Array.from({ length: end - first }, (_, i) => first + i));
  }

  /** The share of bytes that are 90, one of the two that `analyseResult` paints with. */
  scoreInputs(inputs: Uint8Array) {
    const each = inputLength(VGG16);
    return Promise.resolve(
      Float32Array.from({ length: inputs.length / each }, (_, i) => {
        const picture = inputs.subarray(i * each, (i + 1) * each);
        return picture.filter((byte) => byte === 90).length / each;
      }),
    );
  }

  /** Of ink there is none; without the rest the logit is -1. */
  eraseShortcut(input: Uint8Array<ArrayBuffer>, shortcut: Shortcut): Promise<ErasedInput> {
    const isThere = shortcut !== 'ink';
    return Promise.resolve({ shortcut, share: isThere ? 0.25 : 0, rgb: input, logit: isThere ? -1 : null });
  }

  explainHead(runId: RunId): Promise<HeadFacts> {
    if (!this.kept.has(runId)) return Promise.reject(new Error(`run ${runId} is not kept`));
    const heatMaps = HEAD_HEAT_MAPS.map((name) => ({ name, side: 8, values: new Float32Array(64) }));
    return Promise.resolve({ runId, heatMaps, units: new Float32Array(256), shares: new Float32Array(256), bias: 0 });
  }

  /** The mean is the number of steps made. Answers in a later task, as the worker does. */
  async maximise({ steps, stepsDone }: MaximiseRequest): Promise<MaximisedImage> {
    await new Promise((resolve) => setTimeout(resolve));
    return { image: new Float32Array(12), side: 2, mean: steps + stepsDone };
  }

  firstKernels() {
    return Promise.resolve(new Float32Array(3 * 3 * 3 * 64));
  }

  setAsides: RunId[] = [];
  /** Its maps can still be read: what is asked for again is computed anew. */
  setAside(runId: RunId): Promise<void> {
    this.setAsides.push(runId);
    return Promise.resolve();
  }

  release(runId: RunId): Promise<void> {
    this.released.push(runId);
    this.kept.delete(runId);
    return Promise.resolve();
  }

  selfTest() {
    return Promise.resolve([LOADED.selfTest]);
  }

  revived = 0;
  revive(): Promise<void> {
    this.revived += 1;
    return Promise.resolve();
  }

  /** Set by a test: what `timeAside` answers, once for each time. */
  readonly asideMs: (number | Error)[] = [];
  /** Set by a test to let something happen while WebGL is timed. */
  whileAside: () => void = () => undefined;
  webglObjection: string | null = 'no WebGL 2 in a worker here';

  timeAside(): Promise<number> {
    this.whileAside();
    const answer = this.asideMs.shift() ?? new Error('not asked for');
    return typeof answer === 'number' ? Promise.resolve(answer) : Promise.reject(answer);
  }

  timePass() {
    return Promise.resolve(40);
  }

  computeAsked = 0;
  describeCompute() {
    this.computeAsked += 1;
    return Promise.resolve({ renderer: 'Mali-G78', threads: 4, webglObjection: this.webglObjection });
  }

  /** Those opened beside this one, and whether they were ended. */
  readonly besides: (FakeEngine & { isEnded: boolean; end: () => Promise<void> })[] = [];
  beside() {
    const beside = Object.assign(new FakeEngine(), {
      isEnded: false,
      end(): Promise<void> {
        beside.isEnded = true;
        return Promise.resolve();
      },
    });
    this.besides.push(beside);
    return beside;
  }

  /** Set by a test to let the reopening fail. */
  reopenError: Error | null = null;

  reopen(request: LoadRequest): Promise<void> {
    this.loadRequests.push(request);
    return this.reopenError === null ? Promise.resolve() : Promise.reject(this.reopenError);
  }

  memory() {
    return Promise.resolve({ buffers: 0, bytes: 0 });
  }

  /** Answers the oldest analysis that has no answer yet; does nothing where there is none. */
  answerNext(logit: number): void {
    const next = this.analyses.find(({ request }) => !this.answered.has(request));
    if (next === undefined) return;
    this.answered.add(next.request);
    next.answer.resolve(analyseResult(next.request, logit));
  }

  /** Answers the analysis that was asked for last. */
  answer(logit: number): void {
    const last = this.analyses.at(-1);
    if (last === undefined) throw new Error('no analysis was asked for');
    last.answer.resolve(analyseResult(last.request, logit));
  }
}
