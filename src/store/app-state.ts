import { HEAD_HEAT_MAPS, type AnalyseResult, type LayerMutes, type RunId } from '../domain/analysis';
import type { Backend, LoadedModel, LoadProgress, SelfTestCase } from '../domain/loaded-model';
import type { ErrorFacts } from '../domain/errors';
import type { CoachCode } from '../domain/coach';
import type { FoundLesion, NotFoundReason } from '../domain/find-lesion';
import type { CropChoice, QuarterTurns, SourceSize, SquareCrop } from '../domain/geometry';
import type { ModelManifest } from '../domain/manifest';
import { startLayer, VGG16 } from '../domain/network';
import type { SequentialColourMapName } from '../domain/colour-map';
import type { ScaleScope } from '../domain/colour-scale';
import type { FilterOrder } from '../domain/filter-order';
import type { AtlasLayout, PhotoChoice } from '../domain/view-route';
import type { DiaryEntry } from '../domain/diary';
import type { EngineTimes } from '../domain/engine-choice';
import type { InputScaling, KeptModel } from '../domain/own-settings';
import { LANGUAGES, type Language } from '../domain/language';
import { NO_PREFERENCES, type Preferences } from '../domain/preferences';
import type { Evidence, Judgement } from '../domain/judge';
import type { NoteCode, PhotoMeasures } from '../domain/photo-quality';
import type { ReportNote } from '../domain/report-note';
import type { StoredFacts } from '../domain/stored';
import type { SyntheticLesionKind } from '../domain/synthetic-lesion';
import type { PagePart } from './page-part';
import { NO_BATCH, type BatchFacts } from './batch-state';
import type { TutorialFacts } from './tutorial-facts';

export type LoadStep = { readonly phase: 'start' } | LoadProgress;

export type ModelStatus =
  | { readonly state: 'idle' }
  | { readonly state: 'loading'; readonly step: LoadStep }
  | { readonly state: 'ready'; readonly facts: LoadedModel }
  | { readonly state: 'failed'; readonly error: ErrorFacts };

/** Where a photo came from: a synthetic sample stays labelled as such wherever its result shows. */
export type PhotoOrigin = 'own' | SyntheticLesionKind;

/** A: the photo whose score stands in the score panel. B: a second one, to compare with. */
export type Slot = 'a' | 'b';

/** The photo being worked on now. `waiting`: kept until the model is ready. */
export interface RunningPhoto {
  readonly runId: RunId;
  readonly fileName: string;
  readonly origin: PhotoOrigin;
  readonly step: 'checking' | 'waiting' | 'computing';
  /** Another square of a photo that is on the screen already: nothing there has to make room. */
  readonly isRecrop: boolean;
}

/** What goes on in a slot, whatever stands there already. */
export type SlotPhase =
  | { readonly state: 'idle' }
  | { readonly state: 'running'; readonly photo: RunningPhoto }
  | { readonly state: 'failed'; readonly fileName: string; readonly error: ErrorFacts };

/** One finished analysis, in facts. Its pixels and maps are in `HeavyCache` under `runId`. */
export interface AnalysisFacts extends Evidence, Judgement {
  readonly runId: RunId;
  readonly fileName: string;
  readonly origin: PhotoOrigin;
  readonly source: SourceSize;
  readonly crop: SquareCrop;
  readonly quarterTurns: QuarterTurns;
  readonly measures: PhotoMeasures;
  /** What else the picture's measures say. */
  readonly notes: readonly NoteCode[];
  /** What the camera's coach still had to say when the shutter went; empty where the photo did not come from there. */
  readonly coachNotes: readonly CoachCode[];
  readonly timings: AnalyseResult['timings'];
  /** The diary's entry of the photo: it was opened from there, or is kept there. */
  readonly diaryId?: string;
  /** Of a person's own model: all that its last layer gave. */
  readonly outputs?: readonly number[];
  /** That computed the score; since then another may have taken over. */
  readonly backend: Backend;
  /** Of the model that gave this result: threshold and error rates stay true after the model has failed. */
  readonly manifest: ModelManifest;
}

