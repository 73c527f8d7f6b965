/** A network of another shape, with drawn weights, and what it computes, in plain numbers: 3 convolutions, 32 px, one head. */
import { createHash } from 'node:crypto';
import { drawGoldenInput } from '../../domain/golden-input';
import { hashPoint } from '../../domain/lattice-noise';
import { convolutionsOf, inputLength, vggShape, type MapLayer } from '../../domain/network';
import { normaliseRgb } from '../../domain/normalise';
import { numberToHalf } from '../halves';

const FAMILY = {
  blocks: [
    { convolutions: 1, channels: 4 },
    { convolutions: 2, channels: 6 },
  ],
  dense: [5, 1],
} as const;
export const SMALL = vggShape(32, FAMILY);
const INPUT = { mean: [0.6, 0.5, 0.4], std: [0.3, 0.25, 0.2] } as const;
const GOLDEN_INPUTS = ['lesion', 'gradient'] as const;

interface Weights {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: readonly number[];
}

/** 256ths between -0.5 and 0.5: exact in half precision. */
function draw(name: string, shape: readonly number[], seed: number): Weights {
  const length = shape.reduce((a, b) => a * b, 1);
  return { name, shape, values: Array.from({ length }, (_, i) => (Math.round(hashPoint(i, 0, seed) * 256) - 128) / 256) };
}

const WEIGHTS: readonly Weights[] = (() => {
  const all: Weights[] = [];
  let inputs: number = SMALL.input.channels;
  for (const { name, channels } of convolutionsOf(SMALL)) {
    all.push(draw(`${name}/kernel`, [3, 3, inputs, channels], all.length), draw(`${name}/bias`, [channels], all.length + 1));
    inputs = channels;
  }
  let units = SMALL.layers.at(-1)!.side ** 2 * inputs;
  SMALL.dense.forEach((next, i) => {
    const name = i === 0 ? 'dense' : `dense_${i}`;
    all.push(draw(`${name}/kernel`, [units, next], all.length), draw(`${name}/bias`, [next], all.length + 1));
    units = next;
  });
  return all;
})();

function valuesOf(name: string): readonly number[] {
  return WEIGHTS.find((weights) => weights.name === name)!.values;
}

/** 3x3, 'same', ReLU. maps: [side, side, inputs]. */
function convolve(maps: readonly number[], inputs: number, { name, side, channels }: MapLayer): number[] {
  const [kernel, bias] = [valuesOf(`${name}/kernel`), valuesOf(`${name}/bias`)];
  const out: number[] = [];
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      for (let k = 0; k < channels; k++) {
        let sum = bias[k]!;
        for (let dy = 0; dy < 3; dy++) {
          for (let dx = 0; dx < 3; dx++) {
            const [row, column] = [y + dy - 1, x + dx - 1];
            if (row < 0 || row >= side || column < 0 || column >= side) continue;
            for (let c = 0; c < inputs; c++) {
              sum += maps[(row * side + column) * inputs + c]! * kernel[((dy * 3 + dx) * inputs + c) * channels + k]!;
            }
          }
        }
        out.push(Math.max(0, sum));
      }
    }
  }
  return out;
}

function pool(maps: readonly number[], { side, channels }: MapLayer): number[] {
  const at = (row: number, column: number, k: number): number => maps[(row * side * 2 + column) * channels + k]!;
  return Array.from({ length: side * side * channels }, (_, i) => {
    const k = i % channels;
    const [row, column] = [2 * Math.floor(i / channels / side), 2 * (Math.floor(i / channels) % side)];
    return Math.max(at(row, column, k), at(row, column + 1, k), at(row + 1, column, k), at(row + 1, column + 1, k));
  });
}

/** @param rgb - bytes, [32, 32, 3]. Returns every convolution's maps, [side, side, channels], and the logit. */
export function computeSmall(rgb: Uint8Array): { readonly maps: readonly (readonly number[])[]; readonly logit: number } {
  let value: number[] = [...normaliseRgb(rgb, INPUT.mean, INPUT.std)];
  let channels: number = SMALL.input.channels;
  const maps: (readonly number[])[] = [];
  for (const layer of SMALL.layers) {
    value = layer.kind === 'conv' ? convolve(value, channels, layer) : pool(value, layer);
    if (layer.kind === 'conv') maps.push(value);
    channels = layer.channels;
  }
  SMALL.dense.forEach((units, i) => {
    const name = i === 0 ? 'dense' : `dense_${i}`;
    const [kernel, bias] = [valuesOf(`${name}/kernel`), valuesOf(`${name}/bias`)];
    const before = value;
    value = Array.from({ length: units }, (_, u) => {
      const sum = before.reduce((total, v, j) => total + v * kernel[j * units + u]!, bias[u]!);
      return i < SMALL.dense.length - 1 ? Math.max(0, sum) : sum;
    });
  });
  return { maps, logit: value[0]! };
}

