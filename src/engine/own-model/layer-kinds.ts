/**
 * Every class of layer that is read: its weights in Keras's order, and the shape that it makes of its inputs' shapes. Shapes
 * are without the batch. What the layer computes stands in engine/tfjs/own-layers.ts, under the same names.
 */
import type { LayerConfig, Shape } from './config';
import type { CallExtras } from './flat-graph';
import { concatenate, getItem, merge, mergeTwo, stack } from './merge-kinds';
import { ownModelError, refuseLayer } from './own-error';

export interface WantedWeight {
  /** The last part of its name in Keras. */
  readonly leaf: string;
  readonly shape: Shape;
  /** False: never changed by training, as a moving mean. */
  readonly isTrained: boolean;
}

export interface LayerKind {
  /** Of a layer whose first input has this shape. Without: none. */
  readonly weights?: (config: LayerConfig, input: Shape) => readonly WantedWeight[];
  readonly shape: (config: LayerConfig, inputs: readonly Shape[], extras: CallExtras) => Shape;
}

const trained = (leaf: string, ...shape: number[]): WantedWeight => ({ leaf, shape, isTrained: true });
const fixed = (leaf: string, ...shape: number[]): WantedWeight => ({ leaf, shape, isTrained: false });

const unchanged: LayerKind = { shape: (_, [input]) => input! };

/** Output cells of a window that moves along `size` cells (TensorFlow's tf.nn.convolution). */
function steps(size: number, window: number, stride: number, padding: string, dilation = 1): number {
  if (padding === 'same') return Math.ceil(size / stride);
  return Math.ceil((size - (window - 1) * dilation) / stride);
}

/** @throws LensError where it is not [height, width, channels], or its numbers' order is another. */
function picture(config: LayerConfig, [input]: readonly Shape[]): readonly [number, number, number] {
  if (config.text('data_format', 'channels_last') !== 'channels_last') refuseLayer('channels_first', config.layer);
  if (input?.length !== 3) throw config.fault('input');
  return input as unknown as readonly [number, number, number];
}

export function paddingOf(config: LayerConfig): 'same' | 'valid' {
  const padding = config.text('padding', 'valid');
  if (padding !== 'same' && padding !== 'valid') return refuseLayer(`padding "${padding}"`, config.layer);
  return padding;
}

export function stridesOf(config: LayerConfig): readonly [number, number] {
  return config.pair('strides', [1, 1]);
}

/** TensorFlow computes with both strides and dilations in no convolution. */
export function dilationOf(config: LayerConfig): readonly [number, number] {
  const dilation = config.pair('dilation_rate', [1, 1]);
  if (Math.max(...dilation) > 1 && Math.max(...stridesOf(config)) > 1) refuseLayer('a dilation with strides', config.layer);
  return dilation;
}

function convolved(config: LayerConfig, inputs: readonly Shape[], channels: number): Shape {
  const [height, width] = picture(config, inputs);
  const [kernel, strides, dilation] = [config.pair('kernel_size'), stridesOf(config), dilationOf(config)];
  const padding = paddingOf(config);
  return [
    steps(height, kernel[0], strides[0], padding, dilation[0]),
    steps(width, kernel[1], strides[1], padding, dilation[1]),
    channels,
  ];
}

function biasOf(config: LayerConfig, channels: number): readonly WantedWeight[] {
  return config.flag('use_bias', true) ? [trained('bias', channels)] : [];
}

const conv2d: LayerKind = {
  weights(config, input) {
    const filters = config.count('filters');
    const inputs = picture(config, [input])[2] / config.count('groups', 1);
    if (!Number.isInteger(inputs) || filters % config.count('groups', 1) !== 0) throw config.fault('groups');
    return [trained('kernel', ...config.pair('kernel_size'), inputs, filters), ...biasOf(config, filters)];
  },
  shape: (config, inputs) => convolved(config, inputs, config.count('filters')),
};

