import type { CoachCode } from '../domain/coach';
import type { CropChoice } from '../domain/geometry';
import type { RunId } from '../domain/analysis';
import type { ModelManifest } from '../domain/manifest';
import type { PictureKind } from '../domain/probes';
import type { PhotoOrigin, Slot } from '../store/app-state';

/** What is known of a photo besides its pixels. */
export interface SourceFacts {
  readonly fileName: string;
  readonly origin: PhotoOrigin;
  readonly coachNotes: readonly CoachCode[];
  /** What the person said took it, of the photo itself: another square of it keeps that. */
  readonly saidKind: PictureKind | null;
  /** See `AnalysisFacts`. */
  readonly diaryId?: string;
}

/** Keeps those facts of a photo, whatever is computed of it next. */
export function pickSourceFacts({ fileName, origin, coachNotes, saidKind, diaryId }: SourceFacts): SourceFacts {
  return { fileName, origin, coachNotes, saidKind, ...(diaryId !== undefined && { diaryId }) };
}

/** What is to be analysed. */
export type PhotoSource =
  /** A photo to come: a sample is drawn only when it is its turn. `choice`: null is the default crop. */
  | (SourceFacts & { readonly kind: 'photo'; readonly choice: CropChoice | null; readonly getFile: () => Promise<Blob> })
  /** Another square of the photo that stands in the slot, which was accepted before. */
  | (SourceFacts & { readonly kind: 'square'; readonly choice: CropChoice })
  /** Photo A with its square, by the second engine, whose model has this manifest. */
  | (SourceFacts & { readonly kind: 'same'; readonly choice: CropChoice; readonly manifest: ModelManifest });

/** One analysis under way. Its slot changes when the photos are swapped meanwhile. */
export interface PhotoRun {
  readonly id: RunId;
  readonly source: PhotoSource;
  slot: Slot;
}

export type FailedPhotos = Readonly<Record<Slot, PhotoSource | null>>;

/** Which analysis each slot waits for: the latest wins, an overtaken one changes nothing on the screen. */
export class PhotoRuns {
  #latest: Record<Slot, PhotoRun | null> = { a: null, b: null };
  #failed: Record<Slot, PhotoSource | null> = { a: null, b: null };

  /** Overtakes what is under way for the slot. */
  start(id: RunId, slot: Slot, source: PhotoSource): PhotoRun {
    const run: PhotoRun = { id, source, slot };
    this.#latest[slot] = run;
    this.#failed[slot] = null;
    return run;
  }

  isStale(run: PhotoRun): boolean {
    return this.#latest[run.slot] !== run;
  }

  end(run: PhotoRun): void {
    if (!this.isStale(run)) this.#latest[run.slot] = null;
  }

  fail(run: PhotoRun): void {
    this.#failed[run.slot] = run.source;
  }

  /** What failed last in the slot, to be tried again. */
  failed(slot: Slot): PhotoSource | null {
    return this.#failed[slot];
  }

  /** What failed in the slot is not tried again; what is under way for it goes on. */
  forgetFailure(slot: Slot): void {
    this.#failed[slot] = null;
  }

  /** Lets nothing that is under way for the slot, and nothing that failed, come back. */
  forget(slot: Slot): void {
    this.#latest[slot] = null;
    this.#failed[slot] = null;
  }

  /** Lets nothing that is under way come to the screen. @returns what failed, for `putBack`. */
  setAside(): FailedPhotos {
    const failed = this.#failed;
    this.#latest = { a: null, b: null };
    this.#failed = { a: null, b: null };
    return failed;
  }

  putBack(failed: FailedPhotos): void {
    this.#failed = { ...failed };
  }

  /** Lets no run of an earlier square reach the screen. */
  overtake(slot: Slot): void {
    this.#latest[slot] = null;
  }

  /** Whether another photo, not another square of one, is on its way to the slot. */
  isPhotoComing(slot: Slot): boolean {
    return this.#latest[slot]?.source.kind === 'photo';
  }

  swap(): void {
    this.#latest = { a: this.#latest.b, b: this.#latest.a };
    this.#failed = { a: this.#failed.b, b: this.#failed.a };
    for (const slot of ['a', 'b'] as const) {
      const run = this.#latest[slot];
      if (run !== null) run.slot = slot;
    }
  }
}
