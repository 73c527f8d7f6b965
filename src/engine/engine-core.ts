/** The engine behind the worker's door: holds the one loaded model and answers calls one at a time, in order. */
import { memory } from '@tensorflow/tfjs-core';
import { LensError } from '../domain/errors';
import type { GoldenFile } from '../domain/manifest';
import { createAnalyser, type Analyser } from './analyse';
import type { BackendRung, OpenBackend } from './backend';
import type { DecodePhoto } from './decode';
import { toEngineError } from './engine-error';
import { climbLadder } from './ladder';
import { buildNetwork, type Network } from './model';
import { readArtifacts, readGolden, type ModelArtifacts } from './model-artifacts';
import type { EngineApi, LoadedModel, LoadProgress, LoadRequest, Outcome, SelfTestCase } from './protocol';
import { describeFailure, runSelfTest } from './self-test';
import { createSerialQueue } from './serial-queue';
import { TOLERANCES } from './tolerances';
import type { ModelStore, VerifiedModel } from './weights';

export interface EngineWorld {
  readonly store: ModelStore;
  readonly backendRungs: (wasmUrl: string) => readonly BackendRung[];
  readonly decode: DecodePhoto;
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
  readonly analyser: Analyser;
}

export function createEngineCore(world: EngineWorld): EngineApi {
  const enqueue = createSerialQueue();
  let loaded: LoadedEngine | null = null;

  function engine(): LoadedEngine {
    if (loaded === null) throw new LensError('unexpected', 'no model is loaded');
    return loaded;
  }

  function unload(): void {
    if (loaded === null) return;
    const { analyser, network, open } = loaded;
    loaded = null;
    analyser.dispose();
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
    loaded = { ...live, model, golden, analyser: createAnalyser(network, model.manifest.input, world.decode) };
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
      network = await buildNetwork(artifacts, open.lossGuard);
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

  function answer<T>(task: () => T | Promise<T>): Promise<Outcome<T>> {
    return enqueue(async () => {
      try {
        return { ok: true, value: await task() };
      } catch (thrown) {
        const { code, detail } = toEngineError(thrown);
        return { ok: false, error: { code, detail } };
      }
    });
  }

  return {
    load: (request, onProgress) => answer(() => load(request, onProgress)),
    analyse: (request) => answer(() => engine().analyser.analyse(request)),
    readLayer: (runId, layer) => answer(() => engine().analyser.readLayer(runId, layer)),
    readMap: (runId, layer, filter) => answer(() => engine().analyser.readMap(runId, layer, filter)),
    release: (runId) =>
      answer(() => {
        loaded?.analyser.release(runId);
        return null;
      }),
    selfTest: () => answer(selfTestAll),
    memory: () =>
      answer(() => {
        const { numTensors, numBytes } = memory();
        return { tensors: numTensors, bytes: numBytes };
      }),
  };
}
