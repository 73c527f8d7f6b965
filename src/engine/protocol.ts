/** What the engine's worker answers. Only facts and transferable buffers cross this border, never a tensor. */
import type { ErrorFacts } from '../domain/errors';
import type { SourceSize, SquareCrop } from '../domain/geometry';
import type { ModelManifest } from '../domain/manifest';
import type { ConvLayerName } from '../domain/network';

export const BACKENDS = ['webgl', 'wasm', 'cpu'] as const;
export type Backend = (typeof BACKENDS)[number];

/** Names one analysis; chosen by the caller, unique since load. */
export type RunId = number;

export interface LoadRequest {
  /** Absolute URL of the folder that holds manifest.json, ending in '/'. */
  readonly modelUrl: string;
  /** Absolute URL of the folder that holds the .wasm files, ending in '/'. */
  readonly wasmUrl: string;
  /** A forced backend is used or the load fails; 'auto' walks the ladder hardware webgl -> wasm -> cpu. */
  readonly backend: Backend | 'auto';
}

export type LoadProgress =
  | { readonly phase: 'download'; readonly loadedBytes: number; readonly totalBytes: number }
  | { readonly phase: 'compile'; readonly backend: Backend }
  | { readonly phase: 'self-test'; readonly backend: Backend };

export interface RejectedBackend {
  readonly backend: Backend;
  readonly reason: string;
}

export interface LoadedModel {
  readonly manifest: ModelManifest;
  readonly backend: Backend;
  /** For instance "SIMD, 2 threads" or the GPU's renderer string. */
  readonly backendDetail: string;
  /** Rungs of the ladder that were tried or passed over before this one, with the reason. */
  readonly rejected: readonly RejectedBackend[];
  readonly selfTest: SelfTestCase;
  readonly loadMs: number;
}

export interface SelfTestCase {
  readonly input: string;
  readonly passed: boolean;
  readonly logitError: number;
  /** Worst layer first is not promised; in network order. `error` is relative to the layer's golden maximum. */
  readonly layers: readonly { readonly name: string; readonly error: number; readonly passed: boolean }[];
  readonly ms: number;
}

export interface AnalyseRequest {
  readonly runId: RunId;
  /** The photo's file, already accepted by intake. */
  readonly photo: Blob;
  /** null: the largest centred square. */
  readonly crop: SquareCrop | null;
  /** false (batch): the maps are dropped at once and cannot be read. */
  readonly keepMaps: boolean;
}

/** Measured on the crop's 128x128 picture and the photo's size; thresholds and codes are in domain/photo-quality.ts. */
export interface AnalyseResult {
  readonly runId: RunId;
  readonly source: SourceSize;
  readonly crop: SquareCrop;
  /** The picture that the network saw: RGB bytes [128, 128, 3]. */
  readonly inputRgb: Uint8Array<ArrayBuffer>;
  /** Before calibration. */
  readonly logit: number;
  readonly timings: { readonly decodeMs: number; readonly preprocessMs: number; readonly forwardMs: number };
}

/** One layer's maps, packed for drawing. */
export interface LayerMaps {
  readonly runId: RunId;
  readonly layer: ConvLayerName;
  readonly side: number;
  readonly channels: number;
  /** [channels, side, side]: each map scaled by its own range to 0-255. */
  readonly tiles: Uint8Array<ArrayBuffer>;
  /** Per map, in activation units. */
  readonly min: Float32Array<ArrayBuffer>;
  readonly max: Float32Array<ArrayBuffer>;
  readonly mean: Float32Array<ArrayBuffer>;
}

/** One map's exact activations, [side, side]. */
export interface FilterMap {
  readonly runId: RunId;
  readonly layer: ConvLayerName;
  readonly filter: number;
  readonly side: number;
  readonly values: Float32Array<ArrayBuffer>;
}

export interface MemoryFacts {
  readonly tensors: number;
  readonly bytes: number;
}

/** A worker's answer: comlink would strip an Error of its code. */
export type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: ErrorFacts };

/** The worker's side. Calls run one at a time, in order. */
export interface EngineApi {
  load(request: LoadRequest, onProgress: (progress: LoadProgress) => void): Promise<Outcome<LoadedModel>>;
  analyse(request: AnalyseRequest): Promise<Outcome<AnalyseResult>>;
  readLayer(runId: RunId, layer: ConvLayerName): Promise<Outcome<LayerMaps>>;
  readMap(runId: RunId, layer: ConvLayerName, filter: number): Promise<Outcome<FilterMap>>;
  /** Frees a run's maps; unknown ids are ignored. */
  release(runId: RunId): Promise<Outcome<null>>;
  /** Runs every golden input on the chosen backend. */
  selfTest(): Promise<Outcome<readonly SelfTestCase[]>>;
  memory(): Promise<Outcome<MemoryFacts>>;
}

/** What the rest of the app calls (engine/client.ts): the same, with `LensError` thrown and a time-out on every call. */
export interface Engine {
  load(request: LoadRequest, onProgress: (progress: LoadProgress) => void): Promise<LoadedModel>;
  analyse(request: AnalyseRequest): Promise<AnalyseResult>;
  readLayer(runId: RunId, layer: ConvLayerName): Promise<LayerMaps>;
  readMap(runId: RunId, layer: ConvLayerName, filter: number): Promise<FilterMap>;
  release(runId: RunId): Promise<void>;
  selfTest(): Promise<readonly SelfTestCase[]>;
  memory(): Promise<MemoryFacts>;
}
