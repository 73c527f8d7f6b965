/** A person's own model behind the inner interface, in the place of the one that ships. */
import type { LoadedModel } from '../domain/loaded-model';
import { LensError } from '../domain/errors';
import type { NetworkShape } from '../domain/network';
import { ownManifest, ownShape, watchedLogit } from '../domain/own-manifest';
import type { OwnModel } from '../domain/own-model';
import { arrangeChannels } from '../domain/own-input';
import type { OwnSettings } from '../domain/own-settings';
import type { ComputeNetwork } from './compute';
import { createKeptRuns } from './kept-runs';
import type { LiveEngine } from './live-engine';
import type { OwnNetwork } from './own-compute';
import type { OwnChoice } from './protocol';
import type { VerifiedModel } from './weights';

/** Brings the code that computes such models. */
export type ImportOpener = () => Promise<(files: OwnChoice['files'], wasmUrl: string) => Promise<OwnNetwork>>;

/**
 * The files' facts, read and let go of again.
 * @throws LensError `own-model-*`, also where the picture that the model takes is no square.
 */
export async function describeOwn(importOpener: ImportOpener, files: OwnChoice['files'], wasmUrl: string): Promise<OwnModel> {
  const { readOwnModel } = await import('./own-model/read-own-model').catch(missing);
  const read = await readOwnModel(files);
  const facts = read.kind === 'layers' ? read.facts : await describeOpened(importOpener, files, wasmUrl);
  squareShape(facts);
  return facts;
}

/** Of a graph, whose file has no shapes. */
async function describeOpened(importOpener: ImportOpener, files: OwnChoice['files'], wasmUrl: string): Promise<OwnModel> {
  const open = await importOpener().catch(missing);
  const own = await open(files, wasmUrl);
  own.dispose();
  return own.facts;
}

/** @throws LensError as `describeOwn`; what a layer says that cannot be run. */
export async function loadOwn(
  importOpener: ImportOpener,
  { name, files, settings }: OwnChoice,
  wasmUrl: string,
): Promise<{ readonly engine: LiveEngine; readonly facts: LoadedModel }> {
  const startMs = performance.now();
  const open = await importOpener().catch(missing);
  const own = await open(files, wasmUrl);
  const shape = squareShape(own.facts);
  const network = createOwnCompute(own, shape, settings);
  const manifest = ownManifest(name, own.facts, shape, settings);
  const runs = createKeptRuns((run) => network.release(run));
  const { backend, detail: backendDetail } = own;
  return {
    engine: {
      network,
      model: { manifest, files: new Map() },
      golden: { version: name, cases: [] },
      probes: null,
      runs,
      head: { explain: () => Promise.reject(notOffered()), units: () => Promise.reject(notOffered()) },
    },
    facts: {
      manifest,
      backend,
      way: backend === 'wasm' ? 'tfjs-wasm' : 'cpu',
      chosenBy: 'not-measured',
      backendDetail,
      rejected: [],
      selfTest: { input: 'lesion', passed: true, logitError: 0, layers: [], ms: 0 },
      loadMs: performance.now() - startMs,
    },
  };
}

/** The model that ships as a Keras file. @throws LensError as `writeKerasH5`; `model-invalid` of a person's own model. */
export async function exportKeras(model: VerifiedModel): Promise<Blob> {
  const { writeKerasH5 } = await import('./own-model/write-keras').catch(missing);
  return new Blob([await writeKerasH5(model)], { type: 'application/x-hdf5' });
}

/** What the model that ships does not need is loaded with the first other one. */
function missing(error: unknown): never {
  throw new LensError('own-model-reader-missing', error instanceof Error ? error.message : String(error));
}

function notOffered(): LensError {
  return new LensError('unexpected', 'not offered for this model');
}

function squareShape(facts: OwnModel): NetworkShape {
  const shape = ownShape(facts);
  if (shape === null) throw new LensError('own-model-input', `${facts.input.width} x ${facts.input.height}`);
  return shape;
}

/** Takes the network over. */
export function createOwnCompute(own: OwnNetwork, shape: NetworkShape, { order, watched }: OwnSettings): ComputeNetwork {
  const { channels } = own.facts.input;
  const arrange = (rgb: Float32Array): Float32Array => arrangeChannels(rgb, channels, order);
  const logitOf = (outputs: Float32Array): number => watchedLogit(outputs, own.facts.output, watched);
  return {
    backend: own.backend,
    detail: own.detail,
    shape,
    async forward(input) {
      const { run, outputs } = await own.forward(arrange(input));
      return { run, logit: logitOf(outputs), outputs };
    },
    score: async (input) => logitOf(await own.score(arrange(input))),
    scoreAll: async (input) => {
      const outputs = await own.score(arrange(input));
      return { logit: logitOf(outputs), outputs };
    },
    release: (run) => own.release(run),
    readMaps: (run, layer) => own.readMaps(run, layer),
    readMap: (run, layer, filter) => own.readMap(run, layer, filter),
    mutedLogits: async (run, variants) => Float32Array.from(await own.mutedOutputs(run, variants), logitOf),
    firstKernels: () => Promise.reject(notOffered()),
    denseWeights: () => Promise.reject(notOffered()),
    probeFilter: () => {
      throw notOffered();
    },
    memory: () => own.memory(),
    dispose: () => own.dispose(),
  };
}
