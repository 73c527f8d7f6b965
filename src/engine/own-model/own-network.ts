/** A Keras model as the app computes it: calls of layers with their shapes and weights, and what of it is told and shown. */
import type { OwnLayer, OwnModel, OwnModelFormat, OwnModelTotals, OwnOutput, SummaryRow } from '../../domain/own-model';
import { OWN_MODEL_MAX_BYTES } from '../../domain/own-model';
import type { Json, Shape } from './config';
import { flattenModel, type FlatCall, type FlatGraph, type FlatLayer } from './flat-graph';
import { classOf, IDLE_LAYERS, kindOf, type WantedWeight } from './layer-kinds';
import { ownModelError, refuseLayer } from './own-error';

export interface PlannedCall extends FlatCall {
  /** Keras's class, without aliases. */
  readonly kind: string;
  /** Of its output, without the batch. */
  readonly shape: Shape;
  /** Unique, of the layer; null: a later call of a layer that has been called before. */
  readonly name: string | null;
}

export interface WantedWeights {
  readonly layer: FlatLayer;
  readonly weights: readonly WantedWeight[];
}

export interface PlannedNetwork {
  readonly graph: FlatGraph;
  readonly calls: readonly PlannedCall[];
  /** Of every layer that has weights, in the order of the calls. */
  readonly wanted: readonly WantedWeights[];
}

/** By layer, in the order of its `WantedWeight`s. */
export type NetworkWeights = ReadonlyMap<FlatLayer, readonly Float32Array<ArrayBuffer>[]>;

/**
 * @param model - `{class_name, config}`.
 * @throws LensError for every layer that is not read, sizes that do not fit, an input that is no picture, no convolution.
 */
export function planNetwork(model: Json): PlannedNetwork {
  const graph = flattenModel(model);
  const names = uniqueNames(graph);
  const calls: PlannedCall[] = [];
  const wanted = new Map<FlatLayer, WantedWeights>();
  const seen = new Set<FlatLayer>();
  for (const call of graph.calls) {
    const { kind: className, config, path, isCustom } = call.layer;
    const kind = kindOf(className, config.layer, isCustom);
    if (config.has('activation')) config.activation();
    assertAsPredicted(call);
    const inputs = call.inputs.map((input) => calls[input]!.shape);
    const weights = kind.weights?.(config, inputs[0]!) ?? [];
    if (weights.length > 0 && !wanted.has(call.layer)) wanted.set(call.layer, { layer: call.layer, weights });
    const shape = kind.shape(config, inputs, call.extras);
    if (shape.some((size) => !Number.isInteger(size) || size < 1)) throw config.fault('the size of the output');
    const name = seen.has(call.layer) ? null : names.get(path.join('/'))!;
    seen.add(call.layer);
    calls.push({ ...call, kind: classOf(className), shape, name });
  }
  const planned = { graph, calls, wanted: [...wanted.values()] };
  assertUsable(planned);
  return planned;
}

/** What would make a score that Keras does not give: another order of numbers, or a layer that trains while it predicts. */
function assertAsPredicted({ layer, extras }: FlatCall): void {
  const { kind, config } = layer;
  if (config.raw('data_format') === 'channels_first') refuseLayer('channels_first', config.layer);
  const isTraining = extras.options['training'] === true;
  if (isTraining && (IDLE_LAYERS.has(kind) || kind === 'BatchNormalization')) refuseLayer('training=True', config.layer);
}

function assertUsable({ graph, calls, wanted }: PlannedNetwork): void {
  const inputs = calls.filter(({ kind }) => kind === 'InputLayer');
  const [input] = inputs;
  const [, , channels] = input?.shape ?? [];
  if (inputs.length !== 1 || input!.shape.length !== 3 || (channels !== 3 && channels !== 1)) {
    const shapes = inputs.map(({ shape }) => kerasShape(shape)).join(', ');
    throw ownModelError('own-model-input', inputs.length === 0 ? 'none' : shapes);
  }
  const output = calls[graph.output]!;
  if (output.shape.length !== 1) throw ownModelError('own-model-output', kerasShape(output.shape));
  if (!listLayers(calls).some(({ isConvolution }) => isConvolution)) throw ownModelError('own-model-no-maps');
  const bytes = wanted.reduce((sum, { weights }) => sum + 4 * countOf(weights), 0);
  if (bytes > OWN_MODEL_MAX_BYTES) throw ownModelError('own-model-too-large', `${bytes} bytes of weights`);
}

