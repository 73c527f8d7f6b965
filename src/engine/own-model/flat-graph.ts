/** A Keras config, models within models included -> one list of calls of layers. */
import { isList, isObject, LayerConfig, type Json } from './config';
import { layerOfOperation } from './operations';
import { ownModelError, refuseLayer } from './own-error';

/** A layer; one that is called more than once is one of these all the same, as its weights are. */
export interface FlatLayer {
  /** Names of the models that it stands in, from the outermost one's layer on, then its own. */
  readonly path: readonly string[];
  readonly className: string;
  /** The class of layer that computes it: another than `className` where that is an operation (operations.ts). */
  readonly kind: string;
  readonly config: LayerConfig;
  /** False if it, or a model that it stands in, was frozen. */
  readonly isTrainable: boolean;
  /** Not one of Keras's own. */
  readonly isCustom: boolean;
}

/** One call of a layer. */
export interface FlatCall {
  readonly layer: FlatLayer;
  /** Calls whose outputs it takes, by their index in the list. */
  readonly inputs: readonly number[];
  /** Constants and options of the call, for operations: what stands beside the tensors. */
  readonly extras: CallExtras;
}

export interface CallExtras {
  /** Arguments that are no tensors. `at`: place among all arguments. */
  readonly constants: readonly { readonly at: number; readonly value: unknown }[];
  readonly options: Json;
}

/** A model in the model; what the summary shows as a row of its own. */
export interface FlatModel {
  readonly path: readonly string[];
  readonly className: string;
  /** The call whose output is the model's. */
  readonly output: number;
  /** The calls in it: from `first` up to, not including, `end`. */
  readonly first: number;
  readonly end: number;
}

export interface FlatGraph {
  readonly name: string;
  readonly isSequential: boolean;
  /** Each after those whose outputs it takes. */
  readonly calls: readonly FlatCall[];
  readonly models: readonly FlatModel[];
  /** What stands directly in each model, in the file's order; by the model's path, joined by '/', '' for the outermost. */
  readonly members: ReadonlyMap<string, readonly FlatMember[]>;
  readonly output: number;
}

export interface FlatMember {
  readonly name: string;
  readonly className: string;
}

const MODEL_CLASSES: ReadonlySet<string> = new Set(['Sequential', 'Functional', 'Model']);
const NO_EXTRAS: CallExtras = { constants: [], options: {} };
/** Models within models: real ones have 3 at most. */
const MAX_DEPTH = 16;

interface LayerJson {
  readonly className: string;
  readonly name: string;
  readonly config: Json;
  readonly json: Json;
}

/**
 * @param model - `{class_name, config}` as Keras 2 and 3 write it.
 * @throws LensError `own-model-damaged`; `own-model-custom-layer` where the model is a class of its own; `own-model-output`.
 */
export function flattenModel(model: Json): FlatGraph {
  const root = readLayer(model, 'model');
  if (!MODEL_CLASSES.has(root.className)) throw ownModelError('own-model-custom-layer', `the model is a ${root.className}`);
  const builder = new GraphBuilder();
  const outputs = builder.addModel(root, [], true, null);
  if (outputs.length !== 1) throw ownModelError('own-model-output', `${outputs.length} outputs`);
  return {
    name: root.name,
    isSequential: root.className === 'Sequential',
    calls: builder.calls,
    models: builder.models,
    members: builder.members,
    output: outputs[0]!,
  };
}

class GraphBuilder {
  readonly calls: FlatCall[] = [];
  readonly models: FlatModel[] = [];
  readonly members = new Map<string, readonly FlatMember[]>();
  private readonly layers = new Map<string, FlatLayer>();

  /** @param inputs - of the call of this model; null: it is the outermost, its inputs become calls themselves. */
  addModel(model: LayerJson, path: readonly string[], isTrainable: boolean, inputs: readonly number[] | null): readonly number[] {
    if (path.length > MAX_DEPTH) throw ownModelError('own-model-damaged', 'models within models without an end');
    const trainable = isTrainable && model.config['trainable'] !== false;
    const first = this.calls.length;
    this.members.set(path.join('/'), layersOf(model));
    const outputs =
      model.className === 'Sequential'
        ? [this.addSequential(model, path, trainable, inputs)]
        : this.addFunctional(model, path, trainable, inputs);
    if (inputs !== null) {
      this.models.push({ path, className: model.className, output: outputs[0]!, first, end: this.calls.length });
    }
    return outputs;
  }

