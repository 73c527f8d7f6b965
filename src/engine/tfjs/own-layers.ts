/** What each class of layer computes, under the names of own-model/layer-kinds.ts: as Keras does when it predicts. */
import {
  add,
  avgPool,
  batchNorm,
  clipByValue,
  concat,
  conv2d,
  conv2dTranspose,
  depthwiseConv2d,
  div,
  image,
  leakyRelu,
  matMul,
  max,
  maximum,
  maxPool,
  mean,
  minimum,
  mul,
  pad,
  prelu,
  relu,
  reshape,
  slice,
  softmax,
  split,
  sqrt,
  square,
  sub,
  tensor,
  transpose,
  where,
  greaterEqual,
  elu,
  gather,
  stack,
  tensor1d,
  type Rank,
  type Tensor,
  type Tensor2D,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import type { LayerConfig } from '../own-model/config';
import { dilationOf, IDLE_LAYERS, interpolationOf, paddingOf, stridesOf } from '../own-model/layer-kinds';
import { concatenateAxis, operandsOf, pickOf } from '../own-model/merge-kinds';
import { refuseLayer } from '../own-model/own-error';
import type { PlannedCall } from '../own-model/own-network';
import { activationOf } from './own-activations';

interface LayerRun {
  readonly call: PlannedCall;
  readonly config: LayerConfig;
  /** [1, ...]. */
  readonly inputs: readonly Tensor[];
  /** By the last part of its name in Keras. */
  weight(leaf: string): Tensor;
  has(leaf: string): boolean;
  readonly kerasVersion: string;
}

type Compute = (run: LayerRun) => Tensor;

function activate({ config, kerasVersion }: LayerRun, x: Tensor): Tensor {
  const name = config.activation();
  return name === 'linear' ? x : activationOf(name, kerasVersion)(x);
}

function finish(run: LayerRun, x: Tensor): Tensor {
  return activate(run, run.has('bias') ? add(x, run.weight('bias')) : x);
}

function photo({ inputs }: LayerRun): Tensor4D {
  return inputs[0] as Tensor4D;
}

function sizes([height, width]: readonly [number, number]): [number, number] {
  return [height, width];
}

const convolution: Compute = (run) => {
  const { config } = run;
  const [strides, padding, dilation] = [sizes(stridesOf(config)), paddingOf(config), sizes(dilationOf(config))];
  const groups = config.count('groups', 1);
  const kernel = run.weight('kernel') as Tensor4D;
  const convolve = (x: Tensor4D, filters: Tensor4D): Tensor4D => conv2d(x, filters, strides, padding, 'NHWC', dilation);
  if (groups === 1) return finish(run, convolve(photo(run), kernel));
  const kernels = split<Tensor4D>(kernel, groups, 3);
  return finish(run, concat<Tensor4D>(split<Tensor4D>(photo(run), groups, 3).map((part, i) => convolve(part, kernels[i]!)), 3)); // prettier-ignore
};

function depthwise(run: LayerRun): Tensor4D {
  const { config } = run;
  const dilation = sizes(dilationOf(config));
  const kernel = run.weight('depthwise_kernel') as Tensor4D;
  return depthwiseConv2d(photo(run), kernel, sizes(stridesOf(config)), paddingOf(config), 'NHWC', dilation);
}

const separable: Compute = (run) => finish(run, conv2d(depthwise(run), run.weight('pointwise_kernel') as Tensor4D, 1, 'valid'));

const transposed: Compute = (run) => {
  const { config, call } = run;
  const [height, width, channels] = call.shape as [number, number, number];
  const kernel = run.weight('kernel') as Tensor4D;
  return finish(
    run,
    conv2dTranspose(photo(run), kernel, [1, height, width, channels], sizes(stridesOf(config)), paddingOf(config)),
  );
};

type Pool = (x: Tensor4D, size: [number, number], strides: [number, number], padding: 'same' | 'valid') => Tensor;

function pooling(pool: Pool): Compute {
  return (run) => {
    const size = run.config.pair('pool_size', [2, 2]);
    return pool(photo(run), sizes(size), sizes(run.config.pair('strides', size)), paddingOf(run.config));
  };
}

const dense: Compute = (run) => {
  const [input] = run.inputs;
  const kernel = run.weight('kernel') as Tensor2D;
  const rows = reshape<Rank.R2>(input!, [-1, kernel.shape[0]]);
  return reshape(finish(run, matMul(rows, kernel)), [1, ...run.call.shape]);
};

const batchNormalization: Compute = (run) => {
  const optional = (leaf: string): Tensor | undefined => (run.has(leaf) ? run.weight(leaf) : undefined);
  const [input] = run.inputs;
  const x = reshape<Rank.R4>(input!, [1, 1, -1, input!.shape.at(-1)!]);
  const epsilon = run.config.number('epsilon', 1e-3);
  type Vector = Parameters<typeof batchNorm>[1];
  const normal = batchNorm(
    x,
    run.weight('moving_mean') as Vector,
    run.weight('moving_variance') as Vector,
    optional('beta') as Vector | undefined,
    optional('gamma') as Vector | undefined,
    epsilon,
  );
  return reshape(normal, input!.shape);
};

const layerNormalization: Compute = (run) => {
  const [x] = run.inputs;
  const centred = sub(x!, mean(x!, -1, true));
  const normal = div(centred, sqrt(add(mean(square(centred), -1, true), run.config.number('epsilon', 1e-3))));
  const scaled = run.has('gamma') ? mul(normal, run.weight('gamma')) : normal;
  return run.has('beta') ? add(scaled, run.weight('beta')) : scaled;
};

/** Of a variance of 0 Keras takes 1e-7 for its root. */
const normalization: Compute = (run) => {
  const { config } = run;
  const given = (name: string): Tensor => vector(config.numbers(name) ?? [0]);
  const centre = run.has('mean') ? run.weight('mean') : given('mean');
  const spread = maximum(sqrt(run.has('variance') ? run.weight('variance') : given('variance')), 1e-7);
  const [x] = run.inputs;
  return config.flag('invert', false) ? add(mul(x!, spread), centre) : div(sub(x!, centre), spread);
};

/** One number, or one for each channel. */
function vector(values: readonly number[]): Tensor {
  return values.length === 1 ? tensor(values[0]!) : tensor([...values]);
}

const rescaling: Compute = ({ config, inputs }) =>
  add(mul(inputs[0]!, vector(config.numbers('scale') ?? [1])), vector(config.numbers('offset') ?? [0]));

const reluLayer: Compute = ({ config, inputs }) => {
  const [x] = inputs;
  const slope = config.numbers('negative_slope')?.[0] ?? 0;
  const threshold = config.numbers('threshold')?.[0] ?? 0;
  const top = config.numbers('max_value')?.[0] ?? Infinity;
  if (threshold === 0 && slope === 0) return top === Infinity ? relu(x!) : clipByValue(x!, 0, top);
  const above = top === Infinity ? x! : minimum(x!, top);
  return where(greaterEqual(x!, threshold), above, mul(sub(x!, threshold), slope));
};

function merging(join: (a: Tensor, b: Tensor) => Tensor): Compute {
  return (run) => operands(run).reduce((a, b) => join(a, b));
}

function operands({ call, config, inputs }: LayerRun): readonly Tensor[] {
  return operandsOf(config, inputs.length, call.extras).map((operand) =>
    'input' in operand ? inputs[operand.input]! : vector(operand.constant),
  );
}

const getItem: Compute = ({ call, config, inputs }) => {
  const [x] = inputs;
  const pick = pickOf(config, call.extras);
  const channels = x!.shape.at(-1)!;
  if (pick === 'reversed') return gather(x!, tensor1d(Array.from({ length: channels }, (_, i) => channels - 1 - i), 'int32'), x!.rank - 1); // prettier-ignore
  return reshape(gather(x!, tensor1d([(pick + channels) % channels], 'int32'), x!.rank - 1), [1, ...call.shape]);
};

const padding: Compute = (run) => {
  const [rows, columns] = run.config.margins('padding');
  return pad(photo(run), [[0, 0], sizes(rows), sizes(columns), [0, 0]]);
};

const cropping: Compute = (run) => {
  const [[top], [left]] = run.config.margins('cropping');
  return slice(photo(run), [0, top, left, 0], [1, ...run.call.shape]);
};

/** Pixels' centres, not their corners, as TensorFlow 2 counts. */
const resize: Compute = (run) => {
  const [height, width] = run.call.shape as [number, number];
  const by = interpolationOf(run.config) === 'nearest' ? image.resizeNearestNeighbor : image.resizeBilinear;
  return by(photo(run), [height, width], false, true);
};

const rearrange: Compute = ({ call, inputs }) => reshape(inputs[0]!, [1, ...call.shape]);

const globalPool =
  (pool: (x: Tensor, axes: number[], keep: boolean) => Tensor): Compute =>
  ({ config, inputs }) =>
    pool(inputs[0]!, [1, 2], config.flag('keepdims', false));

const COMPUTE: ReadonlyMap<string, Compute> = new Map<string, Compute>([
  ['Conv2D', convolution],
  ['DepthwiseConv2D', (run) => finish(run, depthwise(run))],
  ['SeparableConv2D', separable],
  ['Conv2DTranspose', transposed],
  ['MaxPooling2D', pooling(maxPool)],
  ['AveragePooling2D', pooling(avgPool)],
  ['GlobalMaxPooling2D', globalPool(max)],
  ['GlobalAveragePooling2D', globalPool(mean)],
  ['Dense', dense],
  ['BatchNormalization', batchNormalization],
  ['LayerNormalization', layerNormalization],
  ['LayerScale', (run) => mul(run.inputs[0]!, run.weight('gamma'))],
  ['Normalization', normalization],
  ['Rescaling', rescaling],
  ['Activation', (run) => activate(run, run.inputs[0]!)],
  ['ReLU', reluLayer],
  ['LeakyReLU', ({ config, inputs }) => leakyRelu(inputs[0]!, config.number('negative_slope', config.number('alpha', 0.3)))],
  ['PReLU', (run) => prelu(run.inputs[0]!, run.weight('alpha'))],
  [
    'ELU',
    ({ config, inputs }) => {
      const [x] = inputs;
      return where(greaterEqual(x!, 0), x!, mul(elu(x!), config.number('alpha', 1)));
    },
  ],
  ['Softmax', ({ inputs }) => softmax(inputs[0]!)],
  ['Add', merging(add)],
  ['Subtract', merging(sub)],
  ['Divide', merging(div)],
  ['GetItem', getItem],
  ['Stack', ({ inputs }) => stack([...inputs], inputs[0]!.rank)],
  ['Multiply', merging(mul)],
  [
    'Average',
    ({ inputs }) =>
      div(
        inputs.slice(1).reduce((a, b) => add(a, b), inputs[0]!),
        inputs.length,
      ),
  ],
  ['Maximum', merging(maximum)],
  ['Minimum', merging(minimum)],
  ['Concatenate', ({ config, inputs }) => concat([...inputs], concatenateAxis(config, inputs[0]!.rank - 1) + 1)],
  ['Flatten', rearrange],
  ['Reshape', rearrange],
  ['Permute', ({ config, inputs }) => transpose(inputs[0]!, [0, ...config.integers('dims')])],
  ['ZeroPadding2D', padding],
  ['Cropping2D', cropping],
  ['UpSampling2D', resize],
  ['Resizing', resize],
]);

/** @returns A tensor of the call's shape, a new one or an input. */
export function runLayer(
  call: PlannedCall,
  inputs: readonly Tensor[],
  weights: ReadonlyMap<string, Tensor>,
  kerasVersion: string,
): Tensor {
  if (IDLE_LAYERS.has(call.kind)) return inputs[0]!;
  const compute = COMPUTE.get(call.kind) ?? refuseLayer(call.kind, call.layer.config.layer);
  return compute({
    call,
    config: call.layer.config,
    inputs,
    kerasVersion,
    weight: (leaf) => weights.get(leaf)!,
    has: (leaf) => weights.has(leaf),
  });
}
