import { toErrorFacts } from '../domain/errors';
import type { PictureKind } from '../domain/probes';
import { SLOTS, type Slot } from '../store/app-state';
import { createAnalyseUseCases } from './analyse-photo';
import { createComparison } from './compare-models';
import { createCropUseCases } from './crop-photo';
import { createDiagnosticsUseCases } from './diagnostics';
import { createDiaryUseCases } from './diary';
import { createEngineChoiceUseCases } from './engine-choice';
import { createExperimentUseCases } from './experiment';
import { createExplainUseCases } from './explain';
import { exportLayers } from './export-layers';
import { createFlowContext, type FlowContext, type FlowWorld } from './flow-context';
import { patchEvidence } from './judge-again';
import { createLeaningUseCases } from './lean-on';
import { createLanguageUseCases } from './language';
import { loadModel } from './load-model';
import { createMaximiseUseCases } from './maximise';
import { createOfflineUseCases, createRequestUseCases } from './offline';
import { createOwnModelUseCases } from './own-models';
import { PhotoRuns } from './photo-runs';
import { createPreferenceUseCases } from './preferences';
import { createPreview } from './preview-sample';
import { createReadAhead } from './read-ahead';
import { createReportUseCases } from './report';
import { createViewReview } from './review-views';
import { createBatchUseCases } from './run-batch';
import { createStoredUseCases } from './stored';
import { createTutorialUseCases } from './tutorial';
import { createViewUseCases } from './view-maps';

export type Flow = ReturnType<typeof createFlow>;

/** All use cases over one engine, one store and one cache. None of them rejects: each ends in a state on the screen. */
export function createFlow(world: FlowWorld) {
  const context = createFlowContext(world);
  const { store } = world;
  const view = createViewUseCases(context);
  const experiment = createExperimentUseCases(context);
  world.engine.onReload((facts) => {
    if (store.getState().model.state === 'ready') store.setState({ model: { state: 'ready', facts } });
  });
  const preferences = { ...createPreferenceUseCases(context), language: createLanguageUseCases(context) };
  const { choose, measureWhenIdle } = createEngineChoiceUseCases(context);
  const { noteOpening, countRequests } = createRequestUseCases(context);
  const { reviewViews, reviewNow } = createViewReview(context);
  const readAhead = createReadAhead(context);
  const explain = { ...createExplainUseCases(context), ...createMaximiseUseCases(context), ...createLeaningUseCases(context) };
  const runs = new PhotoRuns();
  const review = (): void => void reviewViews().then(measureWhenIdle).then(countRequests);
  const { photo, cropping } = createAnalyseUseCases(context, {
    runs,
    onOpen() {
      // The tutorial's samples are no photo of the person's.
      if (store.getState().tutorial === null) noteOpening();
    },
    onPublish() {
      world.cache.preview = null;
      // The view may have moved on while the photo was computed, and pins and mutes hold for the new one too.
      void view.refreshMaps();
      void experiment.refresh();
      void countRequests();
      void readAhead();
      void photo.followFirst();
      review();
    },
  });
  const tutorial = createTutorialUseCases(context, {
    runs,
    analyseSample: photo.analyseSample,
    show: view.show,
    experiment,
    explain,
    onBack() {
      void view.refreshMaps();
      void readAhead();
      review();
    },
  });
  const analyse = leavingFirst(tutorial.leave, photo.analyse);
  const own = createOwnModelUseCases(context, { onSwitch: photo.recompute, comparison: createComparison(context, photo) });
  const diary = createDiaryUseCases(context, { analyse, reviewNow });
  const load = (): Promise<void> => loadModel(context);
  return {
    /** The photos A and B. */
    photo: {
      ...photo,
      // Of the person's choice, all of these: they end the tutorial.
      analyse,
      analyseSample: leavingFirst(tutorial.leave, photo.analyseSample),
      swap: leavingFirst(tutorial.leave, photo.swap),
      removeSecond: leavingFirst(tutorial.leave, photo.removeSecond),
      sayKind: createSayKind(context),
    },
    /** The square of each photo. */
    crop: createCropUseCases(context, cropping),
    /** What of the maps is shown. */
    view: {
      ...view,
      preview: createPreview(context),
      exportLayers: (slot: Slot) => exportLayers(context, slot),
    },
    /** Muted filters. */
    experiment,
    /** Where the score comes from, and what a filter likes. */
    explain,
    tutorial,
    batch: createBatchUseCases(context),
    diary,
    report: createReportUseCases(context),
    preferences,
    /** The app on this device: files, updates, what is stored and asked for. */
    device: {
      ...createOfflineUseCases(context),
      ...createStoredUseCases(context, preferences.reread),
      ...createDiagnosticsUseCases(context),
      countRequests,
      wake: () => wake(context, { load, openDiary: diary.open, countRequests }),
    },
    own: leavingTutorial(tutorial.leave, own),
    model: { load, choose, runSelfTest: () => runSelfTest(context), writeKeras: () => writeKeras(context) },
  };
}

