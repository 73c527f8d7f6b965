/**
 * Operations that a model calls without a layer ("x / 127.5 - 1", as the preprocess_input of Keras's applications): Keras 2
 * writes them as TFOpLambda, Keras 3 as classes of its own. Those that are read become layers of the kinds that there are.
 */
import { isList, isObject, type Json } from './config';
import { refuseLayer } from './own-error';

interface LayerOf {
  readonly kind: string;
  readonly config: Json;
}

/** Of Keras 2: TensorFlow's function. */
const FUNCTIONS: Readonly<Record<string, string>> = {
  'math.truediv': 'Divide',
  'math.divide': 'Divide',
  'math.subtract': 'Subtract',
  'math.add': 'Add',
  '__operators__.add': 'Add',
  'nn.bias_add': 'Add',
  'math.multiply': 'Multiply',
  'math.maximum': 'Maximum',
  'math.minimum': 'Minimum',
};
const ACTIVATIONS: Readonly<Record<string, string>> = {
  'nn.relu': 'relu',
  'nn.relu6': 'relu6',
  'math.sigmoid': 'sigmoid',
  'nn.sigmoid': 'sigmoid',
  'math.tanh': 'tanh',
  'nn.silu': 'silu',
  'nn.swish': 'silu',
  // Of Keras 3.
  Relu: 'relu',
  Relu6: 'relu6',
  Sigmoid: 'sigmoid',
  Tanh: 'tanh',
  Silu: 'silu',
  HardSigmoid: 'hard_sigmoid',
  HardSilu: 'hard_silu',
  HardSwish: 'hard_silu',
};

/** @returns the class and config of the layer that does the same; those that are given where it is a layer. */
export function layerOfOperation(className: string, config: Json, module: unknown, name: string): LayerOf {
  if (className === 'SlicingOpLambda') return { kind: 'GetItem', config };
  if (className === 'TFOpLambda') {
    const called = String(config['function']);
    const activation = ACTIVATIONS[called];
    if (activation !== undefined) return { kind: 'Activation', config: { ...config, activation } };
    return { kind: FUNCTIONS[called] ?? refuseLayer(`tf.${called}`, name), config };
  }
  // Keras 3's .h5 does not say where a class comes from; but every layer, also a person's own, says whether it is trainable.
  const isOperation = typeof module === 'string' ? module.startsWith('keras.src.ops') : config['trainable'] === undefined;
  if (!isOperation) return { kind: className, config };
  const activation = ACTIVATIONS[className];
  if (activation !== undefined) return { kind: 'Activation', config: { ...config, activation } };
  if (className === 'TrueDivide' || className === 'GetItem')
    return { kind: className === 'GetItem' ? 'GetItem' : 'Divide', config };
  if (typeof module !== 'string' || SAME_AS_LAYERS.has(className)) return { kind: className, config };
  return refuseLayer(`keras.ops.${className}`, name);
}

/** Operations of Keras 3 that do what the layer of that name does, or that are read under their own. */
const SAME_AS_LAYERS: ReadonlySet<string> = new Set([
  'Add',
  'Subtract',
  'Multiply',
  'Divide',
  'Maximum',
  'Minimum',
  'Concatenate',
  'Stack',
]);

/** A number, or one for each channel, from JSON; null: neither. */
export function constantOf(value: unknown): readonly number[] | null {
  const plain =
    isObject(value) && (value['class_name'] === '__tensor__' || value['class_name'] === '__numpy__') && isObject(value['config'])
      ? value['config']['value']
      : value;
  const list = isList(plain) ? plain : [plain];
  const flat = list.flat(6) as readonly unknown[];
  const isVector = isList(plain) ? lengthOfLast(plain) === flat.length : true;
  return isVector && flat.length > 0 && flat.every((n) => typeof n === 'number' && Number.isFinite(n))
    ? (flat as readonly number[])
    : null;
}

function lengthOfLast(list: readonly unknown[]): number {
  return isList(list[0]) ? lengthOfLast(list[0]) : list.length;
}

/** What "x[..., ?]" takes: all channels backwards, or one of them. */
export type ChannelPick = 'reversed' | number;

/** @param spec - what stands in the brackets. null: something else. */
export function channelPickOf(spec: unknown): ChannelPick | null {
  if (!isList(spec) || spec.length !== 2) return null;
  const [first, last] = spec;
  if (!isObject(first) || first['class_name'] !== '__ellipsis__') return null;
  if (typeof last === 'number' && Number.isInteger(last)) return last;
  const slice = isObject(last) && isObject(last['config']) ? last['config'] : last;
  if (!isObject(slice)) return null;
  const isWhole = (slice['start'] ?? null) === null && (slice['stop'] ?? null) === null;
  return isWhole && slice['step'] === -1 ? 'reversed' : null;
}
