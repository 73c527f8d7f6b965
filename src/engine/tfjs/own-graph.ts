/** A person's own graph model on tfjs, by its converter's executor. */
import { GraphModel } from '@tensorflow/tfjs-converter';
import { io, mul, tensor, tensor1d, tidy, zeros, type NamedTensorMap, type Tensor } from '@tensorflow/tfjs-core';
import { LensError } from '../../domain/errors';
import type { OwnLayer, OwnModel } from '../../domain/own-model';
import type { ChannelMasks, RunHandle } from '../compute';
import type { OwnNetwork } from '../own-compute';
import { ownModelError } from '../own-model/own-error';
import { kerasShape } from '../own-model/own-network';
import type { ReadGraph } from '../own-model/read-own-model';
import { GRAPH_CONVOLUTIONS, type GraphParts } from '../own-model/tfjs-graph';
import type { TfjsWeight } from '../own-model/tfjs-layers';
import { createKeptOutputs, onDevice, readOutputs, readTemporary, readsOf, type Device } from './own-device';

/**
 * Takes the backend over. The shapes are those of a pass over a black picture.
 * @throws LensError `own-model-layer-unsupported`, `own-model-output`, `own-model-no-maps`, `out-of-memory`.
 */
export async function createOwnGraph({ graph, hash }: ReadGraph, device: Device): Promise<OwnNetwork> {
  const executor = await loadExecutor(graph);
  try {
    const facts = describeGraph(graph, executor, hash);
    return graphNetwork(graph, executor, facts, device);
  } catch (error) {
    executor.dispose();
    throw error;
  }
}

async function loadExecutor({ json, weights }: GraphParts): Promise<GraphModel> {
  const model = new GraphModel(
    io.fromMemory({
      modelTopology: json['modelTopology'] as object,
      weightSpecs: weights.map(({ name, shape, dtype }) => ({
        name,
        shape: [...shape],
        dtype: dtype === 'uint8' ? 'int32' : dtype,
      })),
      weightData: weights.map(bytesOf),
      format: 'graph-model',
      signature: json['signature'] as object,
    }),
  );
  await model.load();
  return model;
}

function bytesOf(weight: TfjsWeight): ArrayBuffer {
  const { dtype } = weight;
  const numbers = weight.values();
  if (dtype === 'float32') return numbers.buffer;
  return dtype === 'bool' ? Uint8Array.from(numbers).buffer : Int32Array.from(numbers).buffer;
}

/** What tfjs says of an operation that it does not know, or that it could run only in turns. */
function execute(model: GraphModel, inputs: NamedTensorMap, outputs: readonly string[]): Tensor[] {
  try {
    const found = model.execute(inputs, [...outputs]);
    return Array.isArray(found) ? found : [found];
  } catch (error) {
    if (error instanceof LensError || !(error instanceof Error)) throw error;
    if (/unknown op|unsupported|not supported|not implemented|dynamic|not registered/i.test(error.message)) {
      throw ownModelError('own-model-layer-unsupported', error.message.split('\n')[0]);
    }
    throw error;
  }
}

function describeGraph(graph: GraphParts, model: GraphModel, hash: string): OwnModel {
  const { input, output, operations, name } = graph;
  const { height, width, channels } = input;
  const nodes = operations.map(({ node }) => node);
  const shapes = tidy(() => {
    const outputs = execute(model, { [input.node]: zeros([1, height, width, channels]) }, [...nodes, output.node]);
    return outputs.map(({ shape, dtype }) => ({ shape: shape.slice(1), dtype }));
  });
  const end = shapes.at(-1)!.shape;
  if (end.length !== 1) throw ownModelError('own-model-output', kerasShape(end));
  const layers = operations.flatMap(({ op, name: layer, isLayer }, at): OwnLayer[] => {
    const { shape, dtype } = shapes[at]!;
    const [rows, columns, maps] = shape as [number, number, number];
    if (!isLayer || dtype !== 'float32' || shape.length !== 3 || rows * columns === 1) return [];
    return [{ name: layer, kind: op, isConvolution: GRAPH_CONVOLUTIONS.has(op), height: rows, width: columns, channels: maps }];
  });
  if (!layers.some(({ isConvolution }) => isConvolution)) throw ownModelError('own-model-no-maps');
  const parameters = operations.reduce((sum, operation) => sum + operation.parameters, 0);
  return {
    format: 'tfjs-graph',
    name,
    summary: operations.map(({ name: row, op, parameters: own }, at) => ({
      name: row,
      type: op,
      outputShape: kerasShape(shapes[at]!.shape),
      parameters: own,
      trainable: 0, // a graph is frozen
      depth: 0,
    })),
    totals: { parameters, trainable: 0, nonTrainable: parameters },
    input: { height, width, channels },
    output: { units: end[0]!, activation: output.activation },
    layers,
    hash,
  };
}

function graphNetwork(graph: GraphParts, model: GraphModel, facts: OwnModel, device: Device): OwnNetwork {
  const { input, output, operations } = graph;
  const nodeOf = new Map(operations.flatMap(({ name, node, isLayer }) => (isLayer ? [[name, node] as const] : [])));
  const shown = facts.layers.map(({ name }) => nodeOf.get(name)!);
  const runs = createKeptOutputs(new Map(facts.layers.map(({ name }, at) => [name, at])));
  /** Of the kept runs: what muting begins with. */
  const photos = new Map<RunHandle, Float32Array>();

  function pass(values: Float32Array, outputs: readonly string[]): Tensor[] {
    const { height, width, channels } = input;
    if (values.length !== height * width * channels) throw new LensError('unexpected', `${values.length} values of input`);
    return execute(model, { [input.node]: tensor(values, [1, height, width, channels]) }, outputs);
  }

  /** The muted layers one after another, each computed with those before it muted. */
  function runMuted(run: RunHandle, masks: ChannelMasks): Tensor {
    const { height, width, channels } = input;
    const known: NamedTensorMap = { [input.node]: tensor(photos.get(run)!, [1, height, width, channels]) };
    for (const { name } of facts.layers) {
      const mask = masks.get(name);
      if (mask === undefined) continue;
      const node = nodeOf.get(name)!;
      const isFirst = Object.keys(known).length === 1;
      const maps = isFirst ? runs.find(run, name) : execute(model, known, [node])[0]!;
      known[node] = mul(maps, tensor1d(mask));
    }
    return execute(model, known, [output.node])[0]!;
  }

  const on = <T>(task: () => Promise<T>): Promise<T> => onDevice(device, task);
  const toOutputs = (from: Tensor): Promise<Float32Array<ArrayBuffer>> => readOutputs(device, from);

  function release(run: RunHandle): void {
    photos.delete(run);
    runs.release(run);
  }

  return {
    backend: device.backend,
    detail: device.detail,
    facts,
    forward: (values) =>
      on(async () => {
        const tensors = tidy(() => pass(values, [...shown, output.node]));
        const run = runs.add(tensors);
        photos.set(run, values.slice());
        try {
          return { run, outputs: await toOutputs(tensors.at(-1)!) };
        } catch (error) {
          release(run);
          throw error;
        }
      }),
    score: (values) => on(() => readTemporary(() => pass(values, [output.node])[0]!, toOutputs)),
    release,
    ...readsOf(device, runs),
    mutedOutputs: (run, variants) =>
      on(async () => {
        runs.all(run);
        const results: Float32Array<ArrayBuffer>[] = [];
        for (const masks of variants) results.push(await readTemporary(() => runMuted(run, masks), toOutputs));
        return results;
      }),
    dispose() {
      runs.dispose();
      model.dispose();
      device.close();
    },
  };
}