/** What "Find the lesion" did last; it counts for the photo on the screen, until the person moves the square. */
export type FindingFacts =
  | { readonly state: 'idle' }
  | { readonly state: 'running' }
  /** `before`: what was chosen until then. */
  | { readonly state: 'found'; readonly lesion: FoundLesion; readonly before: CropChoice }
  | { readonly state: 'not-found'; readonly reason: NotFoundReason }
  /** The person moved the square while the search ran: it stays where the person put it. */
  | { readonly state: 'overtaken' }
  | { readonly state: 'failed'; readonly error: ErrorFacts };

/** How the square of one photo is being chosen. */
export interface CropFacts {
  /** Chosen, but not scored yet; null: the result's own square is the choice. */
  readonly wanted: CropChoice | null;
  readonly finding: FindingFacts;
}

/** A point of the network's input, in its pixels. */
export interface Spot {
  readonly x: number;
  readonly y: number;
}

export const OVERLAYS = ['none', 'map', ...HEAD_HEAT_MAPS, 'occlusion'] as const;
/** What lies over the photo: nothing, the chosen filter's map, or a heat map of the score. */
export type OverlayName = (typeof OVERLAYS)[number];

export interface ViewFacts {
  readonly layer: string;
  /** null: none chosen yet. */
  readonly filter: number | null;
  readonly colourMap: SequentialColourMapName;
  readonly scale: ScaleScope;
  readonly order: FilterOrder;
  readonly hideDead: boolean;
  readonly layout: AtlasLayout;
  /** Of two photos: one, both side by side, or their difference. Without a second photo the first is shown. */
  readonly photos: PhotoChoice;
  /** The place on the photo that is followed through the layers. */
  readonly spot: Spot | null;
  readonly overlay: OverlayName;
  /** 0-1. */
  readonly overlayOpacity: number;
  /** Whether the person or a link chose what is shown; then the address names it. */
  readonly isChosen: boolean;
}

export interface LayerKey {
  readonly runId: RunId;
  readonly layer: string;
}

/** A filter kept in the tray while layers change. */
export interface Pin {
  readonly layer: string;
  readonly filter: number;
}

export type WorkState = 'running' | 'done' | 'cancelled' | 'failed';

/** A long computation in steps. */
export interface WorkFacts {
  readonly state: WorkState;
  readonly done: number;
  readonly total: number;
  readonly error: ErrorFacts | null;
}

export interface ExperimentScore {
  readonly runId: RunId;
  readonly logit: number;
  /** After calibration. */
  readonly probability: number;
  readonly ms: number;
}

/** Filters muted by the person; the scores without them stand in the photos' slots. No mutes: no experiment. */
export interface ExperimentFacts {
  readonly mutes: readonly LayerMutes[];
  /** What `mutes` was before each change, oldest first. */
  readonly past: readonly (readonly LayerMutes[])[];
  readonly isRunning: boolean;
  readonly error: ErrorFacts | null;
}

/** All that is known of the photo in a slot. A photo that fails leaves what stands there as it is. */
export interface PhotoSlot {
  readonly phase: SlotPhase;
  /** The last good result. */
  readonly result: AnalysisFacts | null;
  readonly crop: CropFacts;
  /** The maps in `HeavyCache` for the viewer to draw. May lag behind `view` while the engine reads. */
  readonly mapsKey: LayerKey | null;
  /** Score without the muted filters; null until computed. It belongs to the experiment's mutes unless that is running. */
  readonly experiment: ExperimentScore | null;
}

/** The ranking under way or made last; its numbers are in `HeavyCache.effects`. */
export interface RankingFacts extends WorkFacts {
  readonly runId: RunId;
  readonly layer: string;
}

/** The occlusion map under way or made last; its numbers are in `HeavyCache.occlusion`. */
export interface OcclusionFacts extends WorkFacts {
  readonly runId: RunId;
}

/** The erasing of what the network might lean on, under way or made last; the pictures are in `HeavyCache.erased`. */
export interface LeaningFacts extends WorkFacts {
  readonly runId: RunId;
}

