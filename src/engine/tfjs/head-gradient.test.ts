/** The closed form against tfjs's automatic gradients on its CPU backend, which (other than WASM's) are right. */
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-layers'; // registers the gradients
import {
  add,
  grad,
  matMul,
  maxPool,
  relu,
  reshape,
  setBackend,
  tensor2d,
  tensor4d,
  tidy,
  type Tensor,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { findHeatMap, HEAD_HEAT_MAPS, type HeadHeatMapName } from '../../domain/analysis';
import { explainHead, type HeadExplanation, type HeadInput, type HeadWeights } from '../head-gradient';
import { randomFloats, relativeError } from '../testing';

const SIDE = 8;
const CHANNELS = 6;
const UNITS = 16;
const POOLED = (SIDE / 2) ** 2 * CHANNELS;

const WEIGHTS: HeadWeights = {
  kernel1: randomFloats(POOLED * UNITS, 1),
  bias1: randomFloats(UNITS, 2),
  kernel2: randomFloats(UNITS, 3),
  bias2: 0.25,
};

/** After a ReLU: the share of zeros grows with `threshold`; at 0.7 every second window is all zeros. */
function activations(threshold: number, seed: number): HeadInput {
  const values = randomFloats(SIDE * SIDE * CHANNELS, seed).map((v) => Math.max(0, v - threshold));
  return { activations: values, side: SIDE, channels: CHANNELS };
}

function forward(maps: Tensor4D): { readonly units: Tensor; readonly logit: Tensor } {
  const flat = reshape(maxPool(maps, 2, 2, 'valid'), [1, POOLED]);
  const units = relu(add(matMul(flat, tensor2d(WEIGHTS.kernel1, [POOLED, UNITS])), WEIGHTS.bias1));
  return { units, logit: add(matMul(units, tensor2d(WEIGHTS.kernel2, [UNITS, 1])), WEIGHTS.bias2) };
}

/** Both maps by their definitions, from d logit / d activations. */
function mapsFrom(gradient: Float32Array, values: Float32Array): { gradCam: number[]; hiResCam: number[] } {
  const area = SIDE * SIDE;
  const gradCam = new Array<number>(area).fill(0);
  const hiResCam = new Array<number>(area).fill(0);
  for (let k = 0; k < CHANNELS; k++) {
    let mean = 0;
    for (let p = 0; p < area; p++) mean += gradient[p * CHANNELS + k]! / area;
    for (let p = 0; p < area; p++) {
      gradCam[p]! += mean * values[p * CHANNELS + k]!;
      hiResCam[p]! += gradient[p * CHANNELS + k]! * values[p * CHANNELS + k]!;
    }
  }
  return { gradCam, hiResCam };
}

function valuesOf(name: HeadHeatMapName, { heatMaps }: HeadExplanation): Float32Array {
  return findHeatMap(heatMaps, name)!.values;
}

beforeAll(async () => {
  await setBackend('cpu');
});

describe('explainHead', () => {
  it.each([
    [0, 11],
    [0.5, 12],
    [0.7, 13],
    [0.95, 14],
  ])('agrees with automatic gradients where activations are cut off at %d', (threshold, seed) => {
    const input = activations(threshold, seed);
    const found = explainHead(input, WEIGHTS);
    expect(found.heatMaps.map(({ name, side }) => [name, side])).toEqual(HEAD_HEAT_MAPS.map((name) => [name, SIDE]));
    tidy(() => {
      const maps = tensor4d(input.activations, [1, SIDE, SIDE, CHANNELS]);
      const { units, logit } = forward(maps);
      const gradient = grad((x) => reshape(forward(x as Tensor4D).logit, []))(maps).dataSync() as Float32Array;
      const wanted = mapsFrom(gradient, input.activations);
      expect(relativeError(valuesOf('grad-cam', found), wanted.gradCam)).toBeLessThan(1e-5);
      expect(relativeError(valuesOf('hires-cam', found), wanted.hiResCam)).toBeLessThan(1e-5);
      expect(relativeError(found.units, units.dataSync())).toBeLessThan(1e-5);
      expect(found.bias + found.shares.reduce((a, b) => a + b, 0)).toBeCloseTo(logit.dataSync()[0]!, 4);
    });
  });

  it('gives the gradient to the first of equal maxima, row by row', () => {
    const weights: HeadWeights = {
      kernel1: Float32Array.of(2),
      bias1: Float32Array.of(0),
      kernel2: Float32Array.of(3),
      bias2: 0,
    };
    const explain = (values: number[]) => explainHead({ activations: Float32Array.from(values), side: 2, channels: 1 }, weights);
    expect([...valuesOf('hires-cam', explain([1, 1, 1, 1]))]).toEqual([6, 0, 0, 0]);
    expect([...valuesOf('hires-cam', explain([0, 1, 1, 1]))]).toEqual([0, 6, 0, 0]);
    expect([...valuesOf('hires-cam', explain([0, 0, 1, 1]))]).toEqual([0, 0, 6, 0]);
    expect([...valuesOf('grad-cam', explain([0, 0, 0, 1]))]).toEqual([0, 0, 0, 1.5]);
  });

  it('counts the gradient of a window of zeros in Grad-CAM', () => {
    // Four windows; only the first has an activation, all have a gradient.
    const weights: HeadWeights = {
      kernel1: Float32Array.of(1, 1, 1, 1),
      bias1: Float32Array.of(0),
      kernel2: Float32Array.of(1),
      bias2: 0,
    };
    const values = new Float32Array(16);
    values[5] = 2;
    const explained = explainHead({ activations: values, side: 4, channels: 1 }, weights);
    expect(valuesOf('grad-cam', explained)[5]).toBeCloseTo(2 * (4 / 16), 6);
  });

  it('has no gradient where every unit is silent', () => {
    const silent = { ...WEIGHTS, bias1: new Float32Array(UNITS).fill(-1000) };
    const { heatMaps, units, shares } = explainHead(activations(0, 15), silent);
    for (const list of [...heatMaps.map(({ values }) => values), units, shares]) expect(list.every((v) => v === 0)).toBe(true);
  });

  it('refuses lengths that do not fit', () => {
    const input = activations(0, 16);
    expect(() => explainHead({ ...input, side: 7 }, WEIGHTS)).toThrow(RangeError);
    expect(() => explainHead({ ...input, channels: 5 }, WEIGHTS)).toThrow(RangeError);
    expect(() => explainHead(input, { ...WEIGHTS, kernel1: new Float32Array(8) })).toThrow(RangeError);
    expect(() => explainHead(input, { ...WEIGHTS, kernel2: new Float32Array(8) })).toThrow(RangeError);
  });
});
