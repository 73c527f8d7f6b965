import type { AnalyseResult, LoadedModel, LoadProgress, RunId, SelfTestCase } from '../engine/protocol';
import type { ErrorFacts } from '../domain/errors';
import type { SourceSize, SquareCrop } from '../domain/geometry';
import type { ModelManifest } from '../domain/manifest';
import type { ConvLayerName } from '../domain/network';
import type { ColourMapName } from '../domain/colour-map';
import type { BatchRow } from '../domain/csv';
import type { ReasonCode } from '../domain/photo-quality';
import type { Verdict } from '../domain/score';
import type { SyntheticLesionKind } from '../domain/synthetic-lesion';

export type LoadStep = { readonly phase: 'start' } | LoadProgress;

export type ModelStatus =
  | { readonly state: 'idle' }
  | { readonly state: 'loading'; readonly step: LoadStep }
  | { readonly state: 'ready'; readonly facts: LoadedModel }
  | { readonly state: 'failed'; readonly error: ErrorFacts };

/** Where a photo came from: a synthetic sample stays labelled as such wherever its result shows. */
export type PhotoOrigin = 'own' | SyntheticLesionKind;

/** The photo being worked on now. `waiting`: kept until the model is ready. */
export interface RunningPhoto {
  readonly runId: RunId;
  readonly fileName: string;
  readonly origin: PhotoOrigin;
  readonly step: 'checking' | 'waiting' | 'computing';
}

export type Session =
  | { readonly state: 'empty' }
  | { readonly state: 'running'; readonly photo: RunningPhoto }
  | { readonly state: 'done' }
  | { readonly state: 'failed'; readonly fileName: string; readonly error: ErrorFacts };

/** One finished analysis, in facts. Its pixels and maps are in `HeavyCache` under `runId`. */
export interface AnalysisFacts {
  readonly runId: RunId;
  readonly fileName: string;
  readonly origin: PhotoOrigin;
  readonly source: SourceSize;
  readonly crop: SquareCrop;
  /** Before calibration. */
  readonly logit: number;
  /** 0-1, after calibration. */
  readonly probability: number;
  readonly verdict: Verdict;
  readonly reasons: readonly ReasonCode[];
  readonly timings: AnalyseResult['timings'];
  /** Of the model that gave this result: threshold and error rates stay true after the model has failed. */
  readonly manifest: ModelManifest;
}

export interface ViewFacts {
  readonly layer: ConvLayerName;
  /** null: none chosen yet. */
  readonly filter: number | null;
  readonly colourMap: ColourMapName;
  /** Whether the person or a link chose what is shown; then the address names it. */
  readonly isChosen: boolean;
}

/** Which maps lie in `HeavyCache` for the viewer to draw. May lag behind `view` while the engine reads. */
export interface MapFacts {
  readonly layer: { readonly runId: RunId; readonly layer: ConvLayerName } | null;
  readonly filter: { readonly runId: RunId; readonly layer: ConvLayerName; readonly filter: number } | null;
  readonly error: ErrorFacts | null;
}

export interface BatchEntry {
  /** Unique since load. */
  readonly id: number;
  readonly file: string;
  /** null while the file waits. */
  readonly row: BatchRow | null;
}

export interface BatchFacts {
  readonly running: boolean;
  readonly entries: readonly BatchEntry[];
  /** Entries that have a row. */
  readonly finished: number;
}

export type SelfTestStatus =
  | { readonly state: 'idle' }
  | { readonly state: 'running' }
  | { readonly state: 'done'; readonly cases: readonly SelfTestCase[] }
  | { readonly state: 'failed'; readonly error: ErrorFacts };

/** All that the screen is derived from. Only facts that fit in JSON. */
export interface AppState {
  readonly model: ModelStatus;
  readonly session: Session;
  /** The last good result: a failed photo leaves it as it is. */
  readonly result: AnalysisFacts | null;
  readonly view: ViewFacts;
  readonly maps: MapFacts;
  readonly batch: BatchFacts;
  readonly selfTest: SelfTestStatus;
  /** Analyses finished since load, files of a batch included. */
  readonly runs: number;
}

export const INITIAL_STATE: AppState = {
  model: { state: 'idle' },
  session: { state: 'empty' },
  result: null,
  view: { layer: 'block2_conv1', filter: null, colourMap: 'viridis', isChosen: false },
  maps: { layer: null, filter: null, error: null },
  batch: { running: false, entries: [], finished: 0 },
  selfTest: { state: 'idle' },
  runs: 0,
};
