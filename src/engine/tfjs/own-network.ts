/** A person's own Keras model on tfjs, call by call: every layer's output is there after one pass. */
import { dispose, getBackend, memory, mul, setBackend, slice, tensor, tensor1d, tidy, type Tensor } from '@tensorflow/tfjs-core';
import { LensError } from '../../domain/errors';
import type { OwnModel } from '../../domain/own-model';
import { availableThreads } from '../available-threads';
import type { ChannelMasks, RunHandle } from '../compute';
import type { OwnNetwork } from '../own-compute';
import type { FlatLayer } from '../own-model/flat-graph';
import type { PlannedCall } from '../own-model/own-network';
import type { ReadModel } from '../own-model/read-own-model';
import { openBackend, type OpenBackend } from './backend';
import { runLayer } from './own-layers';

/**
 * Opens it on WebAssembly, with threads where they can be had, else in plain JavaScript: a model of unknown numbers has no
 * reference results that would say whether a graphics processor computes it well.
 * @param wasmUrl - folder of the .wasm files, ends in '/'.
 * @throws LensError of the last way that was tried; what a layer says that cannot be run.
 */
export async function openOwnModel(model: ReadModel, wasmUrl: string): Promise<OwnNetwork> {
  const before = currentBackendName();
  try {
    return openOn(model, await openDevice(wasmUrl));
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

function openOn(model: ReadModel, device: OpenBackend): OwnNetwork {
  try {
    return createOwnNetwork(model, device);
  } catch (error) {
    device.close();
    throw error;
  }
}

interface OwnCalls {
  /** Outputs of all calls. @param known - by call, those that need not be computed. Run it within `tidy`. */
  run(known: readonly (Tensor | undefined)[], masks: ChannelMasks): Tensor[];
  /** The outputs that these masks leave as they are, and those that are masked themselves. */
  unchangedBy(masks: ChannelMasks, outputs: readonly Tensor[]): readonly (Tensor | undefined)[];
  dispose(): void;
}

/** The model's calls with their weights on the current backend. */
function createCalls({ planned, weights, kerasVersion }: ReadModel['network']): OwnCalls {
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

/** null: none is open, which tfjs's types leave out. */
function currentBackendName(): string | null {
  return (getBackend as () => string | null | undefined)() ?? null;
}

type Device = Pick<OpenBackend, 'backend' | 'detail' | 'lossGuard' | 'close'>;

/** The network that ships may be open on another of tfjs's backends, and tfjs knows only one at a time. */
async function onDevice<T>({ backend, lossGuard }: Device, task: () => Promise<T>): Promise<T> {
  lossGuard.assertAlive();
  const before = currentBackendName();
  if (before !== backend) await setBackend(backend);
  try {
    return await task();
  } finally {
    if (before !== null && before !== backend) await setBackend(before);
  }
}

async function read({ lossGuard }: Device, from: Tensor): Promise<Float32Array<ArrayBuffer>> {
  return new Float32Array(await lossGuard.guard(from.data()));
}

async function readOutputs(device: Device, from: Tensor): Promise<Float32Array<ArrayBuffer>> {
  const outputs = await read(device, from);
  const bad = outputs.find((value) => !Number.isFinite(value));
  if (bad !== undefined) throw new LensError('engine-crashed', `an output is ${bad}`);
  return outputs;
}

/** Reads a tensor that is made for nothing else, and frees it. */
async function readTemporary<T>(make: () => Tensor, reading: (from: Tensor) => Promise<T>): Promise<T> {
  const made = tidy(make);
  try {
    return await reading(made);
  } finally {
    made.dispose();
  }
}

/** Takes the backend over. */
export function createOwnNetwork({ facts, network }: ReadModel, device: Device): OwnNetwork {
  const { calls, graph } = network.planned;
  const own = createCalls(network);
  const runs = createKeptOutputs(facts, calls);

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
    readMaps: (run, layer) => on(() => read(device, runs.find(run, layer))),
    readMap: (run, layer, filter) =>
      on(() => {
        const maps = runs.find(run, layer);
        const [, height, width] = maps.shape as [number, number, number, number];
        return readTemporary(
          () => slice(maps, [0, 0, 0, filter], [1, height, width, 1]),
          (map) => read(device, map),
        );
      }),
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
    memory() {
      const { numTensors, numBytes } = memory();
      return { buffers: numTensors, bytes: numBytes };
    },
    dispose() {
      runs.dispose();
      own.dispose();
      device.close();
    },
  };
}

interface KeptOutputs {
  /** Takes the tensors over. */
  add(outputs: readonly Tensor[]): RunHandle;
  all(run: RunHandle): readonly Tensor[];
  /** A layer's maps, [1, height, width, channels]. */
  find(run: RunHandle, layer: string): Tensor;
  release(run: RunHandle): void;
  dispose(): void;
}

function createKeptOutputs({ layers }: OwnModel, calls: readonly PlannedCall[]): KeptOutputs {
  const shown = new Map(layers.map(({ name }) => [name, calls.findIndex((call) => call.name === name)]));
  const runs = new Map<RunHandle, readonly Tensor[]>();
  let runsMade = 0;

  function all(run: RunHandle): readonly Tensor[] {
    const outputs = runs.get(run);
    if (outputs === undefined) throw new LensError('unexpected', `no maps of the handle ${run}`);
    return outputs;
  }

  function release(run: RunHandle): void {
    dispose([...(runs.get(run) ?? [])]);
    runs.delete(run);
  }

  return {
    add(outputs) {
      const run = ++runsMade as RunHandle;
      runs.set(run, outputs);
      return run;
    },
    all,
    find(run, layer) {
      const at = shown.get(layer);
      if (at === undefined) throw new LensError('unexpected', `no maps of the layer ${layer}`);
      return all(run)[at]!;
    },
    release,
    dispose: () => [...runs.keys()].forEach(release),
  };
}
