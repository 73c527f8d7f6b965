/** What crosses the border between the app and the engine's worker: facts and transferable buffers, never a tensor. */
import type {
  AnalyseResult,
  ErasedInput,
  ExperimentResult,
  FilterMap,
  HeadFacts,
  LayerMaps,
  LayerMutes,
  MaximisedImage,
  RunId,
} from '../domain/analysis';
import type { EngineChoice, EngineTimes } from '../domain/engine-choice';
import type { ErrorFacts } from '../domain/errors';
import type { Thumbnail } from '../domain/find-lesion';
import type { QuarterTurns, SquareCrop } from '../domain/geometry';
import type { Backend, EngineMemory, LoadedModel, LoadProgress, SelfTestCase } from '../domain/loaded-model';
import type { ModelFile, OwnModel } from '../domain/own-model';
import type { OwnSettings } from '../domain/own-settings';
import type { Shortcut } from '../domain/shortcut-masks';

export interface LoadRequest {
  /** Absolute URL of the folder that holds manifest.json, ending in '/'. */
  readonly modelUrl: string;
  /** Absolute URL of the folder that holds the .wasm files, ending in '/'. */
  readonly wasmUrl: string;
  /** A forced backend is used or the load fails; 'auto' walks the ladder in the order of `orderWays` (domain/engine-choice.ts). */
  readonly backend: Backend | 'auto';
  /** `tfjs`: WebAssembly means tfjs's alone, for comparisons; else our own kernels (kernels/) come before it. */
  readonly kernels?: 'own' | 'tfjs';
  /** The way that is tried first; 'auto' where it is left out. */
  readonly choice?: EngineChoice;
  /** What was measured on an earlier visit; it counts where it was measured on this site. */
  readonly times?: EngineTimes | null;
  /** WebGL that is drawn by software is taken for a graphics processor. */
  readonly acceptSoftware?: boolean;
  /** A person's own model in the place of the one that ships. */
  readonly own?: OwnChoice | null;
}

/** A person's own model: its files, and what they say of it. */
export interface OwnChoice {
  readonly name: string;
  readonly files: readonly ModelFile[];
  readonly settings: OwnSettings;
}

/** What there is to compute with, whatever is loaded. */
export interface ComputeFacts {
  /** Of WebGL 2 in a worker, as it names itself; empty where there is none. */
  readonly renderer: string;
  /** That one pass of WebAssembly may have. */
  readonly threads: number;
}

export interface AnalyseRequest {
  readonly runId: RunId;
  /** The photo's file, already accepted by intake. */
  readonly photo: Blob;
  /** Width times height, as the file's header says; null or left out: not known, so it is not decoded before its turn. */
  readonly sourcePixels?: number | null;
  /** It was analysed before, so that it is not looked through for damage again. */
  readonly isWhole?: boolean;
  /** null: the largest centred square. */
  readonly crop: SquareCrop | null;
  /** Clockwise, of the picture that the crop gave; none where it is left out. */
  readonly quarterTurns?: QuarterTurns;
  /** false (batch): the maps are dropped at once and cannot be read. */
  readonly keepMaps: boolean;
  /** Answered as `AnalyseResult.activations`: a layer's name, or `DENSE_FEATURES` (domain/activations.ts). null or left out: none. */
  readonly activations?: string | null;
}

export interface MaximiseRequest {
  readonly layer: string;
  readonly filter: number;
  /** null: begin with grey noise made from `seed`. Else the `image` of the last answer. */
  readonly image: Float32Array<ArrayBuffer> | null;
  /** Steps of gradient ascent to make now; 0 with a null image only measures the noise. */
  readonly steps: number;
  /** Steps made before; jitter and blur depend on it. */
  readonly stepsDone: number;
  readonly seed: number;
}

/**
 * What the engine can do; the one place where its calls are listed. The worker and its client map their own types from it.
 * In the worker calls run one at a time, in order, but for those that say otherwise.
 */
