/** A person's own Keras model on tfjs, call by call: every layer's output is there after one pass. */
import { dispose, mul, setBackend, tensor, tensor1d, tidy, type Tensor } from '@tensorflow/tfjs-core';
import { LensError } from '../../domain/errors';
import type { ModelFile } from '../../domain/own-model';
import { availableThreads } from '../available-threads';
import type { ChannelMasks } from '../compute';
import type { OwnNetwork } from '../own-compute';
import type { FlatLayer } from '../own-model/flat-graph';
import type { PlannedCall } from '../own-model/own-network';
import { readOwnModel, type ReadLayers, type ReadModel } from '../own-model/read-own-model';
import { openBackend, type OpenBackend } from './backend';
import { createKeptOutputs, currentBackendName, onDevice, readOutputs, readTemporary, readsOf, type Device } from './own-device';
import { runLayer } from './own-layers';

/**
 * Reads and opens it on WebAssembly, with threads where they can be had, else in plain JavaScript: a model of unknown numbers
 * has no reference results that would say whether a graphics processor computes it well. The backend starts while the file is
 * being read.
 * @param files - see `readOwnModel`.
 * @param wasmUrl - folder of the .wasm files, ends in '/'.
 * @throws LensError of `readOwnModel`; of the last way that was tried; what a layer says that cannot be run.
 */
export async function openOwnModel(files: readonly ModelFile[], wasmUrl: string): Promise<OwnNetwork> {
  const before = currentBackendName();
  const opening = openDevice(wasmUrl);
  opening.catch(() => undefined);
  try {
    const [model] = await Promise.allSettled([readOwnModel(files), opening]);
    const device = await opening;
    try {
      if (model.status === 'rejected') throw model.reason;
      return await openOn(model.value, device);
    } catch (error) {
      device.close();
      throw error;
    }
  } finally {
    if (before !== null) await setBackend(before);
  }
}

async function openDevice(wasmUrl: string): Promise<OpenBackend> {
  const threads = availableThreads();
  let failure: unknown;
  for (const count of threads > 1 ? [threads, 1] : [1]) {
    try {
      return await openBackend('wasm', wasmUrl, count);
    } catch (error) {
      failure = error;
    }
  }
  return openBackend('cpu', wasmUrl, 1).catch(() => {
    throw failure;
  });
}

async function openOn(model: ReadModel, device: OpenBackend): Promise<OwnNetwork> {
  if (model.kind === 'layers') return createOwnNetwork(model, device);
  // tfjs's executor of graphs is code that other models do not need.
  const { createOwnGraph } = await import('./own-graph');
  return createOwnGraph(model, device);
}

interface OwnCalls {
  /** Outputs of all calls. @param known - by call, those that need not be computed. Run it within `tidy`. */
  run(known: readonly (Tensor | undefined)[], masks: ChannelMasks): Tensor[];
  /** The outputs that these masks leave as they are, and those that are masked themselves. */
  unchangedBy(masks: ChannelMasks, outputs: readonly Tensor[]): readonly (Tensor | undefined)[];
  dispose(): void;
}

/** The model's calls with their weights on the current backend. */
function createCalls({ planned, weights, kerasVersion }: ReadLayers['network']): OwnCalls {
  const { calls } = planned;
  const uploaded = new Map<FlatLayer, Map<string, Tensor>>();
  const free = (): void => uploaded.forEach((tensors) => dispose([...tensors.values()]));
  try {
    for (const { layer, weights: wanted } of planned.wanted) {
      const values = weights.get(layer)!;
      const tensors = new Map<string, Tensor>();
      uploaded.set(layer, tensors);
      wanted.forEach(({ leaf, shape }, i) => tensors.set(leaf, tensor(values[i]!, [...shape])));
    }
  } catch (error) {
    free();
    throw error;
  }
  const none = new Map<string, Tensor>();
  return {
    run(known, masks) {
      const outputs: Tensor[] = [];
      calls.forEach((call, at) => {
        const inputs = call.inputs.map((input) => outputs[input]!);
        const value = known[at] ?? runLayer(call, inputs, uploaded.get(call.layer) ?? none, kerasVersion);
        const mask = call.name === null ? undefined : masks.get(call.name);
        outputs.push(mask === undefined ? value : mul(value, tensor1d(mask)));
      });
      return outputs;
    },
    unchangedBy(masks, outputs) {
      const changed: boolean[] = [];
      return calls.map(({ inputs, name }, at) => {
        const isDownstream = inputs.some((input) => changed[input]);
        changed.push(isDownstream || (name !== null && masks.has(name)));
        return isDownstream ? undefined : outputs[at]!;
      });
    },
    dispose: free,
  };
}

/** Takes the backend over. */
export function createOwnNetwork({ facts, network }: ReadLayers, device: Device): OwnNetwork {
  const { calls, graph } = network.planned;
  const own = createCalls(network);
  const runs = createKeptOutputs(new Map(facts.layers.map(({ name }) => [name, calls.findIndex((call) => call.name === name)])));

  function pass(input: Float32Array): Tensor[] {
    const { height, width, channels } = facts.input;
    if (input.length !== height * width * channels) throw new LensError('unexpected', `${input.length} values of input`);
    const isInput = ({ kind }: PlannedCall): boolean => kind === 'InputLayer';
    const known = calls.map((call) => (isInput(call) ? tensor(input, [1, height, width, channels]) : undefined));
    return own.run(known, new Map());
  }

  const on = <T>(task: () => Promise<T>): Promise<T> => onDevice(device, task);
  const toOutputs = (from: Tensor): Promise<Float32Array<ArrayBuffer>> => readOutputs(device, from);
  return {
    backend: device.backend,
    detail: device.detail,
    facts,
    forward: (input) =>
      on(async () => {
        const outputs = tidy(() => pass(input));
        const run = runs.add(outputs);
        try {
          return { run, outputs: await toOutputs(outputs[graph.output]!) };
        } catch (error) {
          runs.release(run);
          throw error;
        }
      }),
    score: (input) => on(() => readTemporary(() => pass(input)[graph.output]!, toOutputs)),
    release: (run) => runs.release(run),
    ...readsOf(device, runs),
    mutedOutputs: (run, variants) =>
      on(async () => {
        const all = runs.all(run);
        const results: Float32Array<ArrayBuffer>[] = [];
        for (const masks of variants) {
          const known = own.unchangedBy(masks, all);
          results.push(await readTemporary(() => own.run(known, masks)[graph.output]!.clone(), toOutputs));
        }
        return results;
      }),
    dispose() {
      runs.dispose();
      own.dispose();
      device.close();
    },
  };
}
