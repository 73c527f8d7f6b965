/**
 * The inner interface: what one implementation of the network, on one device, offers the rest of the engine. Plain numbers
 * and handles; what a device's own data are (tensors, buffers, textures) stays behind it. tfjs/ is one such implementation.
 */
import type { ComputeWay } from '../domain/engine-choice';
import type { LayerStatistics, PlanarMaps } from '../domain/layer-maps';
import type { Backend, EngineMemory } from '../domain/loaded-model';
import type { NetworkShape } from '../domain/network';
import type { Rung } from './ladder';
import type { ModelArtifacts } from './model-artifacts';

declare const handleBrand: unique symbol;
/** Names the maps that a forward pass left with its network. No other network knows it, and it is never given twice. */
export type RunHandle = number & { readonly [handleBrand]: 'run' };

export interface ComputedRun {
  readonly run: RunHandle;
  /** Before calibration; finite. */
  readonly logit: number;
  /** All of the last layer, where the logit is made of several numbers. */
  readonly outputs?: Float32Array;
}

/** By convolution, [channels] each: 1 for a map that stays, 0 for one that is muted. Without an entry all maps stay. */
export type ChannelMasks = ReadonlyMap<string, Float32Array>;

export interface DenseWeights {
  /** [inputs, units]. */
  readonly kernel: Float32Array;
  /** [units]. */
  readonly bias: Float32Array;
}

/** Slope of a probed filter's own ReLU below zero: far less than above, so that it counts only where all is silent. */
export const LEAK = 0.01;

/** One filter of a convolution, on any input. `side` may be another than the network's, but each pool must halve it. */
export interface FilterProbe {
  /**
   * @param input - normalised, [side, side, 3].
   * @returns d (mean of the filter's map after its ReLU) / d input, [side, side, 3], but with the slope `LEAK` below zero: a
   * filter that is silent on the first input would have no gradient at all. Before the ReLU it would not do: a mean of
   * convolutions of an early layer is hardly more than the mean colour, which draws no edges.
   */
  gradient(input: Float32Array, side: number): Promise<Float32Array>;
  /** Mean of the filter's map after its ReLU, over the whole map. */
  mean(input: Float32Array, side: number): Promise<number>;
  /** Frees what the probe keeps between calls. */
  dispose(): void;
}

/**
 * Calls come one at a time. Layers and filters are such as `shape` has: the callers look, and say what is wrong. Lists of
 * numbers may be the network's own memory, good until its run is released (weights: until the network is disposed): whoever
 * changes or hands one over copies it first.
 *
 * Every call that computes or reads throws LensError: `device-lost` once the device is gone, never its zeros;
 * `out-of-memory`; `engine-crashed` where a logit is not a number; `unexpected` for a handle that it does not know.
 */
export interface ComputeNetwork {
  readonly backend: Backend;
  /** What computes, for people to read: "SIMD, 2 threads", or the renderer's name. */
  readonly detail: string;
  readonly shape: NetworkShape;
  /**
   * One pass, whose maps stay until `release`.
   * @param input - normalised, [side, side, 3].
   */
  forward(input: Float32Array): Promise<ComputedRun>;
  /** The logit alone: the same bits as `forward`'s, and nothing stays. */
  score(input: Float32Array): Promise<number>;
  /** The same with `outputs`, where the network has several. */
  scoreAll?(input: Float32Array): Promise<{ readonly logit: number; readonly outputs: Float32Array }>;
  /** Frees a run's maps, and what else is remembered of it. Unknown handles are ignored. */
  release(run: RunHandle): void;
  /** All maps of a layer, a pool's too: [side, side, channels], after ReLU. */
  readMaps(run: RunHandle, layer: string): Promise<Float32Array>;
  /** The same as the screen has them, where the network separates them faster than a plain loop does; the caller's own. */
  readPlanes?(run: RunHandle, layer: string): Promise<PlanarMaps>;
  /** What is measured of each map, without the maps; offered with `readPlanes`. */
  readStatistics?(run: RunHandle, layer: string): Promise<LayerStatistics>;
  /** One of them, [side, side]. */
  readMap(run: RunHandle, layer: string, filter: number): Promise<Float32Array>;
  /**
   * The logit with filters muted: their maps set to 0 before the next layer sees them. What lies before the first muted layer
   * need not be computed again.
   * @param variants - one or more, each with a muted filter at least.
   * @returns One logit for each variant.
   */
  mutedLogits(run: RunHandle, variants: readonly ChannelMasks[]): Promise<Float32Array>;
  /** Kernels of the first convolution, [3, 3, input channels, channels], as stored. */
  firstKernels(): Promise<Float32Array>;
  /** Of the dense layers, in their order. */
  denseWeights(): Promise<readonly DenseWeights[]>;
  /** @param layer - a convolution. */
  probeFilter(layer: string, filter: number): FilterProbe;
  memory(): EngineMemory;
  /** Frees weights, runs and the device. Never throws for a device that is lost. */
  dispose(): void;
}

/** A rung of the ladder: one way to have the network computed. */
export interface ComputeRung extends Rung {
  readonly way: ComputeWay;
  /** Begins with what needs no weights, while they come. What fails shows at `open`. */
  readonly prepare?: () => void;
  /**
   * @throws LensError with a detail that says why this way is not to be had, `model-download-failed` where its own code did
   * not come, `model-invalid` if the files are not of that shape. Nothing stays open then.
   */
  open(artifacts: ModelArtifacts, shape: NetworkShape): Promise<ComputeNetwork>;
}