/** The picture that a filter likes, under way or made last; its pixels are in `HeavyCache.liked`. */
export interface LikingFacts extends WorkFacts {
  readonly layer: string;
  readonly filter: number;
  /** The filter's mean activation on the noise at the start, and now. */
  readonly noiseMean: number;
  readonly mean: number;
}

export type SelfTestStatus =
  | { readonly state: 'idle' }
  | { readonly state: 'running' }
  | { readonly state: 'done'; readonly cases: readonly SelfTestCase[] }
  | { readonly state: 'failed'; readonly error: ErrorFacts };

/** Of the model that ships as a Keras file. */
export type KerasFileStatus =
  { readonly state: 'idle' } | { readonly state: 'writing' } | { readonly state: 'failed'; readonly error: ErrorFacts };

/** What the last change of the diary did. */
export type DiaryNotice =
  /** `isPersistent`: what the browser answered when it was asked to keep the data; null: it was not asked, or did not say. */
  | { readonly kind: 'saved'; readonly moleName: string; readonly isPersistent: boolean | null }
  | { readonly kind: 'removed'; readonly count: number }
  | {
      readonly kind: 'imported';
      readonly added: number;
      readonly same: number;
      readonly keptBeside: number;
      readonly restored: number;
    }
  /** Not in the file: `left` entries, which could not be read, and `newer`, which a newer version of the app wrote. */
  | { readonly kind: 'exported'; readonly count: number; readonly left: number; readonly newer: number };

/** What the person asked to keep; its pictures stay in the browser's database. */
export interface DiaryFacts {
  readonly state: 'closed' | 'reading' | 'read' | 'unreadable';
  /** Oldest first. After a failure what was read before. */
  readonly entries: readonly DiaryEntry[];
  /** Keys of records that cannot be read. */
  readonly damaged: readonly string[];
  /** Keys of records that a newer version of the app wrote; they stay as they are. */
  readonly newer: readonly string[];
  readonly storage: {
    readonly usageBytes: number | null;
    readonly quotaBytes: number | null;
    readonly isPersistent: boolean | null;
  } | null;
  readonly isBusy: boolean;
  readonly notice: DiaryNotice | null;
  readonly error: ErrorFacts | null;
}

/** Whether an analysis works without a network: the app's files and the model's lie on the device, checked. */
export type OfflineStatus =
  /** `error`: why not, once that is known. */
  | { readonly state: 'not-ready'; readonly error: ErrorFacts | null }
  | { readonly state: 'caching' }
  | { readonly state: 'ready' };

export interface EngineFacts {
  /** The address names what computes: the person's choice does not count. */
  readonly isForced: boolean;
  /** Measured on this visit or an earlier one. */
  readonly times: EngineTimes | null;
  /** Why WebGL was not measured; null: nothing speaks against it, or nobody has asked yet. */
  readonly webglObjection: string | null;
}