const depthwise: LayerKind = {
  weights(config, input) {
    const channels = picture(config, [input])[2];
    const each = config.count('depth_multiplier', 1);
    return [trained('depthwise_kernel', ...config.pair('kernel_size'), channels, each), ...biasOf(config, channels * each)];
  },
  shape: (config, inputs) => convolved(config, inputs, picture(config, inputs)[2] * config.count('depth_multiplier', 1)),
};

const separable: LayerKind = {
  weights(config, input) {
    const channels = picture(config, [input])[2];
    const each = config.count('depth_multiplier', 1);
    const filters = config.count('filters');
    return [
      trained('depthwise_kernel', ...config.pair('kernel_size'), channels, each),
      trained('pointwise_kernel', 1, 1, channels * each, filters),
      ...biasOf(config, filters),
    ];
  },
  shape: (config, inputs) => convolved(config, inputs, config.count('filters')),
};

const transposed: LayerKind = {
  weights(config, input) {
    const filters = config.count('filters');
    return [trained('kernel', ...config.pair('kernel_size'), filters, picture(config, [input])[2]), ...biasOf(config, filters)];
  },
  shape(config, inputs) {
    const [height, width] = picture(config, inputs);
    if (config.has('output_padding')) refuseLayer('output_padding', config.layer);
    if (Math.max(...config.pair('dilation_rate', [1, 1])) > 1) refuseLayer('a dilation', config.layer);
    const [kernel, strides] = [config.pair('kernel_size'), stridesOf(config)];
    const extra = (i: 0 | 1): number => (paddingOf(config) === 'same' ? 0 : Math.max(kernel[i] - strides[i], 0));
    return [height * strides[0] + extra(0), width * strides[1] + extra(1), config.count('filters')];
  },
};

const pool: LayerKind = {
  shape(config, inputs) {
    const [height, width, channels] = picture(config, inputs);
    const size = config.pair('pool_size', [2, 2]);
    const strides = config.pair('strides', size);
    const padding = paddingOf(config);
    return [steps(height, size[0], strides[0], padding), steps(width, size[1], strides[1], padding), channels];
  },
};

const globalPool: LayerKind = {
  shape(config, inputs) {
    const [, , channels] = picture(config, inputs);
    return config.flag('keepdims', false) ? [1, 1, channels] : [channels];
  },
};

const dense: LayerKind = {
  weights: (config, input) => [trained('kernel', input.at(-1)!, config.count('units')), ...biasOf(config, config.count('units'))],
  shape: (config, [input]) => [...input!.slice(0, -1), config.count('units')],
};

/** Normalisation over the last axis, as all are that follow convolutions of `channels_last`. */
function assertLastAxis(config: LayerConfig, input: Shape): void {
  const axes = config.axisFromEnd(input.length);
  if (axes.length !== 1 || axes[0] !== -1) refuseLayer('another axis than the last', config.layer);
}

function scaleAndCentre(config: LayerConfig, channels: number): readonly WantedWeight[] {
  return [
    ...(config.flag('scale', true) ? [trained('gamma', channels)] : []),
    ...(config.flag('center', true) ? [trained('beta', channels)] : []),
  ];
}

const batchNormalization: LayerKind = {
  ...unchanged,
  weights(config, input) {
    assertLastAxis(config, input);
    const channels = input.at(-1)!;
    return [...scaleAndCentre(config, channels), fixed('moving_mean', channels), fixed('moving_variance', channels)];
  },
};

const layerNormalization: LayerKind = {
  ...unchanged,
  weights(config, input) {
    assertLastAxis(config, input);
    if (config.flag('rms_scaling', false)) refuseLayer('rms_scaling', config.layer);
    return scaleAndCentre(config, input.at(-1)!);
  },
};

/** Of ConvNeXt (Liu et al. 2022). */
const layerScale: LayerKind = { ...unchanged, weights: (_, input) => [trained('gamma', input.at(-1)!)] };