  private addSequential(
    model: LayerJson,
    path: readonly string[],
    isTrainable: boolean,
    inputs: readonly number[] | null,
  ): number {
    const layers = layersOf(model);
    let at = inputs?.[0] ?? null;
    for (const layer of layers) {
      if (layer.className === 'InputLayer') at ??= this.addCall(layer, path, isTrainable, [], NO_EXTRAS);
      else {
        at ??= this.addCall(inputOf(model, layer), path, isTrainable, [], NO_EXTRAS);
        at = this.apply(layer, path, isTrainable, [at], NO_EXTRAS)[0]!;
      }
    }
    if (at === null) throw ownModelError('own-model-damaged', `no layers in "${model.name}"`);
    return at;
  }

  private addFunctional(
    model: LayerJson,
    path: readonly string[],
    isTrainable: boolean,
    inputs: readonly number[] | null,
  ): readonly number[] {
    const wanted = tensorsIn(model.config['input_layers']);
    /** By layer, then by call: the outputs. */
    const made = new Map<string, (readonly number[])[]>();
    let waiting = layersOf(model).flatMap((layer) => {
      if (layer.className !== 'InputLayer') return callsOf(layer).map((call, node) => ({ layer, call, node }));
      const place = wanted.findIndex(({ name }) => name === layer.name);
      const given = inputs?.[Math.max(place, 0)];
      made.set(layer.name, [[given ?? this.addCall(layer, path, isTrainable, [], NO_EXTRAS)]]);
      return [];
    });
    const skipped = skippedCalls(waiting, tensorsIn(model.config['output_layers']));
    const find = ({ name, node, tensor }: TensorName): number | undefined =>
      made.get(name)?.[node - (skipped.get(name) ?? 0)]?.[tensor];
    while (waiting.length > 0) {
      const left = waiting.filter(({ layer, call, node }) => {
        const sources = call.tensors.map(find);
        if (sources.some((source) => source === undefined)) return true;
        const outputs = made.get(layer.name) ?? [];
        outputs[node] = this.apply(layer, path, isTrainable, sources as number[], call.extras);
        made.set(layer.name, outputs);
        return false;
      });
      if (left.length === waiting.length)
        throw ownModelError('own-model-damaged', `no inputs for the layer "${left[0]!.layer.name}"`);
      waiting = left;
    }
    return tensorsIn(model.config['output_layers']).map((tensor) => {
      const found = find(tensor);
      if (found === undefined) throw ownModelError('own-model-damaged', `no output "${tensor.name}"`);
      return found;
    });
  }

  private apply(
    layer: LayerJson,
    path: readonly string[],
    isTrainable: boolean,
    inputs: readonly number[],
    extras: CallExtras,
  ): readonly number[] {
    if (MODEL_CLASSES.has(layer.className) && extras.options['training'] === true) refuseLayer('training=True', layer.name);
    if (MODEL_CLASSES.has(layer.className)) return this.addModel(layer, [...path, layer.name], isTrainable, inputs);
    return [this.addCall(layer, path, isTrainable, inputs, extras)];
  }

  private addCall(
    { className, name, config, json }: LayerJson,
    path: readonly string[],
    isTrainable: boolean,
    inputs: readonly number[],
    extras: CallExtras,
  ): number {
    const key = JSON.stringify([...path, name]);
    let layer = this.layers.get(key);
    if (layer === undefined) {
      const computing = layerOfOperation(className, config, json['module'], name);
      layer = {
        path: [...path, name],
        className,
        kind: computing.kind,
        config: new LayerConfig(name, computing.config),
        isTrainable: isTrainable && config['trainable'] !== false,
        isCustom: isCustom(json),
      };
      this.layers.set(key, layer);
    }
    this.calls.push({ layer, inputs, extras });
    return this.calls.length - 1;
  }
}

/**
 * By layer: how many calls Keras counts that are not in the file. Keras 2 counts the making of a Sequential model as one, so
 * that its first call is number 1.
 */
function skippedCalls(
  calls: readonly { readonly layer: LayerJson; readonly call: CallJson }[],
  outputs: readonly TensorName[],
): ReadonlyMap<string, number> {
  const skipped = new Map<string, number>();
  for (const { name, node } of [...calls.flatMap(({ call }) => call.tensors), ...outputs]) {
    const inFile = calls.filter(({ layer }) => layer.name === name).length;
    if (inFile > 0 && node >= inFile) skipped.set(name, Math.max(skipped.get(name) ?? 0, node - inFile + 1));
  }
  return skipped;
}

/** Keras 3 and late 2 say where a class comes from: "Custom>MyLayer", module "__main__". */
function isCustom({ registered_name: registered, module }: Json): boolean {
  const isRegistered = typeof registered === 'string' && /^(?!keras)[^>]*>/i.test(registered);
  const isElsewhere = typeof module === 'string' && !/^(keras|tf_keras|tensorflow)\b/.test(module);
  return isRegistered || isElsewhere;
}

