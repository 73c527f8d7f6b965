/** The engine behind the worker's door: holds the one loaded model and answers calls one at a time, in order. */
import { memory } from '@tensorflow/tfjs-core';
import { LensError } from '../domain/errors';
import type { GoldenFile } from '../domain/manifest';
import { Mutex } from '../domain/mutex';
import { nextTask } from '../domain/next-task';
import { computePhoto } from './analyse';
import type { BackendRung, OpenBackend } from './backend';
import type { DecodePhoto, MakeShowable } from './decode';
import { toEngineError } from './engine-error';
import { createHeadExplainer, type HeadExplainer } from './explain-head';
import { createKeptRuns, type KeptRuns } from './kept-runs';
import { climbLadder } from './ladder';
import { maximiseFilter } from './maximise';
import { buildNetwork, type Network } from './model';
import { readArtifacts, readGolden, type ModelArtifacts } from './model-artifacts';
import { createMuter, type Muter } from './mute-filters';
import { prepareThumbnail } from './prepare-photo';
import type { LoadedModel, LoadProgress, SelfTestCase } from '../domain/loaded-model';
import type { EngineApi, LoadRequest, Outcome } from './protocol';
import { createPhotoReader } from './read-ahead';
import { readLayer, readMap } from './read-maps';
import { scoreInputs } from './score-inputs';
import { describeFailure, runSelfTest } from './self-test';
import { TOLERANCES } from './tolerances';
import type { ModelStore, VerifiedModel } from './weights';

interface EngineWorld {
  readonly store: ModelStore;
  readonly backendRungs: (wasmUrl: string) => readonly BackendRung[];
  readonly decode: DecodePhoto;
  readonly makeShowable: MakeShowable;
  readonly listRequests: () => readonly string[];
}

/** A backend that passed its check, with the model on it. */
interface LiveEngine {
  readonly open: OpenBackend;
  readonly network: Network;
  readonly selfTest: SelfTestCase;
}

interface LoadedEngine extends LiveEngine {
  readonly model: VerifiedModel;
  readonly golden: GoldenFile;
  readonly runs: KeptRuns;
  readonly muter: Muter;
  readonly explainHead: HeadExplainer;
}