/** Learned by `adapt`, so it lies with the weights; or given, then it stands in the config. */
const normalization: LayerKind = {
  ...unchanged,
  weights(config, input) {
    if (config.has('mean')) return [];
    const axes = config.has('axis') ? config.axisFromEnd(input.length) : [];
    if (axes.some((axis) => axis !== -1)) refuseLayer('another axis than the last', config.layer);
    const shape = axes.map(() => input.at(-1)!);
    return [fixed('mean', ...shape), fixed('variance', ...shape), fixed('count')];
  },
};

const softmax: LayerKind = {
  shape(config, [input]) {
    assertLastAxis(config, input!);
    return input!;
  },
};

const prelu: LayerKind = {
  ...unchanged,
  weights(config, input) {
    const shared = config.has('shared_axes') ? config.integers('shared_axes') : [];
    return [trained('alpha', ...input.map((size, i) => (shared.includes(i + 1) ? 1 : size)))];
  },
};

const reshape: LayerKind = {
  shape(config, [input]) {
    const target = config.integers('target_shape');
    const count = input!.reduce((a, b) => a * b, 1);
    const known = target.filter((n) => n !== -1).reduce((a, b) => a * b, 1);
    const shape = target.map((n) => (n === -1 ? count / known : n));
    if (shape.some((n) => !Number.isInteger(n) || n < 1) || shape.reduce((a, b) => a * b, 1) !== count)
      throw config.fault('target_shape');
    return shape;
  },
};

const permute: LayerKind = {
  shape(config, [input]) {
    const order = config.integers('dims');
    if ([...order].sort((a, b) => a - b).some((n, i) => n !== i + 1) || order.length !== input!.length)
      throw config.fault('dims');
    return order.map((n) => input![n - 1]!);
  },
};

const zeroPadding: LayerKind = {
  shape(config, inputs) {
    const [height, width, channels] = picture(config, inputs);
    const [[top, bottom], [left, right]] = config.margins('padding');
    return [height + top + bottom, width + left + right, channels];
  },
};

const cropping: LayerKind = {
  shape(config, inputs) {
    const [height, width, channels] = picture(config, inputs);
    const [[top, bottom], [left, right]] = config.margins('cropping');
    return [height - top - bottom, width - left - right, channels];
  },
};

export function interpolationOf(config: LayerConfig): 'nearest' | 'bilinear' {
  const name = config.text('interpolation', config.has('size') ? 'nearest' : 'bilinear');
  if (name !== 'nearest' && name !== 'bilinear') return refuseLayer(`interpolation "${name}"`, config.layer);
  return name;
}

const upSampling: LayerKind = {
  shape(config, inputs) {
    const [height, width, channels] = picture(config, inputs);
    const [rows, columns] = config.pair('size', [2, 2]);
    interpolationOf(config);
    return [height * rows, width * columns, channels];
  },
};

const resizing: LayerKind = {
  shape(config, inputs) {
    const [, , channels] = picture(config, inputs);
    const isPlain = ['crop_to_aspect_ratio', 'pad_to_aspect_ratio', 'antialias'].every((name) => !config.flag(name, false));
    if (!isPlain) refuseLayer('cropping, padding or antialiasing', config.layer);
    interpolationOf(config);
    return [config.count('height'), config.count('width'), channels];
  },
};

const input: LayerKind = {
  shape(config) {
    const shape = config.raw('batch_shape') ?? config.raw('batch_input_shape');
    if (!Array.isArray(shape)) throw ownModelError('own-model-input', 'its shape is not in the file');
    const sizes = shape.slice(1) as readonly unknown[];
    if (!sizes.every((n) => Number.isInteger(n) && (n as number) > 0)) {
      throw ownModelError('own-model-input', `its shape is (${shape.map((n) => String(n ?? 'None')).join(', ')})`);
    }
    return sizes as Shape;
  },
};

/** Only training uses them. */
const IDLE = [
  'Dropout', 'SpatialDropout2D', 'GaussianNoise', 'GaussianDropout', 'AlphaDropout', 'ActivityRegularization', 'Identity',
  'StochasticDepth', 'RandomFlip', 'RandomRotation', 'RandomZoom', 'RandomTranslation', 'RandomContrast', 'RandomBrightness', 'RandomHue',
  'RandomSaturation', 'RandomSharpness', 'RandomShear', 'RandomErasing', 'RandomColorJitter', 'RandomGrayscale',
]; // prettier-ignore