function topology(): object {
  const layer = (kind: string, name: string, config: object): object => ({ class_name: kind, config: { name, ...config } });
  return {
    keras_version: '2.15.0',
    backend: 'tensorflow',
    model_config: {
      class_name: 'Sequential',
      config: {
        name: 'small',
        layers: [
          layer('InputLayer', 'input_1', {
            batch_input_shape: [null, SMALL.input.side, SMALL.input.side, 3],
            dtype: 'float32',
            sparse: false,
          }),
          ...SMALL.layers.map(({ name, kind, channels }) =>
            kind === 'conv'
              ? layer('Conv2D', name, {
                  filters: channels,
                  kernel_size: [3, 3],
                  strides: [1, 1],
                  padding: 'same',
                  data_format: 'channels_last',
                  activation: 'relu',
                  use_bias: true,
                })
              : layer('MaxPooling2D', name, {
                  pool_size: [2, 2],
                  strides: [2, 2],
                  padding: 'valid',
                  data_format: 'channels_last',
                }),
          ),
          layer('Flatten', 'flatten', { data_format: 'channels_last' }),
          layer('Dense', 'dense', { units: 5, activation: 'relu', use_bias: true }),
          layer('Dense', 'dense_1', { units: 1, activation: 'sigmoid', use_bias: true }),
        ],
      },
    },
  };
}

function goldenCase(input: (typeof GOLDEN_INPUTS)[number]): object {
  const rgb = drawGoldenInput(input, SMALL.input.side);
  const { maps, logit } = computeSmall(rgb);
  const layers = convolutionsOf(SMALL).map(({ name, side, channels }, i) => {
    const values = maps[i]!;
    const at = [side - 1, side >> 1, channels - 1];
    return {
      name,
      mean: values.reduce((a, b) => a + b, 0) / values.length,
      max: Math.max(...values),
      samples: [{ at, value: values[(at[0]! * side + at[1]!) * channels + at[2]!]! }],
    };
  });
  return { input, inputSha256: createHash('sha256').update(rgb).digest('hex'), logit, layers };
}

/** The files of a model's folder, by name. */
export function smallModel(): ReadonlyMap<string, Buffer> {
  const halves = WEIGHTS.flatMap(({ values }) => values.map(numberToHalf));
  const weights = Buffer.alloc(halves.length * 2);
  halves.forEach((bits, i) => weights.writeUInt16LE(bits, i * 2));
  const specs = WEIGHTS.map(({ name, shape }) => ({
    name,
    shape,
    dtype: 'float32',
    quantization: { dtype: 'float16', original_dtype: 'float32' },
  }));
  const model = {
    format: 'layers-model',
    modelTopology: topology(),
    weightsManifest: [{ paths: ['weights.bin'], weights: specs }],
  };
  const files = new Map<string, Buffer>([
    ['model.json', Buffer.from(JSON.stringify(model))],
    ['weights.bin', weights],
    ['golden.json', Buffer.from(JSON.stringify({ version: 'small', cases: GOLDEN_INPUTS.map(goldenCase) }))],
  ]);
  const listed = [...files].map(([path, bytes]) => ({
    path,
    sizeBytes: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
  }));
  const manifest = {
    format: 'lesion-lens-model',
    version: 'small',
    files: listed,
    input: { side: SMALL.input.side, channels: SMALL.input.channels, ...INPUT },
    network: FAMILY,
    parameters: SMALL.parameters,
    calibration: { slope: 1, offset: 0 },
    threshold: 0.5,
    metrics: [],
    quantisation: { dtype: 'float16', maxScoreChange: 0, aucChange: 0 },
    trainingData: [],
    licence: 'MIT',
  };
  return files.set('manifest.json', Buffer.from(JSON.stringify(manifest)));
}

/** The picture that the small network sees has so many bytes. */
export const SMALL_INPUT_BYTES = inputLength(SMALL);