/** The name of a layer where no other has it, else its path. */
function uniqueNames({ calls }: FlatGraph): ReadonlyMap<string, string> {
  const paths = new Map<string, Set<string>>();
  for (const { layer } of calls) {
    const name = layer.path.at(-1)!;
    paths.set(name, (paths.get(name) ?? new Set()).add(layer.path.join('/')));
  }
  return new Map([...paths].flatMap(([name, full]) => [...full].map((path) => [path, full.size > 1 ? path : name] as const)));
}

export function kerasShape(shape: Shape): string {
  return shape.length === 0 ? '(None,)' : `(None, ${shape.join(', ')})`;
}

export function sizeOf(shape: Shape): number {
  return shape.reduce((a, b) => a * b, 1);
}

function countOf(weights: readonly WantedWeight[]): number {
  return weights.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
}

export const CONVOLUTIONS: ReadonlySet<string> = new Set(['Conv2D', 'DepthwiseConv2D', 'SeparableConv2D', 'Conv2DTranspose']);

/** Layers with maps: [height, width, channels], more than one cell. */
function listLayers(calls: readonly PlannedCall[]): readonly OwnLayer[] {
  return calls.flatMap(({ kind, shape, name }) => {
    const [height, width, channels] = shape;
    if (shape.length !== 3 || name === null || kind === 'InputLayer' || height! * width! === 1) return [];
    return [{ name, kind, isConvolution: CONVOLUTIONS.has(kind), height: height!, width: width!, channels: channels! }];
  });
}

export type OwnModelFacts = Omit<OwnModel, 'hash'>;

export function describeNetwork(planned: PlannedNetwork, format: OwnModelFormat): OwnModelFacts {
  const { graph, calls } = planned;
  const [height, width, channels] = calls.find(({ kind }) => kind === 'InputLayer')!.shape;
  const totals = addTotals(planned.wanted);
  return {
    format,
    name: graph.name,
    summary: summarise(planned),
    totals,
    input: { height: height!, width: width!, channels: channels as 1 | 3 },
    output: outputOf(planned),
    layers: listLayers(calls),
  };
}

function addTotals(wanted: readonly WantedWeights[]): OwnModelTotals {
  const parameters = wanted.reduce((sum, { weights }) => sum + countOf(weights), 0);
  const trainable = wanted.reduce((sum, layer) => sum + trainableOf(layer), 0);
  return { parameters, trainable, nonTrainable: parameters - trainable };
}

function trainableOf({ layer, weights }: WantedWeights): number {
  return layer.isTrainable ? countOf(weights.filter(({ isTrained }) => isTrained)) : 0;
}

function summarise({ graph, calls, wanted }: PlannedNetwork): readonly SummaryRow[] {
  const byLayer = new Map(wanted.map((weights) => [weights.layer, weights]));
  const seenModels = new Set<string>();
  const models = graph.models.filter(({ path }) => !seenModels.has(path.join('/')) && seenModels.add(path.join('/')));
  const rows: SummaryRow[] = [];
  calls.forEach(({ layer, kind, shape, name }, at) => {
    // Outermost first: of two that begin here the shorter path.
    for (const model of models
      .filter(({ first, end }) => first === at && end > first)
      .sort((a, b) => a.path.length - b.path.length)) {
      const inside = wanted.filter((w) => model.path.every((part, i) => w.layer.path[i] === part));
      const { parameters, trainable } = addTotals(inside);
      const outputShape = kerasShape(calls[model.output]!.shape);
      rows.push({
        name: model.path.at(-1)!,
        type: model.className,
        outputShape,
        parameters,
        trainable,
        depth: model.path.length - 1,
      });
    }
    // Of a Sequential Keras shows no input.
    if (name === null || (graph.isSequential && kind === 'InputLayer')) return;
    const weights = byLayer.get(layer);
    rows.push({
      name: layer.path.at(-1)!,
      type: layer.className,
      outputShape: kerasShape(shape),
      parameters: weights === undefined ? 0 : countOf(weights.weights),
      trainable: weights === undefined ? 0 : trainableOf(weights),
      depth: layer.path.length - 1,
    });
  });
  return rows;
}

/** Layers that leave numbers as they are, only in another order or shape. */
const SHAPERS: ReadonlySet<string> = new Set(['Flatten', 'Reshape', 'Dropout', 'Identity']);

function outputOf({ graph, calls }: PlannedNetwork): OwnOutput {
  const units = calls[graph.output]!.shape[0]!;
  let at = graph.output;
  while (SHAPERS.has(calls[at]!.kind) && calls[at]!.inputs.length === 1) at = calls[at]!.inputs[0]!;
  const { kind, layer } = calls[at]!;
  const name =
    kind === 'Softmax' ? 'softmax' : ['Dense', 'Conv2D', 'Activation'].includes(kind) ? layer.config.activation() : 'linear';
  return { units, activation: name === 'sigmoid' || name === 'softmax' ? name : 'linear' };
}
