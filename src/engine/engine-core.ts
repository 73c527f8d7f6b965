/** The engine behind the worker's door: holds the one loaded model and answers calls one at a time, in order. */
import { LensError } from '../domain/errors';
import { Mutex } from '../domain/mutex';
import { nextTask } from '../domain/next-task';
import { computePhoto } from './analyse';
import type { DecodePhoto, EncodeFrame, MakeShowable } from './decode';
import { toEngineError } from './engine-error';
import { eraseShortcut } from './erase-shortcut';
import { loadEngine, selfTestAll, type LiveEngine, type LoadWorld } from './live-engine';
import { maximiseFilter } from './maximise';
import { measureEffects, muteFilters } from './mute-filters';
import { describeOwn, exportKeras, loadOwn, type ImportOpener } from './own-engine';
import { prepareThumbnail } from './prepare-photo';
import type { EngineApi, LoadRequest, Outcome } from './protocol';
import { createPhotoReader } from './read-ahead';
import { readLayer, readMap } from './read-maps';
import { scoreInputs } from './score-inputs';
import { timePass } from './time-pass';

interface EngineWorld extends LoadWorld {
  readonly decode: DecodePhoto;
  readonly makeShowable: MakeShowable;
  readonly encodeFrame: EncodeFrame;
  readonly listRequests: () => readonly string[];
  readonly importOwnOpener: ImportOpener;
}

/** Runs a task when its turn comes, and answers with its outcome. */
type Answer = <T>(task: () => T | Promise<T>) => Promise<Outcome<T>>;
/** @throws LensError `unexpected` while no model is loaded. */
type LoadedEngine = () => LiveEngine;

export function createEngineCore(world: EngineWorld): EngineApi {
  const calls = new Mutex();
  let loaded: LiveEngine | null = null;
  let lastRequest: LoadRequest | null = null;
  const answer: Answer = (task) => calls.runExclusive(() => answerNow(task));

  function engine(): LiveEngine {
    if (loaded === null) throw new LensError('unexpected', 'no model is loaded');
    return loaded;
  }

  function unload(): void {
    const old = loaded;
    loaded = null;
    old?.network.dispose();
  }

  return {
    load: (request, onProgress) =>
      answer(async () => {
        lastRequest = request;
        const { engine: live, facts } = await (request.own
          ? loadOwn(world.importOwnOpener, request.own, request.wasmUrl)
          : loadEngine(world, request, onProgress, unload));
        if (request.own) unload();
        loaded = live;
        return facts;
      }),
    ...photoCalls(world, answer, engine, () => loaded?.network.shape.input.side ?? null),
    ...runCalls(answer, engine),
    ...networkCalls(answer, engine),
    release: (runId) => answer(() => loaded?.runs.release(runId)),
    memory: () => answer(() => loaded?.network.memory() ?? { buffers: 0, bytes: 0 }),
    describeCompute: () =>
      answer(() => {
        if (lastRequest === null) throw new LensError('unexpected', 'no model is loaded');
        const webgl = world.rungs(lastRequest).find(({ way }) => way === 'webgl');
        return { ...world.describeCompute(), webglObjection: webgl === undefined ? 'not offered' : webgl.passOver() };
      }),
    // In its turn: a graph is opened on a backend that the loaded network may share.
    describeOwn: (files) => answer(() => describeOwn(world.importOwnOpener, files, lastRequest?.wasmUrl ?? '')),
    // Beside the queue: it reads the files that were loaded, and nothing of the network.
    exportKeras: () => answerNow(() => exportKeras(engine().model)),
    listRequests: () => answerNow(world.listRequests),
    // Beside the queue: whoever pressed the shutter waits for it.
    encodeFrame: (frame) => answerNow(() => world.encodeFrame(frame)),
    // Beside the queue: writing to the disk holds up no analysis.
    keepModel: () => answerNow(() => world.store.keepModel()),
  };
}

async function answerNow<T>(task: () => T | Promise<T>): Promise<Outcome<T>> {
  try {
    return { ok: true, value: await task() };
  } catch (thrown) {
    const { code, detail } = toEngineError(thrown);
    return { ok: false, error: { code, detail } };
  }
}

/** @param inputSide - of the loaded network, in pixels; null while there is none. */
function photoCalls(
  { decode, makeShowable }: EngineWorld,
  answer: Answer,
  engine: LoadedEngine,
  inputSide: () => number | null,
): Pick<EngineApi, 'analyse' | 'readThumbnail' | 'makeShowable'> {
  const startReading = createPhotoReader(decode, inputSide);
  return {
    analyse(request) {
      const readInTurn = startReading(request);
      return answer(async () => {
        const { network, runs, model, probes, head } = engine();
        const read = await readInTurn();
        // So that the photo after this one, if it was sent already, is decoded while this one is computed.
        await nextTask();
        return computePhoto({ network, runs, input: model.manifest.input, probes, head }, request, read);
      });
    },
    readThumbnail: (photo, maxSidePx) =>
      answer(async () => {
        const decoded = await decode(photo, true);
        try {
          return prepareThumbnail(decoded, maxSidePx);
        } finally {
          decoded.close();
        }
      }),
    makeShowable: (photo) => answer(() => makeShowable(photo)),
  };
}

/** What is asked of a kept run. */
function runCalls(
  answer: Answer,
  engine: LoadedEngine,
): Pick<EngineApi, 'readLayer' | 'readMap' | 'experiment' | 'muteEffects' | 'explainHead'> {
  return {
    readLayer: (runId, layer) =>
      answer(async () => {
        const { network, runs } = engine();
        const { name, ...maps } = await readLayer(network, runs.find(runId).run, layer);
        return { runId, layer: name, ...maps };
      }),
    readMap: (runId, layer, filter) =>
      answer(async () => {
        const { network, runs } = engine();
        return { runId, layer, filter, ...(await readMap(network, runs.find(runId).run, layer, filter)) };
      }),
    experiment: (runId, mutes) =>
      answer(async () => {
        const startMs = performance.now();
        const { network, runs } = engine();
        const logit = await muteFilters(network, runs.find(runId), mutes);
        return { logit, ms: performance.now() - startMs };
      }),
    muteEffects: (runId, layer, first, end) =>
      answer(() => {
        const { network, runs } = engine();
        return measureEffects(network, runs.find(runId), layer, first, end);
      }),
    explainHead: (runId) =>
      answer(async () => {
        const { head, runs } = engine();
        return { runId, ...(await head.explain(runs.find(runId).run)) };
      }),
  };
}

/** What is asked of the network alone. */
function networkCalls(
  answer: Answer,
  engine: LoadedEngine,
): Pick<EngineApi, 'scoreInputs' | 'eraseShortcut' | 'maximise' | 'firstKernels' | 'selfTest' | 'timePass'> {
  return {
    scoreInputs: (inputs) =>
      answer(() => {
        const { network, model } = engine();
        return scoreInputs(network, model.manifest.input, inputs);
      }),
    eraseShortcut: (input, shortcut) =>
      answer(() => {
        const { network, model } = engine();
        return eraseShortcut(network, model.manifest.input, input, shortcut);
      }),
    maximise: (request) =>
      answer(() => {
        const { network, model } = engine();
        return maximiseFilter(network, model.manifest.input, request);
      }),
    // A copy: the numbers may be the network's own.
    firstKernels: () => answer(async () => new Float32Array(await engine().network.firstKernels())),
    selfTest: () => answer(() => selfTestAll(engine())),
    timePass: () => answer(() => timePass(engine())),
  };
}