export function createEngineCore(world: EngineWorld): EngineApi {
  const calls = new Mutex();
  const startReading = createPhotoReader(world.decode, () => loaded?.network.shape.input.side ?? null);
  let loaded: LoadedEngine | null = null;

  function engine(): LoadedEngine {
    if (loaded === null) throw new LensError('unexpected', 'no model is loaded');
    return loaded;
  }

  function unload(): void {
    if (loaded === null) return;
    const { runs, muter, network, open } = loaded;
    loaded = null;
    runs.dispose();
    muter.dispose();
    network.dispose();
    open.close();
  }

  async function load(request: LoadRequest, onProgress: (progress: LoadProgress) => void): Promise<LoadedModel> {
    const startMs = performance.now();
    const model = await world.store.fetchModel(request.modelUrl, (loadedBytes, totalBytes) => {
      onProgress({ phase: 'download', loadedBytes, totalBytes });
    });
    const artifacts = readArtifacts(model);
    const golden = readGolden(model);
    unload();
    const { value: live, rejected } = await climbLadder(world.backendRungs(request.wasmUrl), request.backend, (rung) =>
      goLive(rung, artifacts, golden, model, onProgress),
    );
    const { open, network, selfTest } = live;
    const muter = createMuter(network);
    const runs = createKeptRuns((run) => {
      muter.forget(run);
    });
    loaded = { ...live, model, golden, runs, muter, explainHead: createHeadExplainer(network) };
    const loadMs = performance.now() - startMs;
    return { manifest: model.manifest, backend: open.backend, backendDetail: open.detail, rejected, selfTest, loadMs };
  }

  /** A model without a golden file that says so, or one that this backend computes wrongly, never goes live. */
  async function goLive(
    rung: BackendRung,
    artifacts: ModelArtifacts,
    golden: GoldenFile,
    { manifest }: VerifiedModel,
    onProgress: (progress: LoadProgress) => void,
  ): Promise<LiveEngine> {
    onProgress({ phase: 'compile', backend: rung.backend });
    const open = await rung.open();
    let network: Network | null = null;
    try {
      network = await buildNetwork(artifacts, manifest.network, open.lossGuard);
      onProgress({ phase: 'self-test', backend: rung.backend });
      const selfTest = await runSelfTest(network, manifest.input, golden.cases[0]!, TOLERANCES[rung.backend]);
      if (!selfTest.passed) throw new LensError('backend-none-passed', describeFailure(selfTest));
      return { open, network, selfTest };
    } catch (error) {
      network?.dispose();
      open.close();
      throw error;
    }
  }

  async function selfTestAll(): Promise<readonly SelfTestCase[]> {
    const { network, golden, model, open } = engine();
    const results: SelfTestCase[] = [];
    for (const goldenCase of golden.cases) {
      results.push(await runSelfTest(network, model.manifest.input, goldenCase, TOLERANCES[open.backend]));
    }
    return results;
  }

  async function answerNow<T>(task: () => T | Promise<T>): Promise<Outcome<T>> {
    try {
      return { ok: true, value: await task() };
    } catch (thrown) {
      const { code, detail } = toEngineError(thrown);
      return { ok: false, error: { code, detail } };
    }
  }

  function answer<T>(task: () => T | Promise<T>): Promise<Outcome<T>> {
    return calls.runExclusive(() => answerNow(task));
  }

  return {
    load: (request, onProgress) => answer(() => load(request, onProgress)),
    analyse(request) {
      const readInTurn = startReading(request);
      return answer(async () => {
        const { network, open, runs, model } = engine();
        const read = await readInTurn();
        // So that the photo after this one, if it was sent already, is decoded while this one is computed.
        await nextTask();
        return computePhoto({ network, backend: open.backend, runs, input: model.manifest.input }, request, read);
      });
    },
    readThumbnail: (photo, maxSidePx) =>
      answer(async () => {
        const decoded = await world.decode(photo);
        try {
          return prepareThumbnail(decoded, maxSidePx);
        } finally {
          decoded.close();
        }
      }),
    makeShowable: (photo) => answer(() => world.makeShowable(photo)),
    readLayer: (runId, layer) =>
      answer(async () => {
        const { network, runs } = engine();
        const { name, ...maps } = await readLayer(network, runs.find(runId), layer);
        return { runId, layer: name, ...maps };
      }),
    readMap: (runId, layer, filter) =>
      answer(async () => {
        const { network, runs } = engine();
        return { runId, layer, filter, ...(await readMap(network, runs.find(runId), layer, filter)) };
      }),
    experiment: (runId, mutes) =>
      answer(async () => {
        const startMs = performance.now();
        const { muter, runs } = engine();
        const logit = await muter.mute(runs.find(runId), mutes);
        return { logit, ms: performance.now() - startMs };
      }),
    muteEffects: (runId, layer, first, end) =>
      answer(() => {
        const { muter, runs } = engine();
        return muter.measureEffects(runs.find(runId), layer, first, end);
      }),
    scoreInputs: (inputs) =>
      answer(() => {
        const { network, model } = engine();
        return scoreInputs(network, model.manifest.input, inputs);
      }),
    explainHead: (runId) =>
      answer(async () => {
        const { explainHead, runs } = engine();
        return { runId, ...(await explainHead(runs.find(runId))) };
      }),
    maximise: (request) =>
      answer(() => {
        const { network, model } = engine();
        return maximiseFilter(network, model.manifest.input, request);
      }),
    firstKernels: () => answer(() => readFirstKernels(engine().network)),
    release: (runId) =>
      answer(() => {
        loaded?.runs.release(runId);
      }),
    selfTest: () => answer(selfTestAll),
    memory: () =>
      answer(() => {
        const { numTensors, numBytes } = memory();
        return { tensors: numTensors, bytes: numBytes };
      }),
    listRequests: () => answerNow(world.listRequests),
    // Beside the queue: writing to the disk holds up no analysis.
    keepModel: () => answerNow(() => world.store.keepModel()),
  };
}

/** A copy: on the CPU backend the numbers read are the network's own weights. */
async function readFirstKernels(network: Network): Promise<Float32Array<ArrayBuffer>> {
  return new Float32Array(await network.read(network.chain[0]!.weights()[0]!));
}
