/** What the engine answers about one photo. Facts and plain numbers, never a tensor. */
import type { QuarterTurns, SourceSize, SquareCrop } from './geometry';
import type { LayerStatistics } from './layer-maps';
import type { Backend } from './loaded-model';
import type { PhotoTraits } from './probes';
import type { Shortcut } from './shortcut-masks';

/** Names one analysis; chosen by the caller, unique since load. */
export type RunId = number;

/** Measured on the crop's picture and the photo's size; thresholds and codes are in domain/photo-quality.ts. */
export interface AnalyseResult {
  readonly runId: RunId;
  readonly source: SourceSize;
  readonly crop: SquareCrop;
  readonly quarterTurns: QuarterTurns;
  /** That computed it. */
  readonly backend: Backend;
  /** The picture that the network saw, turned: RGB bytes [side, side, 3]. */
  readonly inputRgb: Uint8Array<ArrayBuffer>;
  /** How far this browser alters the pixels that are read of a photo, in grey levels: 0 to 2. */
  readonly pixelNoise: number;
  /** Before calibration. */
  readonly logit: number;
  /** Of a person's own model: all that its last layer gave. */
  readonly outputs?: readonly number[];
  /** null: the model has no probes. */
  readonly traits: PhotoTraits | null;
  /** What the request asked for: of a convolution's maps the mean of each, or the units of the dense layer before the last. */
  readonly activations?: Float32Array<ArrayBuffer>;
  readonly timings: { readonly decodeMs: number; readonly preprocessMs: number; readonly forwardMs: number };
}

/** One layer's maps as the network computed them. */
export interface LayerMaps extends LayerStatistics {
  readonly runId: RunId;
  readonly layer: string;
  readonly side: number;
  readonly channels: number;
  /** [channels, side, side], in activation units: map after map. */
  readonly values: Float32Array<ArrayBuffer>;
}

/** One map's activations, [side, side]. */
export interface FilterMap {
  readonly runId: RunId;
  readonly layer: string;
  readonly filter: number;
  readonly side: number;
  readonly values: Float32Array<ArrayBuffer>;
}

/** Filters of one layer whose maps are set to 0. */
export interface LayerMutes {
  readonly layer: string;
  readonly filters: readonly number[];
}

export interface ExperimentResult {
  /** Before calibration. */
  readonly logit: number;
  readonly ms: number;
}

/** The heat maps that the engine makes of the head's gradient (engine/head-gradient.ts). A new one begins with its name here. */
export const HEAD_HEAT_MAPS = ['grad-cam', 'hires-cam'] as const;
export type HeadHeatMapName = (typeof HEAD_HEAT_MAPS)[number];

/** A heat map of the score, in units of the logit, before any ReLU. */
export interface HeatMap {
  readonly name: HeadHeatMapName;
  readonly side: number;
  /** [side, side]. */
  readonly values: Float32Array<ArrayBuffer>;
}

export function isHeadHeatMap(name: string): name is HeadHeatMapName {
  return HEAD_HEAT_MAPS.some((known) => known === name);
}

/** null: there is none of that name. */
export function findHeatMap(heatMaps: readonly HeatMap[], name: HeadHeatMapName): HeatMap | null {
  return heatMaps.find((map) => map.name === name) ?? null;
}

/** What the head of the network made of the last convolution's maps; all in units of the logit, exact on every backend. */
export interface HeadFacts {
  readonly runId: RunId;
  /** One of each name, with the side of the last convolution's maps. */
  readonly heatMaps: readonly HeatMap[];
  /** The units of the first dense layer after ReLU. */
  readonly units: Float32Array<ArrayBuffer>;
  /** What each unit adds to the logit: unit * its weight. These and `bias` add up to the logit. */
  readonly shares: Float32Array<ArrayBuffer>;
  readonly bias: number;
}

/** A network's input with one thing erased that the network might lean on. */
export interface ErasedInput {
  readonly shortcut: Shortcut;
  /** Share of the picture that was erased, 0-1; 0: there is none of it. */
  readonly share: number;
  /** RGB bytes [side, side, 3]. */
  readonly rgb: Uint8Array<ArrayBuffer>;
  /** Before calibration; null where nothing was erased, as there is none of it or nothing else. */
  readonly logit: number | null;
}

export interface MaximisedImage {
  /** Bytes' range as floats, 0-255, [side, side, 3]; half the input's side for the first layers, all of it for the others. */
  readonly image: Float32Array<ArrayBuffer>;
  readonly side: number;
  /** The filter's mean activation over its whole map on this image. */
  readonly mean: number;
}
