import { findLayer } from '../domain/network';
import type { SyntheticLesionKind } from '../domain/synthetic-lesion';
import { EMPTY_SLOT, NO_EXPERIMENT, SLOTS, type AppState, type PhotoSlot, type Slot, type ViewFacts } from '../store/app-state';
import type { LikedImage } from '../store/heavy-cache';
import { selectIsBusy } from '../store/select-status';
import { TUTORIAL_STEPS, type KeptScreen, type TutorialHindrance, type TutorialStep } from '../store/tutorial-facts';
import type { FlowContext } from './flow-context';
import { judgeAgain } from './judge-again';
import type { FailedPhotos, PhotoRuns } from './photo-runs';
import { fitView } from './view-maps';

/** Which maps each step speaks of. */
const LOOKS = {
  lesions: { layer: 'block1_conv1', filter: 42 },
  network: { layer: 'block1_conv1', filter: 42 },
  filter: { layer: 'block1_conv1', filter: 42 },
  maps: { layer: 'block2_conv1', filter: 49 },
  filters: { layer: 'block2_conv1', filter: 94 },
  deep: { layer: 'block3_conv3', filter: null },
  mute: { layer: 'block2_conv1', filter: 3 },
  score: { layer: 'block2_conv1', filter: 3 },
} as const satisfies Record<TutorialStep, Pick<ViewFacts, 'layer' | 'filter'>>;

/** @returns null: it can begin. */
export function tutorialHindrance(state: AppState): TutorialHindrance | null {
  const { own, model, photos, batch } = state;
  const network = model.state === 'ready' ? model.facts.manifest.network : null;
  const lacksLayers =
    network !== null &&
    Object.values(LOOKS).some(({ layer, filter }) => (findLayer(network, layer)?.channels ?? 0) <= (filter ?? 0));
  if (own.active !== null || own.compared !== null || lacksLayers) return 'other-model';
  const isChoosing = SLOTS.some((slot) => photos[slot].crop.wanted !== null || photos[slot].crop.finding.state === 'running');
  // A batch goes on by itself, before, during and after.
  const isBusy = selectIsBusy({ ...state, batch: { ...batch, running: false, leaning: null } });
  return isBusy || isChoosing || own.state !== 'idle' ? 'busy' : null;
}

/** What the tutorial needs of the other use cases. */
export interface TutorialNeeds {
  readonly runs: PhotoRuns;
  readonly analyseSample: (kind: SyntheticLesionKind, slot: Slot) => Promise<void>;
  readonly show: (layer: string, filter: number | null) => Promise<void>;
  readonly experiment: { readonly unmuteAll: () => Promise<void>; readonly overtake: () => void };
  /** Of long work. */
  readonly explain: Readonly<Record<'cancelRanking' | 'cancelOcclusion' | 'cancelMaximise', () => void>>;
  /** Called when the person's own screen is back. */
  readonly onBack: () => void;
}

/**
 * The guided tour: two drawn samples take the places of the person's photos, which are set aside with their results, and come
 * back as they were when it ends, whatever was done meanwhile.
 */
export function createTutorialUseCases(context: FlowContext, needs: TutorialNeeds) {
  const { store, cache, engine } = context;
  let failed: FailedPhotos = { a: null, b: null };
  let liked: LikedImage | null = null;

  function setStep(at: number): Promise<void> {
    const { tutorial, view, experiment } = store.getState();
    if (tutorial === null) return Promise.resolve();
    const step = TUTORIAL_STEPS[at]!;
    const { layer, filter } = LOOKS[step];
    store.setState({
      tutorial: { ...tutorial, at },
      view: { ...view, layout: 'mosaic', scale: 'tutorial', photos: 'both', order: 'index', hideDead: false },
    });
    if (experiment.mutes.length > 0) void needs.experiment.unmuteAll();
    return needs.show(layer, filter);
  }

  /** Lets no work on the photos on the screen go on. */
  function endWork(): void {
    needs.experiment.overtake();
    needs.explain.cancelRanking();
    needs.explain.cancelOcclusion();
    needs.explain.cancelMaximise();
  }

  /** Does nothing where something hinders it. Ends when both samples are analysed. */
  async function start(): Promise<void> {
    const state = store.getState();
    if (state.tutorial !== null || tutorialHindrance(state) !== null) return;
    failed = needs.runs.setAside();
    liked = cache.liked;
    endWork();
    for (const slot of SLOTS) {
      const { result } = state.photos[slot];
      // The engine has room for one more photo than the screen. What fails here shows when the maps are asked for again.
      if (result !== null) engine.setAside(result.runId).catch(() => undefined);
    }
    store.setState({
      tutorial: { at: 0, kept: keptOf(state) },
      photos: { a: EMPTY_SLOT, b: EMPTY_SLOT },
      part: 'maps',
      view: { ...state.view, spot: null, overlay: 'none' },
      intakeError: null,
      mapsError: null,
      pins: [],
      experiment: NO_EXPERIMENT,
      ranking: null,
      occlusion: null,
      leaning: null,
      liking: null,
    });
    void setStep(0);
    await Promise.all([needs.analyseSample('regular', 'a'), needs.analyseSample('irregular', 'b')]);
  }

  /** One step further or back; past either end nothing happens. */
  function step(by: 1 | -1): Promise<void> {
    const { tutorial } = store.getState();
    const at = (tutorial?.at ?? 0) + by;
    return tutorial === null || at < 0 || at >= TUTORIAL_STEPS.length ? Promise.resolve() : setStep(at);
  }

  /** Ends it and puts the person's own screen back; does nothing where it is not under way. */
  function leave(): void {
    const { tutorial, photos, model, preferences } = store.getState();
    if (tutorial === null) return;
    const { kept } = tutorial;
    needs.runs.setAside();
    needs.runs.putBack(failed);
    endWork();
    cache.liked = liked;
    const { line } = preferences;
    store.setState({
      ...kept,
      tutorial: null,
      photos: { a: judgedBy(kept.photos.a, line), b: judgedBy(kept.photos.b, line) },
      // The model may have come meanwhile, and lack what a link named.
      view: model.state === 'ready' ? fitView(kept.view, model.facts.manifest.network) : kept.view,
    });
    for (const slot of SLOTS) {
      const { result } = photos[slot];
      if (result === null) continue;
      cache.drop(result.runId);
      engine.release(result.runId).catch(() => undefined);
    }
    needs.onBack();
  }

  return { start, next: () => step(1), back: () => step(-1), leave };
}

function keptOf(state: AppState): KeptScreen {
  const { photos, part, view, mapsError, pins, experiment, ranking, occlusion, leaning, liking } = state;
  return { photos, part, view, mapsError, pins, experiment, ranking, occlusion, leaning, liking };
}

/** The line may have been moved meanwhile; else the slot is the same object. */
function judgedBy(slot: PhotoSlot, line: number | null): PhotoSlot {
  if (slot.result === null) return slot;
  const judged = judgeAgain(slot.result, {}, line);
  return judged.threshold === slot.result.threshold ? slot : { ...slot, result: judged };
}
