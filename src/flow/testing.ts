/** A world for the flow's tests: an engine whose answers the test gives, and no browser. */
import { centreSquare } from '../domain/crop';
import type { Thumbnail } from '../domain/find-lesion';
import type { SourcePx } from '../domain/geometry';
import type { ModelManifest } from '../domain/manifest';
import { separateMaps } from '../domain/layer-maps';
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
import type { AnalyseRequest, Engine, MaximiseRequest } from '../engine/protocol';
import { watchInstallPrompt } from '../pwa/install-prompt';
import { createPreferenceShelf } from '../pwa/preference-shelf';
import type { AppShell } from '../pwa/shell';
import { createAppStore } from '../store/app-store';
import { HeavyCache } from '../store/heavy-cache';
import { createFlow } from './create-flow';
import { MemoryShelf, VIEW_JPEG } from './testing-diary';

interface Deferred<T> {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
  readonly reject: (error: unknown) => void;
}

function defer<T>(): Deferred<T> {
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

const MANIFEST: ModelManifest = {
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
  backendDetail: 'SIMD, 2 threads',
  rejected: [],
  selfTest: { input: 'lesion', passed: true, logitError: 0, layers: [], ms: 1 },
  loadMs: 1,
};

/** Every photo of the tests. */
export const SOURCE = { width: 400 as SourcePx, height: 300 as SourcePx };

function analyseResult({ runId, crop, quarterTurns = 0 }: AnalyseRequest, logit: number): AnalyseResult {
  // Stripes: bright enough and with enough contrast for a verdict.
  const inputRgb = Uint8Array.from({ length: inputLength(VGG16) }, (_, i) => (i % 96 < 48 ? 90 : 160));
  return {
    runId,
    source: SOURCE,
    crop: crop ?? centreSquare(SOURCE),
    quarterTurns,
    inputRgb,
    pixelNoise: 0,
    logit,
    traits: null,
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
  private readonly answered = new Set<RunId>();
  /** Set by a test to let the next reading of maps fail. */
  readError: Error | null = null;
  /** Set by a test to let the keeping of the model fail. */
  keepError: Error | null = null;
  /** Grown by a test. */
  readonly requests: string[] = [];

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

  memory() {
    return Promise.resolve({ buffers: 0, bytes: 0 });
  }

  /** Answers the oldest analysis that has no answer yet; does nothing where there is none. */
  answerNext(logit: number): void {
    const next = this.analyses.find(({ request }) => !this.answered.has(request.runId));
    if (next === undefined) return;
    this.answered.add(next.request.runId);
    next.answer.resolve(analyseResult(next.request, logit));
  }

  /** Answers the analysis that was asked for last. */
  answer(logit: number): void {
    const last = this.analyses.at(-1);
    if (last === undefined) throw new Error('no analysis was asked for');
    last.answer.resolve(analyseResult(last.request, logit));
  }
}

/** A service worker whose progress the test decides. */
class FakeShell implements AppShell {
  readonly kept = defer<undefined>();
  updates = 0;
  /** Says that a newer version lies ready. */
  announce: () => void = () => undefined;

  whenKept(): Promise<void> {
    return this.kept.promise;
  }

  onUpdate(listener: () => void): void {
    this.announce = listener;
  }

  update(): void {
    this.updates += 1;
  }
}

/** @param nowMs - The clock; it stands still where the test gives none. @param settings - What lies in local storage. */
export function createTestFlow(nowMs: () => number = () => 0, settings = new Map<string, string>()) {
  const engine = new FakeEngine();
  const store = createAppStore();
  const revoked: string[] = [];
  const cache = new HeavyCache((url) => revoked.push(url));
  /** Files whose name begins with "bad" are refused. */
  const refused = new Error('refused');
  let urls = 0;
  const shell = new FakeShell();
  const pageRequests: string[] = [];
  const diary = new MemoryShelf();
  const idle = defer<undefined>();
  const flow = createFlow({
    engine,
    store,
    cache,
    acceptPhoto: (blob) => {
      const name = blob instanceof File ? blob.name : '';
      if (name.startsWith('bad')) return Promise.reject(refused);
      return Promise.resolve({
        blob,
        name,
        type: name.endsWith('.heic') ? 'heic' : 'png',
        sizeBytes: blob.size,
        headerSize: name.startsWith('large') ? { width: 12_000, height: 9000 } : { width: 640, height: 480 },
        orientation: name.startsWith('turned') ? 6 : 1,
      });
    },
    paintSample: (kind) => Promise.resolve(photo(`${kind}.png`)),
    createObjectUrl: () => {
      urls += 1;
      return `blob:${urls}`;
    },
    nowMs,
    nextTask: () => Promise.resolve(),
    // Views come only where a test lets them: every other call would have to reckon with them.
    whenIdle: () => idle.promise.then(() => new Promise((resolve) => setTimeout(resolve))),
    shell,
    installPrompt: watchInstallPrompt(new EventTarget()),
    storedData: {
      describe: () =>
        Promise.resolve({
          items: [{ kind: 'database', name: 'lesion-lens-diary', files: null, bytes: null }],
          usageBytes: null,
          quotaBytes: null,
          isPersistent: null,
        }),
      clear: () => Promise.resolve([]),
    },
    preferences: createPreferenceShelf(() => ({
      getItem: (key) => settings.get(key) ?? null,
      setItem: (key, value) => void settings.set(key, value),
    })),
    diary,
    drawView: () => Promise.resolve(VIEW_JPEG.slice()),
    now: () => new Date('2026-02-03T04:05:06.007Z'),
    listPageRequests: () => pageRequests,
    describeDevice: () => ({ browser: 'test', cores: 2, isIsolated: true, screen: '1x1', isOnline: true }),
    loadRequest: { modelUrl: 'http://test/model/', wasmUrl: 'http://test/wasm/', backend: 'auto' },
  });
  /** From now on views are computed. */
  const becomeIdle = (): void => idle.resolve(undefined);
  return { engine, store, cache, flow, shell, diary, settings, pageRequests, revoked, becomeIdle, state: () => store.getState() };
}

export function photo(name: string): File {
  return new File(['pixels'], name, { type: 'image/png' });
}

/** A test flow whose model is loaded. */
export async function createReadyFlow(nowMs?: () => number, settings?: Map<string, string>) {
  const world = createTestFlow(nowMs, settings);
  const loading = world.flow.model.load();
  world.engine.loads[0]?.resolve(LOADED);
  await loading;
  return world;
}

/** A ready flow with a photo's result on the screen. @param logit - The photo's, before calibration. */
export async function createFlowWithResult(logit = 0.75) {
  const world = await createReadyFlow();
  const done = world.flow.photo.analyse(photo('a.png'));
  await settle();
  world.engine.answer(logit);
  await done;
  await settle();
  return world;
}

/** A ready flow whose model has a limit on how far the views may differ; those of every square have these logits in turn. */
export async function createViewWorld(logits: readonly number[]) {
  const world = createTestFlow();
  const loading = world.flow.model.load();
  const manifest = { ...MANIFEST, viewLimits: { dermatoscope: 0.1, phone: 0.1 } };
  world.engine.loads[0]?.resolve({ ...LOADED, manifest });
  await loading;
  const seen = { calls: 0 };
  world.engine.scoreInputs = () => Promise.resolve(Float32Array.of(logits[seen.calls++ % logits.length]!));
  return { ...world, seen };
}
