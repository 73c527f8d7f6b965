/** From a model's address to an engine that may be asked: download, the ladder of backends, the check of each. */
import { APP_VERSION } from '../domain/app-version';
import { fasterWay, isSameSite, orderWays, type ChoiceReason } from '../domain/engine-choice';
import type { LoadedModel, LoadProgress, SelfTestCase } from '../domain/loaded-model';
import { LensError } from '../domain/errors';
import type { GoldenFile } from '../domain/manifest';
import type { Probes } from '../domain/probes';
import type { ComputeNetwork, ComputeRung } from './compute';
import { createHeadReader, type HeadReader } from './explain-head';
import { createKeptRuns, type KeptRuns } from './kept-runs';
import { climbLadder } from './ladder';
import { readArtifacts, readGolden, readProbes, type ModelArtifacts } from './model-artifacts';
import type { ComputeFacts, LoadRequest } from './protocol';
import { describeFailure, runSelfTest } from './self-test';
import { TOLERANCES } from './tolerances';
import type { ModelStore, VerifiedModel } from './weights';

/** What computes, and what is kept of what it computed. */
export interface LiveEngine {
  readonly network: ComputeNetwork;
  readonly model: VerifiedModel;
  readonly golden: GoldenFile;
  readonly probes: Probes | null;
  readonly runs: KeptRuns;
  readonly head: HeadReader;
}

export interface LoadWorld {
  readonly store: ModelStore;
  /** All that there are. Of one way the first is tried first. */
  readonly rungs: (request: LoadRequest) => readonly ComputeRung[];
  readonly describeCompute: () => ComputeFacts;
}

type OnProgress = (progress: LoadProgress) => void;

interface Checked {
  readonly network: ComputeNetwork;
  readonly selfTest: SelfTestCase;
}

/**
 * @param onFetched - called when the files are there and good, before anything is opened: the place to close what was open.
 * @throws LensError of the download (weights.ts), `model-invalid`, or the ladder's.
 */
export async function loadEngine(
  world: LoadWorld,
  request: LoadRequest,
  onProgress: OnProgress,
  onFetched: () => void,
): Promise<{ readonly engine: LiveEngine; readonly facts: LoadedModel }> {
  const startMs = performance.now();
  // The first of its way alone: what stands below is seldom needed.
  world
    .rungs(request)
    .find((rung) => rung.prepare !== undefined && (request.backend === 'auto' || rung.backend === request.backend))
    ?.prepare?.();
  const model = await world.store.fetchModel(request.modelUrl, (loadedBytes, totalBytes) => {
    onProgress({ phase: 'download', loadedBytes, totalBytes });
  });
  const artifacts = readArtifacts(model);
  const golden = readGolden(model);
  const probes = readProbes(model);
  onFetched();
  const { rungs, reason } = orderRungs(world, request, model);
  const { rung, value, rejected } = await climbLadder(rungs, request.backend, (rung) =>
    openChecked(rung, artifacts, golden, model, onProgress),
  );
  const { network, selfTest } = value;
  const runs = createKeptRuns((run) => network.release(run));
  const { manifest } = model;
  const { backend, detail: backendDetail } = network;
  return {
    engine: { network, model, golden, probes, runs, head: createHeadReader(network) },
    facts: {
      manifest,
      backend,
      way: rung.way,
      chosenBy: reason,
      backendDetail,
      rejected,
      selfTest,
      loadMs: performance.now() - startMs,
    },
  };
}

/** Asks for the renderer, which takes a context of WebGL, only where WebGL was the faster one. */
function orderRungs(
  world: LoadWorld,
  request: LoadRequest,
  { manifest }: VerifiedModel,
): { readonly rungs: readonly ComputeRung[]; readonly reason: ChoiceReason } {
  const { choice = 'auto', times = null, backend, kernels } = request;
  const isForced = backend !== 'auto' || kernels === 'tfjs';
  const mayCount = !isForced && choice === 'auto' && times !== null;
  const here = mayCount && fasterWay(times) === 'webgl' ? world.describeCompute() : times;
  const site = here && { ...here, appVersion: APP_VERSION, modelVersion: manifest.version };
  const isOfHere = mayCount && site !== null && isSameSite(times, site);
  const { ways, reason } = orderWays({ isForced, choice, times: isOfHere ? times : null });
  const all = world.rungs(request);
  return { rungs: ways.flatMap((way) => all.filter((rung) => rung.way === way)), reason };
}

/** A model without a golden file that says so, or one that this backend computes wrongly, never goes live. */
async function openChecked(
  rung: ComputeRung,
  artifacts: ModelArtifacts,
  golden: GoldenFile,
  { manifest }: VerifiedModel,
  onProgress: OnProgress,
): Promise<Checked> {
  onProgress({ phase: 'compile', backend: rung.backend });
  const network = await rung.open(artifacts, manifest.network);
  try {
    onProgress({ phase: 'self-test', backend: rung.backend });
    const selfTest = await runSelfTest(network, manifest.input, golden.cases[0]!, TOLERANCES[rung.backend]);
    if (!selfTest.passed) throw new LensError('backend-none-passed', describeFailure(selfTest));
    return { network, selfTest };
  } catch (error) {
    network.dispose();
    throw error;
  }
}

/** Every golden input, in the file's order. */
export async function selfTestAll({ network, golden, model }: LiveEngine): Promise<readonly SelfTestCase[]> {
  const results: SelfTestCase[] = [];
  for (const goldenCase of golden.cases) {
    results.push(await runSelfTest(network, model.manifest.input, goldenCase, TOLERANCES[network.backend]));
  }
  return results;
}
