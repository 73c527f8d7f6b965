/** What the engine's worker answers. Only facts and transferable buffers cross this border, never a tensor. */
import type { ErrorFacts } from '../domain/errors';
import type { Thumbnail } from '../domain/find-lesion';
import type { QuarterTurns, SourceSize, SquareCrop } from '../domain/geometry';
import type { ModelManifest } from '../domain/manifest';
import type { LayerStatistics } from '../domain/layer-maps';
import type { ConvLayerName, MapLayerName } from '../domain/network';

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
  /** Clockwise, of the picture that the crop gave; none where it is left out. */
  readonly quarterTurns?: QuarterTurns;
  /** false (batch): the maps are dropped at once and cannot be read. */
  readonly keepMaps: boolean;
}

/** Measured on the crop's 128x128 picture and the photo's size; thresholds and codes are in domain/photo-quality.ts. */
export interface AnalyseResult {
  readonly runId: RunId;
  readonly source: SourceSize;
  readonly crop: SquareCrop;
  readonly quarterTurns: QuarterTurns;
  /** The picture that the network saw, turned: RGB bytes [128, 128, 3]. */
  readonly inputRgb: Uint8Array<ArrayBuffer>;
  /** Before calibration. */
  readonly logit: number;
  /** What computed it; after a crash another may take over. */
  readonly backend: Backend;
  readonly timings: { readonly decodeMs: number; readonly preprocessMs: number; readonly forwardMs: number };
}

/** One layer's maps as the network computed them. */
export interface LayerMaps extends LayerStatistics {
  readonly runId: RunId;
  readonly layer: MapLayerName;
  readonly side: number;
  readonly channels: number;
  /** [channels, side, side], in activation units: map after map. */
  readonly values: Float32Array<ArrayBuffer>;
}

/** One map's activations, [side, side]. */
export interface FilterMap {
  readonly runId: RunId;
  readonly layer: MapLayerName;
  readonly filter: number;
  readonly side: number;
  readonly values: Float32Array<ArrayBuffer>;
}

/** Filters of one layer whose maps are set to 0. */
export interface LayerMutes {
  readonly layer: ConvLayerName;
  readonly filters: readonly number[];
}

export interface ExperimentResult {
  /** Before calibration. */
  readonly logit: number;
  readonly ms: number;
}

/** What the head of the network made of block5_conv3; all in units of the logit, exact on every backend. */
export interface HeadFacts {
  readonly runId: RunId;
  /**
   * Grad-CAM (Selvaraju et al. 2017, arXiv:1610.02391) of the logit at block5_conv3, [8, 8], before its ReLU:
   * sum over filters of (mean gradient of the map) * (map).
   */
  readonly gradCam: Float32Array<ArrayBuffer>;
  /** HiResCAM (Draelos and Carin 2020, arXiv:2011.08891), [8, 8], before its ReLU: sum of gradient * map, pixel by pixel. */
  readonly hiResCam: Float32Array<ArrayBuffer>;
  /** The 256 units of the first dense layer after ReLU. */
  readonly units: Float32Array<ArrayBuffer>;
  /** What each unit adds to the logit: unit * its weight. These and `bias` add up to the logit. */
  readonly shares: Float32Array<ArrayBuffer>;
  readonly bias: number;
}

export interface MaximiseRequest {
  readonly layer: ConvLayerName;
  readonly filter: number;
  /** null: begin with grey noise made from `seed`. Else the `image` of the last answer. */
  readonly image: Float32Array<ArrayBuffer> | null;
  /** Steps of gradient ascent to make now; 0 with a null image only measures the noise. */
  readonly steps: number;
  /** Steps made before; jitter and blur depend on it. */
  readonly stepsDone: number;
  readonly seed: number;
}

