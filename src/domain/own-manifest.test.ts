import { describe, expect, it } from 'vitest';
import { classValues, ownManifest, ownShape, predictedClass, watchedLogit } from './own-manifest';
import type { OwnLayer, OwnModel, OwnOutput } from './own-model';
import { startSettings } from './own-settings';

function layer(name: string, height: number, width: number, isConvolution = true): OwnLayer {
  return { name, kind: isConvolution ? 'Conv2D' : 'MaxPooling2D', isConvolution, height, width, channels: 4 };
}

const SIGMOID: OwnOutput = { units: 1, activation: 'sigmoid' };
const MODEL: OwnModel = {
  format: 'keras-h5',
  name: 'sequential',
  summary: [],
  totals: { parameters: 2312, trainable: 1482, nonTrainable: 830 },
  input: { height: 32, width: 32, channels: 3 },
  output: SIGMOID,
  layers: [
    layer('conv1', 32, 32),
    layer('pool1', 16, 16, false),
    layer('conv2', 16, 16),
    layer('strip', 16, 1),
    layer('conv3', 6, 6),
  ],
  hash: '',
};
const SHIPPED = { mean: [0, 0, 0], std: [1, 1, 1] } as const;

describe('its shape', () => {
  it('has the square layers in their order, a block for each side', () => {
    expect(ownShape(MODEL)).toEqual({
      input: { side: 32, channels: 3 },
      layers: [
        { name: 'conv1', kind: 'conv', block: 1, side: 32, channels: 4 },
        { name: 'pool1', kind: 'other', block: 2, side: 16, channels: 4 },
        { name: 'conv2', kind: 'conv', block: 2, side: 16, channels: 4 },
        { name: 'conv3', kind: 'conv', block: 3, side: 6, channels: 4 },
      ],
      dense: [],
      parameters: 2312,
      isGeneral: true,
    });
  });

  it('of a grey model is that of the photo before its colours are mixed', () => {
    expect(ownShape({ ...MODEL, input: { height: 32, width: 32, channels: 1 } })?.input).toEqual({ side: 32, channels: 3 });
  });

  it('is none where the picture is no square, or no convolution can be drawn', () => {
    expect(ownShape({ ...MODEL, input: { height: 32, width: 48, channels: 3 } })).toBeNull();
    expect(ownShape({ ...MODEL, layers: [layer('strip', 16, 1), layer('pool1', 16, 16, false)] })).toBeNull();
  });
});

it('its manifest has nothing of the model that ships', () => {
  const settings = startSettings(MODEL, SHIPPED);
  const manifest = ownManifest('mine', MODEL, ownShape(MODEL)!, settings);
  expect(manifest).toMatchObject({
    version: 'mine',
    calibration: { slope: 1, offset: 0 },
    calibrations: {},
    probes: null,
    metrics: [],
    threshold: 0.5,
    input: { mean: [0, 0, 0], std: [1 / 255, 1 / 255, 1 / 255] },
    own: { facts: MODEL, settings },
  });
});

describe('what stands for the logit', () => {
  const logit = (share: number): number => Math.log(share / (1 - share));

  it('of a sigmoid is its own, and the other way round for the other class', () => {
    expect(watchedLogit([0.8], SIGMOID, 1)).toBeCloseTo(logit(0.8));
    expect(watchedLogit([0.8], SIGMOID, 0)).toBeCloseTo(logit(0.2));
  });

  it('of a softmax is that of the class that is followed', () => {
    const softmax: OwnOutput = { units: 3, activation: 'softmax' };
    expect(watchedLogit([0.1, 0.7, 0.2], softmax, 0)).toBeCloseTo(logit(0.1));
    expect(watchedLogit([0.1, 0.7, 0.2], softmax, 2)).toBeCloseTo(logit(0.2));
  });

  it('of plain numbers is the number', () => {
    expect(watchedLogit([-2.3], { units: 1, activation: 'linear' }, 0)).toBe(-2.3);
    expect(watchedLogit([-2.3, 4], { units: 2, activation: 'linear' }, 1)).toBe(4);
  });

  it('is finite where float32 rounds a share to 0 or 1', () => {
    expect(watchedLogit([1], SIGMOID, 1)).toBeCloseTo(16.118, 2);
    expect(watchedLogit([1], SIGMOID, 0)).toBeCloseTo(-16.118, 2);
  });
});

it('says of every class what the model answers', () => {
  expect(classValues([0.25], { output: SIGMOID })).toEqual([0.75, 0.25]);
  expect(classValues([0.1, 0.7, 0.2], { output: { units: 3, activation: 'softmax' } })).toEqual([0.1, 0.7, 0.2]);
  expect(classValues([0.9, 0.8], { output: { units: 2, activation: 'sigmoid' } })).toEqual([0.9, 0.8]);
  expect(classValues([-2.3], { output: { units: 1, activation: 'linear' } })).toEqual([-2.3]);
  expect(classValues([-2.3, 4], { output: { units: 2, activation: 'linear' } })).toEqual([-2.3, 4]);
});

it('names the class with the highest value as labels spell it; a plain number names none', () => {
  const of = (output: OwnOutput, outputs: readonly number[], labels: readonly string[]) => {
    const facts = { ...MODEL, output };
    return predictedClass(outputs, { facts, settings: { ...startSettings(facts, { mean: [0, 0, 0], std: [1, 1, 1] }), labels } });
  };
  const three = { units: 3, activation: 'softmax' } as const;
  const among = ['mel', 'basal cell carcinoma', 'nv'];
  expect(of(three, [0.1, 0.7, 0.2], ['MEL', 'Basal_cell carcinoma', 'nv'])).toEqual({ name: 'basal cell carcinoma', among });
  expect(of(three, [0.4, 0.2, 0.4], among)?.name).toBe('mel');
  expect(of(SIGMOID, [0.4], ['nv', 'mel'])?.name).toBe('nv');
  expect(of({ units: 1, activation: 'linear' }, [3], ['mel'])).toBeNull();
});