export const IDLE_LAYERS: ReadonlySet<string> = new Set(IDLE);

export const LAYER_KINDS: ReadonlyMap<string, LayerKind> = new Map<string, LayerKind>([
  ['InputLayer', input],
  ['Conv2D', conv2d],
  ['DepthwiseConv2D', depthwise],
  ['SeparableConv2D', separable],
  ['Conv2DTranspose', transposed],
  ['MaxPooling2D', pool],
  ['AveragePooling2D', pool],
  ['GlobalMaxPooling2D', globalPool],
  ['GlobalAveragePooling2D', globalPool],
  ['Dense', dense],
  ['BatchNormalization', batchNormalization],
  ['LayerNormalization', layerNormalization],
  ['LayerScale', layerScale],
  ['Normalization', normalization],
  ['Rescaling', unchanged],
  ['Activation', unchanged],
  ['ReLU', unchanged],
  ['LeakyReLU', unchanged],
  ['PReLU', prelu],
  ['ELU', unchanged],
  ['Softmax', softmax],
  ...['Add', 'Multiply', 'Average', 'Maximum', 'Minimum'].map((name): [string, LayerKind] => [name, merge]),
  ['Subtract', mergeTwo],
  ['Divide', mergeTwo],
  ['GetItem', getItem],
  ['Stack', stack],
  ['Concatenate', concatenate],
  ['Flatten', { shape: (_, [from]) => [from!.reduce((a, b) => a * b, 1)] }],
  ['Reshape', reshape],
  ['Permute', permute],
  ['ZeroPadding2D', zeroPadding],
  ['Cropping2D', cropping],
  ['UpSampling2D', upSampling],
  ['Resizing', resizing],
  ...IDLE.map((name): [string, LayerKind] => [name, unchanged]),
]);

/** Keras's other names, of early versions and aliases. */
const ALIASES: Readonly<Record<string, string>> = {
  Convolution2D: 'Conv2D',
  SeparableConvolution2D: 'SeparableConv2D',
  DepthwiseConvolution2D: 'DepthwiseConv2D',
  Convolution2DTranspose: 'Conv2DTranspose',
  MaxPool2D: 'MaxPooling2D',
  AvgPool2D: 'AveragePooling2D',
  GlobalMaxPool2D: 'GlobalMaxPooling2D',
  GlobalAvgPool2D: 'GlobalAveragePooling2D',
  BatchNormalizationV1: 'BatchNormalization',
  BatchNormalizationV2: 'BatchNormalization',
};

/** Keras's that are not read, so that they are not taken for a person's own. */
const UNSUPPORTED =
  /^(.*RNN|.*RNNCell|.*LSTM.*|.*GRU.*|.*[13]D.*|.*Attention|Embedding|TimeDistributed|Bidirectional|Masking|Dot|RepeatVector|.*Normalization|TensorFlowOpLayer|.*Vectorization|Hashing|.*Lookup|CategoryEncoding|Discretization|Random.*|CenterCrop|.*Crop|ThresholdedReLU|Wrapper|EinsumDense|LocallyConnected2D|GLU|.*ToSparse|Functional|.*Operation)$/;

export function classOf(className: string): string {
  return ALIASES[className] ?? className;
}

/** @throws LensError that names class and layer: `own-model-lambda`, `own-model-custom-layer`, `own-model-layer-unsupported`. */
export function kindOf(className: string, layer: string, isCustom: boolean): LayerKind {
  const detail = `${className} in the layer "${layer}"`;
  if (className === 'Lambda') throw ownModelError('own-model-lambda', detail);
  const kind = isCustom ? undefined : LAYER_KINDS.get(classOf(className));
  if (kind !== undefined) return kind;
  const isKeras = !isCustom && !className.includes('>') && UNSUPPORTED.test(className);
  throw ownModelError(isKeras ? 'own-model-layer-unsupported' : 'own-model-custom-layer', detail);
}