export interface MaximisedImage {
  /** Bytes' range as floats, 0-255, [side, side, 3]; side is 64 for blocks 1-3, 128 for the others. */
  readonly image: Float32Array<ArrayBuffer>;
  readonly side: number;
  /** The filter's mean activation over its whole map on this image. */
  readonly mean: number;
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
  /** A small copy of a photo, `maxSidePx` long at most, each pixel the mean of those that it stands for. Needs no model. */
  readThumbnail(photo: Blob, maxSidePx: number): Promise<Outcome<Thumbnail>>;
  /** The picture as a file that this browser shows: the same file, or one made of its pixels. Needs no model. */
  makeShowable(photo: Blob): Promise<Outcome<Blob>>;
  readLayer(runId: RunId, layer: MapLayerName): Promise<Outcome<LayerMaps>>;
  readMap(runId: RunId, layer: MapLayerName, filter: number): Promise<Outcome<FilterMap>>;
  /** The score with filters muted, computed from the kept maps of the first muted layer on. No mutes: the run's own. */
  experiment(runId: RunId, mutes: readonly LayerMutes[]): Promise<Outcome<ExperimentResult>>;
  /** Change of the logit that muting each filter from `first` up to, not including, `end` causes by itself. */
  muteEffects(runId: RunId, layer: ConvLayerName, first: number, end: number): Promise<Outcome<Float32Array<ArrayBuffer>>>;
  /** Logits of network inputs: RGB bytes [n, 128, 128, 3]. Keeps nothing. */
  scoreInputs(inputs: Uint8Array<ArrayBuffer>): Promise<Outcome<Float32Array<ArrayBuffer>>>;
  explainHead(runId: RunId): Promise<Outcome<HeadFacts>>;
  /** Activation maximisation (Erhan et al. 2009), a few steps a call, so that the caller can show progress and stop. */
  maximise(request: MaximiseRequest): Promise<Outcome<MaximisedImage>>;
  /** Kernels of block1_conv1, [3, 3, 3, 64] (row, column, RGB, filter), as stored: they act on normalised inputs. */
  firstKernels(): Promise<Outcome<Float32Array<ArrayBuffer>>>;
  /** Frees a run's maps; unknown ids are ignored. */
  release(runId: RunId): Promise<Outcome<null>>;
  /** Runs every golden input on the chosen backend. */
  selfTest(): Promise<Outcome<readonly SelfTestCase[]>>;
  memory(): Promise<Outcome<MemoryFacts>>;
  /**
   * Resolves when every file of the loaded model lies on the device, checked, and other models' files are gone. Runs beside
   * the other calls. Errors: `storage-full`, `storage-blocked`.
   */
  keepModel(): Promise<Outcome<null>>;
  /** Addresses that the worker asked for since it was started, oldest first. Answered beside the other calls. */
  listRequests(): Promise<Outcome<readonly string[]>>;
}

/**
 * What the rest of the app calls (engine/client.ts): the same, with `LensError` thrown and a time-out on every call. A crash
 * is mended behind it, with a fresh worker, as often as makes sense; `engine-crashed` means that it did not help.
 */
export interface Engine {
  load(request: LoadRequest, onProgress: (progress: LoadProgress) => void): Promise<LoadedModel>;
  /** Calls the listener whenever the model was loaded anew after a crash: the backend may be another. */
  onReload(listener: (facts: LoadedModel) => void): void;
  analyse(request: AnalyseRequest): Promise<AnalyseResult>;
  /** A small copy of a photo, `maxSidePx` long at most, each pixel the mean of those that it stands for. Needs no model. */
  readThumbnail(photo: Blob, maxSidePx: number): Promise<Thumbnail>;
  /** The picture as a file that this browser shows: the same file, or one made of its pixels. Needs no model. */
  makeShowable(photo: Blob): Promise<Blob>;
  readLayer(runId: RunId, layer: MapLayerName): Promise<LayerMaps>;
  readMap(runId: RunId, layer: MapLayerName, filter: number): Promise<FilterMap>;
  /** The score with filters muted, computed from the kept maps of the first muted layer on. No mutes: the run's own. */
  experiment(runId: RunId, mutes: readonly LayerMutes[]): Promise<ExperimentResult>;
  /** Change of the logit that muting each filter from `first` up to, not including, `end` causes by itself. */
  muteEffects(runId: RunId, layer: ConvLayerName, first: number, end: number): Promise<Float32Array<ArrayBuffer>>;
  /** Logits of network inputs: RGB bytes [n, 128, 128, 3]. Keeps nothing. */
  scoreInputs(inputs: Uint8Array<ArrayBuffer>): Promise<Float32Array<ArrayBuffer>>;
  explainHead(runId: RunId): Promise<HeadFacts>;
  /** Activation maximisation (Erhan et al. 2009), a few steps a call, so that the caller can show progress and stop. */
  maximise(request: MaximiseRequest): Promise<MaximisedImage>;
  /** Kernels of block1_conv1, [3, 3, 3, 64] (row, column, RGB, filter), as stored: they act on normalised inputs. */
  firstKernels(): Promise<Float32Array<ArrayBuffer>>;
  release(runId: RunId): Promise<void>;
  selfTest(): Promise<readonly SelfTestCase[]>;
  memory(): Promise<MemoryFacts>;
  keepModel(): Promise<void>;
  listRequests(): Promise<readonly string[]>;
}
