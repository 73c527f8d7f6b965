/** How the model came to be ready, and on what. */
import type { ChoiceReason, ComputeWay } from './engine-choice';
import type { ModelManifest } from './manifest';

export const BACKENDS = ['webgl', 'wasm', 'cpu'] as const;
export type Backend = (typeof BACKENDS)[number];

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
  readonly way: ComputeWay;
  /** Why the way that was tried first was the first. */
  readonly chosenBy: ChoiceReason;
  /** For instance "SIMD, 2 threads" or the GPU's renderer string. */
  readonly backendDetail: string;
  /** Rungs of the ladder that were tried or passed over before this one, with the reason. */
  readonly rejected: readonly RejectedBackend[];
  readonly selfTest: SelfTestCase;
  readonly loadMs: number;
}

/** What the loaded network holds on its device, weights and kept maps included. */
export interface EngineMemory {
  /** Pieces of memory; their number stays the same where nothing new is kept. */
  readonly buffers: number;
  readonly bytes: number;
}

export interface SelfTestCase {
  readonly input: string;
  readonly passed: boolean;
  readonly logitError: number;
  /** Worst layer first is not promised; in network order. `error` is relative to the layer's golden maximum. */
  readonly layers: readonly { readonly name: string; readonly error: number; readonly passed: boolean }[];
  readonly ms: number;
}