export interface EngineCalls {
  /** What the files of a person's own model say; nothing of it stays. Errors: `own-model-*`. */
  describeOwn(files: readonly ModelFile[]): Promise<OwnModel>;
  /**
   * The loaded model that ships as a Keras .h5 file, float32. Runs beside the other calls.
   * Errors: `own-model-reader-missing`, `out-of-memory`; `model-invalid` while a person's own model is loaded.
   */
  exportKeras(): Promise<Blob>;
  load(request: LoadRequest, onProgress: (progress: LoadProgress) => void): Promise<LoadedModel>;
  analyse(request: AnalyseRequest): Promise<AnalyseResult>;
  /** A small copy of a photo that was analysed before, `maxSidePx` long at most, each pixel the mean of those that it stands for. Needs no model. */
  readThumbnail(photo: Blob, maxSidePx: number): Promise<Thumbnail>;
  /** The picture as a file that this browser shows: the same file, or one made of its pixels. Needs no model. */
  makeShowable(photo: Blob): Promise<Blob>;
  /** A camera's frame as a file, uncompressed. Takes the frame over. Needs no model; answered beside the other calls. */
  encodeFrame(frame: ImageBitmap): Promise<Blob>;
  readLayer(runId: RunId, layer: string): Promise<LayerMaps>;
  readMap(runId: RunId, layer: string, filter: number): Promise<FilterMap>;
  /** The score with filters muted, computed from the kept maps of the first muted layer on. No mutes: the run's own. */
  experiment(runId: RunId, mutes: readonly LayerMutes[]): Promise<ExperimentResult>;
  /** Change of the logit that muting each filter from `first` up to, not including, `end` causes by itself. */
  muteEffects(runId: RunId, layer: string, first: number, end: number): Promise<Float32Array<ArrayBuffer>>;
  /** Logits of network inputs: RGB bytes [n, side, side, 3]. Keeps nothing. */
  scoreInputs(inputs: Uint8Array<ArrayBuffer>): Promise<Float32Array<ArrayBuffer>>;
  /** Erases what a shortcut is made of from a network input, RGB bytes [side, side, 3], and scores the rest. Keeps nothing. */
  eraseShortcut(input: Uint8Array<ArrayBuffer>, shortcut: Shortcut): Promise<ErasedInput>;
  explainHead(runId: RunId): Promise<HeadFacts>;
  /** Activation maximisation (Erhan et al. 2009), a few steps a call, so that the caller can show progress and stop. */
  maximise(request: MaximiseRequest): Promise<MaximisedImage>;
  /** Kernels of the first convolution, [3, 3, 3, channels] (row, column, RGB, filter), as stored: they act on normalised inputs. */
  firstKernels(): Promise<Float32Array<ArrayBuffer>>;
  /** Frees a run's maps; unknown ids are ignored. */
  release(runId: RunId): Promise<void>;
  /** Runs every golden input on the chosen backend. */
  selfTest(): Promise<readonly SelfTestCase[]>;
  /** Milliseconds of one warm pass on what is loaded. */
  timePass(): Promise<number>;
  /** Why WebGL is not to be tried here; null: nothing speaks against it. */
  describeCompute(): Promise<ComputeFacts & { readonly webglObjection: string | null }>;
  /** Of the loaded network, with all that is kept of it. */
  memory(): Promise<EngineMemory>;
  /**
   * Resolves when every file of the loaded model lies on the device, checked, and other models' files are gone. Runs beside
   * the other calls. Errors: `storage-full`, `storage-blocked`.
   */
  keepModel(): Promise<void>;
  /** Addresses that the worker asked for since it was started, oldest first. Answered beside the other calls. */
  listRequests(): Promise<readonly string[]>;
}

/** A worker's answer: comlink would strip an Error of its code. */
export type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: ErrorFacts };

/** The worker's side: the same calls, which answer with an outcome and never reject. */
export type EngineApi = {
  [K in keyof EngineCalls]: (...args: Parameters<EngineCalls[K]>) => Promise<Outcome<Awaited<ReturnType<EngineCalls[K]>>>>;
};

/**
 * What the rest of the app calls (engine/client.ts): `LensError` thrown, a time-out on every call. A crash is mended behind
 * it, with a fresh worker, as often as makes sense; `engine-crashed` or `device-lost` means that it did not help.
 */
export interface Engine extends EngineCalls {
  /** Calls the listener whenever the model was loaded anew after a crash: the backend may be another. */
  onReload(listener: (facts: LoadedModel) => void): void;
  /**
   * Loads the model into a worker of its own, on one backend, and has it timed there; the worker that answers calls is left
   * alone. Rejects as `load` and `timePass` do.
   */
  timeAside(request: LoadRequest): Promise<number>;
  /** Loads the model anew, by another request, into a fresh worker; what is under way is asked again there. Rejects as `load`. */
  reopen(request: LoadRequest): Promise<void>;
  /** Frees a run's maps; what is asked of them later is computed anew from the photo. */
  setAside(runId: RunId): Promise<void>;
  /** Sees to it that the worker answers, with a fresh one where it does not. Rejects where that does not help. */
  revive(): Promise<void>;
  /** Another engine, with a worker, a model and runs of its own; what it asks of the network stands in this one's `listRequests`. */
  beside(): EngineBeside;
}

export interface EngineBeside extends Engine {
  /** Ends its worker, which frees all that it holds; what is under way rejects, and so does every later call. */
  end(): Promise<void>;
}
