/** What an opened model of a person's own offers: the inner interface (compute.ts) where layers may be of any kind. */
import type { Backend, EngineMemory } from '../domain/loaded-model';
import type { OwnModel } from '../domain/own-model';
import type { ChannelMasks, RunHandle } from './compute';

export interface OwnRun {
  readonly run: RunHandle;
  /** Of the model's last layer, as it gives them; finite. */
  readonly outputs: Float32Array<ArrayBuffer>;
}

/** Calls come one at a time. Errors are those of `ComputeNetwork`. */
export interface OwnNetwork {
  readonly backend: Backend;
  /** For people to read: "SIMD, 2 threads". */
  readonly detail: string;
  readonly facts: OwnModel;
  /**
   * One pass, whose maps stay until `release`.
   * @param input - as the model takes it, [height, width, channels]: whatever scaling it was trained with is done.
   */
  forward(input: Float32Array): Promise<OwnRun>;
  /** The outputs alone; nothing stays. */
  score(input: Float32Array): Promise<Float32Array<ArrayBuffer>>;
  /** Frees a run's maps. Unknown handles are ignored. */
  release(run: RunHandle): void;
  /** All maps of one of `facts.layers`: [height, width, channels]. */
  readMaps(run: RunHandle, layer: string): Promise<Float32Array>;
  /** One of them, [height, width]. */
  readMap(run: RunHandle, layer: string, filter: number): Promise<Float32Array>;
  /**
   * The outputs with filters muted: their maps set to 0 before the next layer sees them. Only what depends on them is
   * computed again.
   * @param variants - by layer's name, as in `facts.layers`.
   * @returns The outputs for each variant.
   */
  mutedOutputs(run: RunHandle, variants: readonly ChannelMasks[]): Promise<readonly Float32Array<ArrayBuffer>[]>;
  memory(): EngineMemory;
  /** Frees weights and runs, and the device if nobody else uses it. */
  dispose(): void;
}
