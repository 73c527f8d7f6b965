/** Files of weights alone, laid out as Keras lays them out; files that Keras wrote itself are read in own-tutorial.test.ts. */
import { describe, expect, it } from 'vitest';
import { kerasArchitecture } from '../../domain/keras-architecture';
import { convolutionsOf, vggShape, type NetworkShape } from '../../domain/network';
import { placeBareWeights } from './bare-weights';
import { makeHdf5, withHdf5, type H5Target } from './hdf5';
import { fileAt } from './testing';
import { readOwnModel } from './read-own-model';

/** 12 convolutions, so that "conv2d_10" stands before "conv2d_2" in the file. */
const NETWORK = vggShape(16, {
  blocks: [
    { convolutions: 6, channels: 2 },
    { convolutions: 6, channels: 2 },
  ],
  dense: [3, 1],
});

interface Weights {
  readonly kernel: { readonly shape: readonly number[]; readonly values: Float32Array };
  readonly bias: { readonly shape: readonly number[]; readonly values: Float32Array };
}

/** Of each layer in the model's order; every number of layer i is i, so that a mix-up is seen. */
function weightsOf({ layers, dense }: NetworkShape): {
  readonly convolutions: readonly Weights[];
  readonly dense: readonly Weights[];
} {
  let i = 0;
  const make = (shape: readonly number[]): Weights => {
    i += 1;
    const filled = (of: readonly number[]) => ({ shape: of, values: new Float32Array(of.reduce((a, b) => a * b, 1)).fill(i) });
    return { kernel: filled(shape), bias: filled(shape.slice(-1)) };
  };
  const { side, channels } = layers.at(-1)!;
  const sizes = [side * side * channels, ...dense];
  let inputs = 3;
  const convolutions = convolutionsOf(NETWORK).map(({ channels: filters }) => {
    const shape = [3, 3, inputs, filters];
    inputs = filters;
    return make(shape);
  });
  return { convolutions, dense: dense.map((units, k) => make([sizes[k]!, units])) };
}

const WEIGHTS = weightsOf(NETWORK);

function keras3(group: H5Target, name: string, { kernel, bias }: Weights): void {
  const vars = group.folder(name).folder('vars');
  [kernel, bias].forEach(({ shape, values }, at) => vars.values(String(at), shape, values));
}

const counted = (stem: string, i: number): string => (i === 0 ? stem : `${stem}_${i}`);

/** As model.save_weights('x.weights.h5') of Keras 3. @param convName - of the folder of the i-th convolution. */
function writeKeras3(convName = (i: number): string => counted('conv2d', i), isNested = true) {
  return makeHdf5((root) => {
    const layers = root.folder('layers');
    const inner = isNested ? layers.folder('functional').folder('layers') : layers;
    WEIGHTS.convolutions.forEach((weights, i) => keras3(inner, convName(i), weights));
    WEIGHTS.dense.forEach((weights, i) => keras3(layers, counted('dense', i), weights));
  });
}

function keras2(group: H5Target, layers: readonly (readonly [string, Weights])[]): void {
  const named = layers.flatMap(([name, { kernel, bias }]) => [
    { name: `${name}/kernel:0`, ...kernel },
    { name: `${name}/bias:0`, ...bias },
  ]);
  group.attribute(
    'weight_names',
    named.map(({ name }) => name),
  );
  for (const [name] of layers) {
    const folder = group.folder(name);
    for (const { name: path, shape, values } of named.filter((one) => one.name.startsWith(`${name}/`))) {
      folder.values(path.split('/').at(-1)!, shape, values);
    }
  }
}

/** As model.save_weights('x.h5') of Keras 2: a group a layer, in the order of `layer_names`. */
function writeKeras2(groups: readonly (readonly [string, readonly (readonly [string, Weights])[]])[]) {
  return makeHdf5((root) => {
    root.attribute(
      'layer_names',
      groups.map(([name]) => name),
    );
    for (const [name, layers] of groups) keras2(root.folder(name), layers);
  });
}

const DENSE_GROUPS = WEIGHTS.dense.map((weights, i) => [`fc${i}`, [[`fc${i}`, weights]]] as const);

/** The first number of each layer's kernel and bias, in the network's order. */
async function place(file: Uint8Array, network = NETWORK): Promise<readonly number[]> {
  const { planned, weights } = await withHdf5(file, (root) => placeBareWeights(root, kerasArchitecture(network)));
  return planned.wanted.map(({ layer }) => {
    const [kernel, bias] = weights.get(layer)!;
    expect(kernel![0]).toBe(bias![0]);
    return kernel![0]!;
  });
}

const IN_ORDER = [...WEIGHTS.convolutions, ...WEIGHTS.dense].map((_, i) => i + 1);

