/** Networks of many sizes on the kernels, against a direct convolution in float64. */
import { expect, it } from 'vitest';
import { hashPoint } from '../../domain/lattice-noise';
import type { MapLayer, NetworkShape } from '../../domain/network';
import type { ModelArtifacts } from '../model-artifacts';
import { randomFloats, relativeError } from '../testing';
import { halfToNumber } from '../halves';
import { openKernelNetwork } from './network';

const SEED = Number(process.env['FUZZ_SEED'] ?? 1);
const CASES = 24;
/** Of the largest value; measured over seeds 1 to 20: 4e-6. */
const CLOSE = 1e-5;

const pick = <T>(of: readonly T[], at: number, what: number): T => of[Math.floor(hashPoint(at, what, SEED) * of.length)]!;

/** One or two convolutions, each with a pool or without, then two dense layers. */
function drawShape(at: number): NetworkShape {
  let side = pick([2, 4, 6, 8, 10, 12, 14, 16, 18, 22, 30, 34], at, 0);
  const input = { side, channels: pick([1, 2, 3, 4, 8, 12, 64, 128, 512], at, 1) };
  const layers: MapLayer[] = [];
  for (let block = 1; block <= pick([1, 2], at, 2); block++) {
    const channels = pick([8, 16, 24, 64, 72, 128, 512], at, 2 + block);
    layers.push({ name: `conv${block}`, kind: 'conv', block, side, channels });
    if (side % 4 !== 0 || pick([true, false], at, 8 + block)) continue;
    side /= 2;
    layers.push({ name: `pool${block}`, kind: 'pool', block, side, channels });
  }
  return { input, layers, dense: [pick([1, 3, 8, 20], at, 12), 1], parameters: 0 };
}

/** Random float16: small enough that sums stay near 1. */
function drawHalves(length: number, fanIn: number, seed: number): Uint16Array<ArrayBuffer> {
  const exponent = 15 - Math.ceil(Math.log2(fanIn) / 2);
  return Uint16Array.from({ length }, (_, i) => {
    const bits = Math.floor(hashPoint(i, 1, seed) * 2 ** 16);
    // A tenth of them subnormal or zero.
    return (bits & 0x83ff) | (hashPoint(i, 2, seed) < 0.1 ? 0 : (exponent - (bits % 3)) << 10);
  });
}

interface Drawn {
  readonly artifacts: ModelArtifacts;
  readonly lists: readonly Float64Array[];
}

function drawModel({ input, layers, dense }: NetworkShape, seed: number): Drawn {
  const shapes: number[][] = [];
  const topology: { class_name: string; config: Record<string, unknown> }[] = [];
  let inputs = input.channels;
  for (const { name, kind, channels } of layers) {
    if (kind === 'pool') {
      topology.push({ class_name: 'MaxPooling2D', config: { name, pool_size: [2, 2], strides: [2, 2], padding: 'valid' } });
      continue;
    }
    const fixed = {
      kernel_size: [3, 3],
      strides: [1, 1],
      padding: 'same',
      dilation_rate: [1, 1],
      activation: 'relu',
      use_bias: true,
    };
    topology.push({ class_name: 'Conv2D', config: { name, filters: channels, ...fixed } });
    shapes.push([3, 3, inputs, channels], [channels]);
    inputs = channels;
  }
  inputs *= layers.at(-1)!.side ** 2;
  dense.forEach((units, i) => {
    const activation = i === dense.length - 1 ? 'linear' : 'relu';
    topology.push({ class_name: 'Dense', config: { units, activation, use_bias: true } });
    shapes.push([inputs, units], [units]);
    inputs = units;
  });
  const halves = shapes.map((shape, i) => {
    const length = shape.reduce((a, b) => a * b);
    return drawHalves(length, length / shape.at(-1)!, seed + i);
  });
  const bytes = new Uint8Array(halves.flatMap((list) => [...new Uint8Array(list.buffer)]));
  // Cut where no list ends.
  const cut = Math.floor(bytes.length / 3) | 1;
  return {
    lists: halves.map((list) => Float64Array.from(list, halfToNumber)),
    artifacts: {
      topology: { model_config: { config: { layers: topology } } },
      weightSpecs: shapes.map((shape, i) => ({ name: `w${i}`, shape, dtype: 'float32', quantization: { dtype: 'float16' } })),
      weightData: [bytes.slice(0, cut).buffer, bytes.slice(cut).buffer],
    },
  };
}

type Maps = { readonly side: number; readonly channels: number; readonly values: Float64Array };

function convolve({ side, channels: inputs, values }: Maps, kernel: Float64Array, bias: Float64Array): Maps {
  const channels = bias.length;
  const out = new Float64Array(side * side * channels);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const sums = Float64Array.from(bias);
      for (let tap = 0; tap < 9; tap++) {
        const [row, column] = [y + Math.floor(tap / 3) - 1, x + (tap % 3) - 1];
        if (row < 0 || row >= side || column < 0 || column >= side) continue;
        for (let c = 0; c < inputs; c++) {
          const value = values[(row * side + column) * inputs + c]!;
          for (let n = 0; n < channels; n++) sums[n]! += value * kernel[(tap * inputs + c) * channels + n]!;
        }
      }
      for (let n = 0; n < channels; n++) out[(y * side + x) * channels + n] = Math.max(0, sums[n]!);
    }
  }
  return { side, channels, values: out };
}

function pool({ side, channels, values }: Maps): Maps {
  const half = side / 2;
  const at = (y: number, x: number, n: number): number => values[(y * side + x) * channels + n]!;
  const out = Float64Array.from({ length: half * half * channels }, (_, i) => {
    const n = i % channels;
    const [y, x] = [2 * Math.floor(i / channels / half), 2 * (Math.floor(i / channels) % half)];
    return Math.max(at(y, x, n), at(y, x + 1, n), at(y + 1, x, n), at(y + 1, x + 1, n));
  });
  return { side: half, channels, values: out };
}

const dense = (values: Float64Array, kernel: Float64Array, bias: Float64Array): Float64Array =>
  bias.map((b, n) => values.reduce((sum, value, i) => sum + value * kernel[i * bias.length + n]!, b));

it.each(Array.from({ length: CASES }, (_, i) => i))(`seed ${SEED}, case %i: maps and logit`, async (at) => {
  const shape = drawShape(at);
  const { artifacts, lists } = drawModel(shape, SEED * 1000 + at * 10);
  const network = await openKernelNetwork(artifacts, shape, 1, () => Promise.reject(new Error('not asked for')));
  const { side, channels } = shape.input;
  const input = randomFloats(side * side * channels, at);
  const { run, logit } = await network.forward(input);
  let maps: Maps = { side, channels, values: Float64Array.from(input) };
  let next = 0;
  for (const { name, kind } of shape.layers) {
    maps = kind === 'pool' ? pool(maps) : convolve(maps, lists[next++]!, lists[next++]!);
    expect(relativeError(await network.readMaps(run, name), maps.values), `${name} of ${JSON.stringify(shape)}`).toBeLessThan(
      CLOSE,
    );
  }
  let values = maps.values;
  for (let i = 0; i < shape.dense.length; i++) {
    values = dense(values, lists[next++]!, lists[next++]!);
    if (i < shape.dense.length - 1) values = values.map((value) => Math.max(0, value));
  }
  const size = Math.max(
    1,
    maps.values.reduce((a, b) => Math.max(a, b), 0),
  );
  expect(Math.abs(logit - values[0]!) / size, JSON.stringify(shape)).toBeLessThan(CLOSE);
  expect(await network.score(input)).toBe(logit);
  network.dispose();
});
