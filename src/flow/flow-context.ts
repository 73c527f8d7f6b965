import type { DiaryShelf } from '../diary/diary-shelf';
import type { DeviceFacts } from '../domain/diagnostics';
import type { CropChoice, SourceSize } from '../domain/geometry';
import { Mutex } from '../domain/mutex';
import type { AcceptedPhoto } from '../intake/accept-photo';
import type { SyntheticLesionKind } from '../domain/synthetic-lesion';
import type { EngineTimesShelf } from '../pwa/engine-times-shelf';
import type { OwnModelShelf } from '../pwa/own-model-shelf';
import type { PreferenceShelf } from '../pwa/preference-shelf';
import type { InstallPrompt } from '../pwa/install-prompt';
import type { AppShell } from '../pwa/shell';
import type { StoredData } from '../pwa/stored-data';
import type { RunId } from '../domain/analysis';
import type { Engine, LoadRequest } from '../engine/protocol';
import type { AppStore } from '../store/app-store';
import type { HeavyCache } from '../store/heavy-cache';
import { SecondEngine } from './second-engine';

/** What the use cases need of the world; the composition root gives the real ones, a test gives its own. */
export interface FlowWorld {
  readonly engine: Engine;
  readonly store: AppStore;
  readonly cache: HeavyCache;
  readonly loadRequest: LoadRequest;
  readonly acceptPhoto: (file: Blob) => Promise<AcceptedPhoto>;
  readonly paintSample: (kind: SyntheticLesionKind) => Promise<File>;
  readonly createObjectUrl: (blob: Blob) => string;
  readonly nowMs: () => number;
  /** Resolves in a later task, when the page has had its turn. */
  readonly nextTask: () => Promise<void>;
  /** Resolves when the person has had time to do something else. */
  readonly whenIdle: () => Promise<void>;
  readonly shell: AppShell;
  readonly installPrompt: InstallPrompt;
  readonly storedData: StoredData;
  readonly preferences: PreferenceShelf;
  readonly engineTimes: EngineTimesShelf;
  readonly diary: DiaryShelf;
  readonly ownModels: OwnModelShelf;
  /** The chosen square of a photo, or of a scaled copy of it, as a JPEG of at most that many pixels a side. */
  readonly drawView: (shown: Blob, source: SourceSize, choice: CropChoice, maxPx: number) => Promise<Uint8Array<ArrayBuffer>>;
  readonly now: () => Date;
  readonly describeDevice: () => DeviceFacts;
  /** Addresses that the page itself asked for since load, oldest first. */
  readonly listPageRequests: () => readonly string[];
}

/** The world, and what the use cases share among themselves. */
export interface FlowContext extends FlowWorld {
  /**
   * The photos' turns. The engine queues calls too, but a call once sent cannot be taken back: waiting here lets a photo that
   * was overtaken leave without costing a forward pass.
   */
  readonly turns: Mutex;
  readonly nextRunId: () => RunId;
  readonly second: SecondEngine;
}

export function createFlowContext(world: FlowWorld): FlowContext {
  let lastRunId = 0;
  return {
    ...world,
    turns: new Mutex(),
    second: new SecondEngine(world.engine),
    nextRunId: () => {
      lastRunId += 1;
      return lastRunId;
    },
  };
}