function readLayer(value: unknown, what: string): LayerJson {
  if (!isObject(value) || typeof value['class_name'] !== 'string') throw ownModelError('own-model-damaged', `no ${what}`);
  // Sequential models of Keras 1 and early 2 have the bare list of layers for a config.
  const config = isList(value['config']) ? { layers: value['config'] } : value['config'];
  if (!isObject(config)) throw ownModelError('own-model-damaged', `no config of ${value['class_name']}`);
  const name = value['name'] ?? config['name'];
  return {
    className: value['class_name'],
    name: typeof name === 'string' ? name : value['class_name'].toLowerCase(),
    config,
    json: value,
  };
}

function layersOf({ name, config }: LayerJson): readonly LayerJson[] {
  const { layers } = config;
  if (!isList(layers)) throw ownModelError('own-model-damaged', `no list of layers in "${name}"`);
  return layers.map((layer) => readLayer(layer, `layer in "${name}"`));
}

/** A Sequential without an InputLayer says its input's shape in its first layer, or in what it was built with. */
function inputOf({ config }: LayerJson, first: LayerJson): LayerJson {
  const built = isObject(config['build_config']) ? config['build_config']['input_shape'] : null;
  const shape = first.config['batch_input_shape'] ?? first.config['batch_shape'] ?? config['build_input_shape'] ?? built;
  const inner = MODEL_CLASSES.has(first.className) && (shape ?? null) === null ? layersOf(first)[0] : undefined;
  if (inner !== undefined) return inner.className === 'InputLayer' ? inner : inputOf(first, inner);
  const json = { class_name: 'InputLayer', config: { name: `${first.name}_input`, batch_shape: shape } };
  return readLayer(json, 'input');
}

interface TensorName {
  readonly name: string;
  readonly node: number;
  readonly tensor: number;
}

interface CallJson {
  readonly tensors: readonly TensorName[];
  readonly extras: CallExtras;
}

function asTensor(value: unknown): TensorName | null {
  if (isObject(value) && value['class_name'] === '__keras_tensor__' && isObject(value['config'])) {
    return asTensor(value['config']['keras_history']);
  }
  if (!isList(value)) return null;
  const [name, node, tensor] = value;
  if (typeof name !== 'string' || typeof node !== 'number' || typeof tensor !== 'number') return null;
  return { name, node, tensor };
}

/** All tensors in a value, in its order. */
function tensorsIn(value: unknown): readonly TensorName[] {
  const tensor = asTensor(value);
  if (tensor !== null) return [tensor];
  if (isList(value)) return value.flatMap(tensorsIn);
  return isObject(value) ? Object.values(value).flatMap(tensorsIn) : [];
}

/** The calls of a layer in a Functional config: `inbound_nodes`, of Keras 3 with args and kwargs, of Keras 2 lists of tensors. */
function callsOf({ name, json }: LayerJson): readonly CallJson[] {
  const nodes = json['inbound_nodes'];
  if (!isList(nodes)) throw ownModelError('own-model-damaged', `no inbound_nodes of the layer "${name}"`);
  return nodes.map((node) => (isObject(node) ? newCall(node) : oldCall(node, name)));
}

function newCall({ args, kwargs }: Json): CallJson {
  const list = isList(args) ? args : [];
  // `training` is what the model is called with, whatever the file says (Keras 3's functional.py, `operation_fn`).
  const options = isObject(kwargs) ? { ...kwargs, training: null } : {};
  const constants = list.flatMap((value, at) => (tensorsIn(value).length === 0 ? [{ at, value }] : []));
  return { tensors: [...tensorsIn(list), ...tensorsIn(options)], extras: { constants, options } };
}

/** How Keras 2 writes a constant where a tensor would stand: ["_CONSTANT_VALUE", -1, 2.0, {...}]. */
const CONSTANT = '_CONSTANT_VALUE';

function oldCall(node: unknown, name: string): CallJson {
  if (!isList(node)) return refuseLayer('a call that is no list', name);
  const isOne = typeof node[0] === 'string';
  let options: Json = {};
  const constants: { at: number; value: unknown }[] = [];
  const tensors = (isOne ? [node] : node).flatMap((entry, at) => {
    if (!isList(entry)) return [];
    const given = entry[3];
    if (isObject(given)) options = { ...options, ...given };
    if (entry[0] === CONSTANT) constants.push({ at, value: entry[2] });
    const tensor = entry[0] === CONSTANT ? null : asTensor(entry);
    return tensor === null ? [] : [tensor];
  });
  const second = options['y'] ?? options['bias'];
  if (second !== undefined && asTensor(second) === null) constants.push({ at: 1, value: second });
  return { tensors: [...tensors, ...tensorsIn(options)], extras: { constants, options } };
}
