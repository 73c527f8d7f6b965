import { clampCrop, defaultChoice, isSameChoice } from '../domain/crop';
import { toErrorFacts } from '../domain/errors';
import { findLesion as proposeSquare, THUMBNAIL_PX } from '../domain/find-lesion';
import type { CropChoice } from '../domain/geometry';
import type { AnalysisFacts, AppState, FindingFacts, Slot } from '../store/app-state';
import type { Cropping } from './analyse-photo';
import type { FlowContext } from './flow-context';

/** How long a square must stay where it is before it is scored. */
export const RESCORE_AFTER_MS = 120;

/** What is chosen in a slot now: what waits to be scored, else what was scored; null without a photo. */
export function chosenCrop(state: AppState, slot: Slot): CropChoice | null {
  const { result: facts, crop } = state.photos[slot];
  return crop.wanted ?? (facts === null ? null : { crop: facts.crop, quarterTurns: facts.quarterTurns });
}

/**
 * Choosing the square of a photo that is on the screen. The latest choice wins: it is scored once it has stood still for a
 * moment, and a run of an earlier one reaches the screen no more. While another photo is on its way to the slot nothing
 * can be chosen. None rejects.
 */
export function createCropUseCases({ store, cache, engine }: FlowContext, cropping: Cropping) {
  const timers: Record<Slot, ReturnType<typeof setTimeout> | undefined> = { a: undefined, b: undefined };
  /** Grows with every search, so that an overtaken one says nothing. */
  const latestSearch: Record<Slot, number> = { a: 0, b: 0 };

  /** The photo whose square can be chosen. */
  function photoOf(slot: Slot): AnalysisFacts | null {
    return cropping.hasOwnSquare(slot) ? store.getState().photos[slot].result : null;
  }

  /** Moves, sizes or turns the square. It is scored when it has not changed for `RESCORE_AFTER_MS`. */
  function adjustCrop(slot: Slot, choice: CropChoice): void {
    choose(slot, choice, RESCORE_AFTER_MS, { state: 'idle' });
  }

  /** Back to the largest centred square, not turned; scored at once. */
  function resetCrop(slot: Slot): void {
    const facts = photoOf(slot);
    if (facts !== null) choose(slot, defaultChoice(facts.source), 0, { state: 'idle' });
  }

  function choose(slot: Slot, { crop, quarterTurns }: CropChoice, delayMs: number, finding: FindingFacts): void {
    const facts = photoOf(slot);
    if (facts === null) return;
    const wanted = { crop: clampCrop(crop, facts.source), quarterTurns };
    const { phase, crop: chosen } = store.getState().photos[slot];
    const { wanted: before, finding: found } = chosen;
    const isSearching = found.state === 'running' && finding.state === 'idle';
    const said = isSearching ? found : finding;
    const isScored = isSameChoice(wanted, facts);
    const isScoring = phase.state === 'running' && phase.photo.isRecrop;
    if (before !== null && isSameChoice(before, wanted)) {
      cropping.setCropping(slot, { finding: said });
      return;
    }
    clearTimeout(timers[slot]);
    if (isScored && !isScoring) {
      cropping.setCropping(slot, { wanted: null, finding: said });
      return;
    }
    if (isScoring) cropping.overtakeCrop(slot);
    cropping.setCropping(slot, { wanted, finding: said });
    timers[slot] = setTimeout(() => {
      // Another photo may have come for the slot, or this one may be gone.
      if (store.getState().photos[slot].crop.wanted === wanted) void cropping.analyseCrop(slot, wanted);
    }, delayMs);
  }

  /**
   * Looks for the lesion in a small copy of the photo and moves the square there; says what it did, or why it did nothing.
   * A square that the person moves meanwhile stays where it is.
   */
  async function findLesion(slot: Slot): Promise<void> {
    const facts = photoOf(slot);
    const before = chosenCrop(store.getState(), slot);
    const photo = facts === null ? null : cache.photo(facts.runId);
    if (facts === null || before === null || photo === null) return;
    latestSearch[slot] += 1;
    const own = latestSearch[slot];
    const isStale = (): boolean => {
      const { crop } = store.getState().photos[slot];
      return own !== latestSearch[slot] || crop.finding.state !== 'running' || photoOf(slot) === null;
    };
    cropping.setCropping(slot, { finding: { state: 'running' } });
    try {
      const thumbnail = await engine.readThumbnail(photo.blob, THUMBNAIL_PX);
      if (isStale()) return;
      const now = chosenCrop(store.getState(), slot);
      if (now === null || !isSameChoice(now, before)) {
        cropping.setCropping(slot, { finding: { state: 'overtaken' } });
        return;
      }
      const lesion = proposeSquare(thumbnail);
      if (lesion.found) choose(slot, { ...before, crop: lesion.crop }, 0, { state: 'found', lesion, before });
      else cropping.setCropping(slot, { finding: { state: 'not-found', reason: lesion.reason } });
    } catch (error) {
      if (!isStale()) cropping.setCropping(slot, { finding: { state: 'failed', error: toErrorFacts(error) } });
    }
  }

  /** Back to what was chosen before the lesion was looked for. */
  function undoFinding(slot: Slot): void {
    const { finding } = store.getState().photos[slot].crop;
    if (finding.state === 'found') choose(slot, finding.before, 0, { state: 'idle' });
  }

  return { adjust: adjustCrop, reset: resetCrop, findLesion, undoFinding };
}
