/** What stands in the slots A and B, and how it leaves them. */
import type { RunId } from '../domain/analysis';
import { EMPTY_SLOT, SLOTS, type CropFacts, type Slot } from '../store/app-state';
import { patchSlot } from '../store/app-store';
import type { FlowContext } from './flow-context';
import type { PhotoRuns } from './photo-runs';

/** What the steps of one photo share. */
export interface PhotoDesk {
  readonly context: FlowContext;
  readonly runs: PhotoRuns;
  /** Called when another photo (not another square of one) comes in. */
  readonly onOpen: () => void;
  /** Called when a new result, or none, has taken a slot. */
  readonly onPublish: () => void;
}

/** A second photo without a first is the first: the score panel and the tools are about A. */
export function moveUp(desk: PhotoDesk): void {
  const { photos, tutorial } = desk.context.store.getState();
  const { a, b } = photos;
  // The tutorial names its samples by their places.
  const isFirstMissing = tutorial === null && a.result === null && a.phase.state !== 'running';
  const isSecondThere = b.result !== null || b.phase.state === 'running';
  if (isFirstMissing && isSecondThere && isCropSettled(b.crop)) exchange(desk);
}

function isCropSettled({ wanted, finding }: CropFacts): boolean {
  return wanted === null && finding.state !== 'running';
}

function exchange({ context, runs, onPublish }: PhotoDesk): void {
  const { a, b } = context.store.getState().photos;
  runs.swap();
  context.store.setState({ photos: { a: b, b: a } });
  onPublish();
}

export function freeRun({ context }: PhotoDesk, runId: RunId): void {
  context.cache.drop(runId);
  // A failed release frees nothing that matters to the person: the engine frees all runs when it is loaded anew.
  context.second
    .of(runId)
    .release(runId)
    .catch(() => undefined);
}

/** A becomes B and B becomes A. Without a second photo, or while one is computed or cropped, nothing happens. */
export function swapPhotos(desk: PhotoDesk): void {
  const { photos } = desk.context.store.getState();
  const canSwap = SLOTS.every((slot) => {
    const { result, phase, crop } = photos[slot];
    return result !== null && phase.state !== 'running' && isCropSettled(crop);
  });
  // The tools and the viewer are about A, which the app's model computes.
  if (canSwap && !isSecondModel(desk.context)) exchange(desk);
}

/** Takes the second photo off the screen; one that is under way for its place is dropped, and a second model is closed. */
export function removeSecond(desk: PhotoDesk): void {
  const { store, second } = desk.context;
  desk.runs.forget('b');
  emptySlot(desk, 'b');
  store.setState(({ own }) => ({ own: { ...own, compared: null } }));
  second.close();
  desk.onPublish();
}

export function emptySlot(desk: PhotoDesk, slot: Slot): void {
  const { store } = desk.context;
  const { result } = store.getState().photos[slot];
  patchSlot(store, slot, EMPTY_SLOT);
  if (result !== null) freeRun(desk, result.runId);
}

/** Whether B is photo A by another model. */
export function isSecondModel({ store }: FlowContext): boolean {
  return store.getState().own.compared !== null;
}

/** Whether the square of what stands in a slot can be chosen: not while another photo comes, and not of A's photo in B. */
export function hasOwnSquare({ context, runs }: PhotoDesk, slot: Slot): boolean {
  return !runs.isPhotoComing(slot) && !(slot === 'b' && isSecondModel(context));
}