/** All that the screen is derived from. Only facts that fit in JSON. */
export interface AppState {
  readonly model: ModelStatus;
  readonly photos: Readonly<Record<Slot, PhotoSlot>>;
  readonly view: ViewFacts;
  readonly part: PagePart;
  /** Why nothing came of what was dropped, shared or opened: there was no file to analyse. */
  readonly intakeError: ErrorFacts | null;
  /** Why the maps that the view asks for are not on the screen. */
  readonly mapsError: ErrorFacts | null;
  readonly pins: readonly Pin[];
  readonly experiment: ExperimentFacts;
  readonly ranking: RankingFacts | null;
  readonly occlusion: OcclusionFacts | null;
  readonly leaning: LeaningFacts | null;
  readonly liking: LikingFacts | null;
  /** Grows when pixels in `HeavyCache` changed that no other fact names, for instance a step of a heat map. */
  readonly heavyVersion: number;
  readonly batch: BatchFacts;
  readonly selfTest: SelfTestStatus;
  readonly kerasFile: KerasFileStatus;
  readonly offline: OfflineStatus;
  /** A newer version of the app lies ready. */
  readonly isUpdateReady: boolean;
  /** The browser offers to install the app. */
  readonly canInstall: boolean;
  /** What was asked of the network since the last photo was opened; null before the first. */
  readonly requests: readonly string[] | null;
  /** What lies on the device; null until somebody asks. `left`: what a removal left behind, null before one. */
  readonly stored: { readonly facts: StoredFacts; readonly left: readonly string[] | null } | null;
  readonly diary: DiaryFacts;
  /** What the person wrote for the report of one photo; null: nothing. */
  readonly report: { readonly runId: RunId; readonly note: ReportNote } | null;
  /** What there is to say of the choice of what computes; the choice itself is a preference, what computes is in the model's facts. */
  readonly engine: EngineFacts;
  readonly own: OwnModelsFacts;
  readonly tutorial: TutorialFacts | null;
  /** In force now; a link's line is, and is not kept. */
  readonly preferences: Preferences;
  /** That the screen is in; `error`: why it is not in the one that was chosen. */
  readonly language: { readonly now: Language; readonly error: ErrorFacts | null };
  /** Analyses finished since load, files of a batch included. */
  readonly runs: number;
}

/** The person's own models. */
export interface OwnModelsFacts {
  /** What goes on. */
  readonly state: 'idle' | 'reading' | 'switching' | 'keeping' | 'comparing';
  /** Opened on this visit or kept on the device, by name. */
  readonly models: readonly KeptModel[];
  /** Names of those that lie on the device. */
  readonly kept: readonly string[];
  /** The one that analyses; null: the one that ships. */
  readonly active: string | null;
  /** The one that computes photo A once more, as B: a name or `BUILT_IN`; null: B is a photo of its own, or empty. */
  readonly compared: string | null;
  /** How the model that ships takes its pictures; null: it was not loaded yet. */
  readonly shippedInput: Pick<InputScaling, 'mean' | 'std'> | null;
  /** Its version; empty before it was loaded. */
  readonly shippedVersion: string;
  /** Why the last one was not opened, kept or removed. */
  readonly error: ErrorFacts | null;
}

export const NO_EXPERIMENT: ExperimentFacts = { mutes: [], past: [], isRunning: false, error: null };

export const NO_CROPPING: CropFacts = { wanted: null, finding: { state: 'idle' } };
export const IDLE: SlotPhase = { state: 'idle' };

export const EMPTY_SLOT: PhotoSlot = { phase: IDLE, result: null, crop: NO_CROPPING, mapsKey: null, experiment: null };

export const SLOTS = ['a', 'b'] as const satisfies readonly Slot[];

export const INITIAL_STATE: AppState = {
  model: { state: 'idle' },
  photos: { a: EMPTY_SLOT, b: EMPTY_SLOT },
  view: {
    layer: startLayer(VGG16).name,
    filter: null,
    colourMap: 'viridis',
    scale: 'map',
    order: 'index',
    hideDead: false,
    layout: 'fit',
    photos: 'both',
    spot: null,
    overlay: 'none',
    overlayOpacity: 0.6,
    isChosen: false,
  },
  part: 'result',
  intakeError: null,
  mapsError: null,
  pins: [],
  experiment: NO_EXPERIMENT,
  ranking: null,
  occlusion: null,
  leaning: null,
  liking: null,
  heavyVersion: 0,
  batch: NO_BATCH,
  selfTest: { state: 'idle' },
  kerasFile: { state: 'idle' },
  offline: { state: 'not-ready', error: null },
  isUpdateReady: false,
  canInstall: false,
  requests: null,
  stored: null,
  diary: { state: 'closed', entries: [], damaged: [], newer: [], storage: null, isBusy: false, notice: null, error: null },
  report: null,
  engine: { isForced: false, times: null, webglObjection: null },
  own: { state: 'idle', models: [], kept: [], active: null, compared: null, shippedInput: null, shippedVersion: '', error: null },
  tutorial: null,
  preferences: NO_PREFERENCES,
  language: { now: LANGUAGES[0], error: null },
  runs: 0,
};