/** What took the photo, as the person says; its score is judged anew, by two models where two stand beside each other. */
function createSayKind(context: FlowContext): (slot: Slot, saidKind: PictureKind) => void {
  return (slot, saidKind) => {
    const isOnePhoto = context.store.getState().own.compared !== null;
    for (const said of isOnePhoto ? SLOTS : [slot]) patchEvidence(context, said, { saidKind });
  };
}

/** The same use case, on the person's own screen: the tutorial is left before. */
function leavingFirst<A extends unknown[], R>(leave: () => void, act: (...args: A) => R): (...args: A) => R {
  return (...args) => {
    leave();
    return act(...args);
  };
}

/** Of another model the tutorial knows nothing. */
function leavingTutorial(leave: () => void, own: ReturnType<typeof createOwnModelUseCases>) {
  return {
    ...own,
    open: leavingFirst(leave, own.open),
    openWithBuiltIn: leavingFirst(leave, own.openWithBuiltIn),
    use: leavingFirst(leave, own.use),
    change: leavingFirst(leave, own.change),
    remove: leavingFirst(leave, own.remove),
    rename: leavingFirst(leave, own.rename),
    compare: leavingFirst(leave, own.compare),
  };
}

/** What `wake` looks after. */
interface Sleepers {
  readonly load: () => Promise<void>;
  readonly openDiary: () => Promise<void>;
  readonly countRequests: () => Promise<void>;
}

/**
 * The page comes back out of the browser's back/forward cache as it was. What ended or was missed meanwhile is made good: the
 * model, the worker, other tabs' changes of the diary.
 */
async function wake({ engine, second, store }: FlowContext, { load, openDiary, countRequests }: Sleepers): Promise<void> {
  const { model, diary } = store.getState();
  if (diary.state !== 'closed') void openDiary();
  if (model.state === 'failed') await load();
  // What does not help here shows at the next call, with its sentence.
  else if (model.state === 'ready') await Promise.all([engine.revive(), second.revive()]).catch(() => undefined);
  await countRequests();
}

/** Runs every golden input on the device. A second call while one runs does nothing. */
async function runSelfTest({ engine, store }: FlowContext): Promise<void> {
  if (store.getState().selfTest.state === 'running') return;
  store.setState({ selfTest: { state: 'running' } });
  try {
    store.setState({ selfTest: { state: 'done', cases: await engine.selfTest() } });
  } catch (error) {
    store.setState({ selfTest: { state: 'failed', error: toErrorFacts(error) } });
  }
}

/** @returns the model that ships as a Keras .h5 file; null where that failed, or one is being written. */
async function writeKeras({ engine, store }: FlowContext): Promise<Blob | null> {
  if (store.getState().kerasFile.state === 'writing') return null;
  store.setState({ kerasFile: { state: 'writing' } });
  try {
    const file = await engine.exportKeras();
    store.setState({ kerasFile: { state: 'idle' } });
    return file;
  } catch (error) {
    store.setState({ kerasFile: { state: 'failed', error: toErrorFacts(error) } });
    return null;
  }
}
