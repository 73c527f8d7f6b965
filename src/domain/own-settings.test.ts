import { describe, expect, it } from 'vitest';
import { normaliseRgb } from './normalise';
import type { OwnModel, OwnOutput } from './own-model';
import {
  classesOf,
  parseLabels,
  parseTriple,
  PREPROCESSINGS,
  scalingOf,
  startSettings,
  watchedByLabels,
  type Preprocessing,
} from './own-settings';

const SHIPPED = { mean: [0.7, 0.5, 0.4], std: [0.1, 0.2, 0.3] } as const;

function modelOf(output: OwnOutput): OwnModel {
  return { output } as OwnModel;
}

describe('scalings', () => {
  // tf.keras.applications.imagenet_utils.preprocess_input of one pixel, (10, 128, 255); caffe's with its channels put back to RGB.
  it.each<[Preprocessing, readonly number[], 'rgb' | 'bgr']>([
    ['raw', [10, 128, 255], 'rgb'],
    ['unit', [0.039215688, 0.5019608, 1], 'rgb'],
    ['signed', [-0.92156863, 0.003921628, 1], 'rgb'],
    ['caffe', [-113.68, 11.221, 151.061], 'bgr'],
    ['torch', [-1.946656, 0.2051822, 2.64], 'rgb'],
    ['shipped', [(10 / 255 - 0.7) / 0.1, (128 / 255 - 0.5) / 0.2, (1 - 0.4) / 0.3], 'rgb'],
  ])('%s', (name, wanted, order) => {
    const scaling = scalingOf(name, SHIPPED)!;
    expect(scaling.order).toBe(order);
    const found = normaliseRgb(Uint8Array.of(10, 128, 255), scaling.mean, scaling.std);
    found.forEach((value, i) => expect(value).toBeCloseTo(wanted[i]!, 4));
  });

  it('custom has no numbers of its own', () => {
    expect(scalingOf('custom', SHIPPED)).toBeNull();
    expect(PREPROCESSINGS).toContain('custom');
  });

  it('three numbers are read however they are written, and nothing else', () => {
    for (const text of ['0.5 0.25 1e-3', '0.5, 0.25, 1e-3', ' 0.5;0.25;0.001 ', '0.5\n0.25\n0.001', '[0.5, 0.25, 0.001]']) {
      expect(parseTriple(text), text).toEqual([0.5, 0.25, 0.001]);
    }
    for (const text of ['', '1 2', '1 2 3 4', '1 2 x', '1 2 Infinity', '0,5 0,25 0,1'])
      expect(parseTriple(text), text).toBeNull();
  });
});

describe('labels', () => {
  it.each([
    ['benign\nmalignant', 'one a line'],
    [' benign \r\n\r\n malignant\r\n', 'lines with spaces and empty ones'],
    ['benign, malignant', 'commas'],
    ['benign;malignant', 'semicolons'],
    ['benign\tmalignant', 'tabs'],
    ['["benign", "malignant"]', 'JSON'],
    ['[\n  "benign",\n  "malignant"\n]\n', 'JSON on several lines'],
    ["['benign', 'malignant']", 'a list of Python'],
    ["{0: 'benign', 1: 'malignant'}", 'a dictionary of Python'],
    ['{"1": "malignant", "0": "benign"}', 'names by number'],
    ["{'malignant': 1, 'benign': 0}", 'numbers by name, as class_indices of Keras has them'],
    ['0 benign\n1 malignant', 'lines with their number, as Teachable Machine writes them'],
    ['1. benign\n2. malignant', 'a numbered list'],
    ['benign,\nmalignant,', 'lines that end with commas'],
  ])('%j: %s', (text) => {
    expect(parseLabels(text)).toEqual(['benign', 'malignant']);
  });

  it('leaves numbers, commas and quotes that belong to a label', () => {
    expect(parseLabels("nevus, benign\nSpitz’s\nBowen's disease")).toEqual(['nevus, benign', 'Spitz’s', "Bowen's disease"]);
    expect(parseLabels('3 months\n6 months')).toEqual(['3 months', '6 months']);
    expect(parseLabels('0\n1')).toEqual(['0', '1']);
    expect(parseLabels('')).toEqual([]);
    expect(parseLabels(' \n ;, ')).toEqual([]);
  });

  it('the one that says malignant is followed', () => {
    expect(watchedByLabels(['malignant', 'benign'])).toBe(0);
    expect(watchedByLabels(['akiec', 'bcc', 'bkl', 'df', 'mel', 'nv', 'vasc'])).toBe(0);
    expect(watchedByLabels(['bkl', 'df', 'mel', 'nv', 'vasc'])).toBe(2);
    expect(watchedByLabels(['melanoma', 'nevus'])).toBe(0);
    expect(watchedByLabels(['not malignant', 'malignant'])).toBe(1);
    expect(watchedByLabels(['nonmalignant', 'no cancer', 'cancer'])).toBe(2);
    expect(watchedByLabels(['nodular melanoma', 'nevus'])).toBe(0);
    expect(watchedByLabels(['melanocytic nevus', 'other'])).toBe(1);
    expect(watchedByLabels(['cat', 'dog', 'horse'])).toBe(0);
    expect(watchedByLabels(['output'])).toBe(0);
  });
});

describe('what a model begins with', () => {
  it.each<[OwnOutput, readonly string[], number]>([
    [{ units: 1, activation: 'sigmoid' }, ['class 0', 'class 1'], 1],
    [{ units: 2, activation: 'softmax' }, ['class 0', 'class 1'], 1],
    [{ units: 3, activation: 'softmax' }, ['class 0', 'class 1', 'class 2'], 0],
    // A plain number is one answer, and stands for no share that would leave a rest.
    [{ units: 1, activation: 'linear' }, ['output'], 0],
  ])('%j', (output, labels, watched) => {
    const settings = startSettings(modelOf(output), SHIPPED);
    expect(settings).toMatchObject({ preprocessing: 'raw', order: 'rgb', labels, watched });
    expect(labels).toHaveLength(classesOf(modelOf(output)));
  });
});