describe('weights alone go into the layers', () => {
  it('of Keras 3, by the count in the names, in a model within the model and without one', async () => {
    expect(await place(await writeKeras3())).toEqual(IN_ORDER);
    expect(await place(await writeKeras3(undefined, false))).toEqual(IN_ORDER);
  });

  it('of Keras 2, in the order of its list, whatever they are called', async () => {
    const odd = (i: number): string => 'qwertyuiopas'[i]!;
    const groups = WEIGHTS.convolutions.map((weights, i) => [odd(i), [[odd(i), weights]]] as const);
    expect(await place(await writeKeras2([...groups, ...DENSE_GROUPS]))).toEqual(IN_ORDER);
  });

  it('of Keras 2, a model within the model by block and convolution, where those trained come first', async () => {
    const named = WEIGHTS.convolutions.map((weights, i) => [`block${i < 6 ? 1 : 2}_conv${(i % 6) + 1}`, weights] as const);
    const trainedFirst = [...named.slice(9), ...named.slice(0, 9)];
    expect(await place(await writeKeras2([['vgg16', trainedFirst], ['flatten', []], ...DENSE_GROUPS]))).toEqual(IN_ORDER);
  });
});

describe('refused, with what fits into no place', () => {
  const refusal = (detail: string) => ({ code: 'own-model-weights-only', detail: expect.stringContaining(detail) as string });

  it('the first shape that is another', async () => {
    const wider = vggShape(16, {
      blocks: [
        { convolutions: 6, channels: 2 },
        { convolutions: 6, channels: 4 },
      ],
      dense: [3, 1],
    });
    const fault = 'kernel of the layer "block2_conv1" should be [3, 3, 2, 4], found [3, 3, 2, 2]';
    await expect(place(await writeKeras3(), wider)).rejects.toMatchObject(refusal(fault));
  });

  it('too few layers, and too many', async () => {
    const blocks = (convolutions: number) => [
      { convolutions: 6, channels: 2 },
      { convolutions, channels: 2 },
    ];
    const [more, fewer] = [7, 5].map((count) => vggShape(16, { blocks: blocks(count), dense: [3, 1] }));
    await expect(place(await writeKeras3(), more)).rejects.toMatchObject(
      refusal('"block2_conv7" should be [3, 3, 2, 2], found [nothing]'),
    );
    await expect(place(await writeKeras3(), fewer)).rejects.toMatchObject(refusal('no place for the layer "conv2d_11"'));
  });

  it('an order that nothing tells', async () => {
    const file = await writeKeras3((i) => `layer-${'qwertyuiopas'[i]!}`);
    await expect(place(file)).rejects.toMatchObject(refusal('the order of'));
  });

  it('a layer without a bias, and numbers that are none', async () => {
    const [first, ...rest] = WEIGHTS.convolutions.map((weights, i) => [`c${i}`, weights] as const);
    const groups = rest.map(([name, weights]) => [name, [[name, weights]]] as const);
    const nan = { ...first![1], kernel: { ...first![1].kernel, values: first![1].kernel.values.map(() => NaN) } };
    const withNan = await writeKeras2([['c0', [['c0', nan]]], ...groups, ...DENSE_GROUPS]);
    await expect(place(withNan)).rejects.toMatchObject({ code: 'own-model-not-finite' });
    const unbiased = await makeHdf5((root) => {
      const layers = root.folder('layers');
      WEIGHTS.convolutions.forEach(({ kernel }, i) =>
        layers.folder(counted('conv2d', i)).folder('vars').values('0', kernel.shape, kernel.values),
      );
    });
    await expect(place(unbiased)).rejects.toMatchObject(
      refusal('bias of the layer "block1_conv1" should be [2], found [nothing]'),
    );
  });

  it.each(['weights-only.keras2.h5', 'weights-only.weights.h5'])('%s, which Keras wrote of another network', async (name) => {
    const fault = 'kernel of the layer "block1_conv1" should be [3, 3, 3, 64], found [3, 3, 3, 2]';
    await expect(readOwnModel([fileAt(`others/${name}`)])).rejects.toMatchObject(refusal(fault));
  });
});

it('with the layers beside it as Keras’s JSON it is a model, whose hash is of both', async () => {
  const weights = { name: 'mine.weights.h5', blob: new Blob([await writeKeras3()]) };
  const layers = { name: 'mine.json', blob: new Blob([JSON.stringify(kerasArchitecture(NETWORK))]) };
  const read = await readOwnModel([weights, layers]);
  expect(read).toMatchObject({ kind: 'layers', facts: { format: 'keras-h5', totals: { parameters: NETWORK.parameters } } });
  const other = await readOwnModel([weights, { ...layers, name: 'other.json' }]);
  expect(other.kind === 'layers' && read.kind === 'layers' && other.facts.hash !== read.facts.hash).toBe(true);
});
