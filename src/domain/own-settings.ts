/** What a person says of their own model: how pictures are made into its numbers, and what its outputs mean. */
import type { OwnModel } from './own-model';

export type Triple = readonly [number, number, number];

/** How bytes become the model's input: (byte / 255 - mean) / std for each channel. */
export interface InputScaling {
  /** Red, green, blue. */
  readonly mean: Triple;
  readonly std: Triple;
  /** In which the channels lie in the model's input; of a grey model they are mixed first. */
  readonly order: 'rgb' | 'bgr';
}

/** `shipped`: that of the model that ships. */
export const PREPROCESSINGS = ['raw', 'unit', 'signed', 'caffe', 'torch', 'shipped', 'custom'] as const;
export type Preprocessing = (typeof PREPROCESSINGS)[number];

export interface OwnSettings extends InputScaling {
  readonly preprocessing: Preprocessing;
  /** One for each output; of a single sigmoid two: of 0 and of 1. */
  readonly labels: readonly string[];
  /** The output whose score is followed, as the score is that of "malignant" in the model that ships. */
  readonly watched: number;
}

/** One of a person's own models, without its files. */
export interface KeptModel {
  /** Unique among them; the person's to change. */
  readonly name: string;
  readonly bytes: number;
  readonly facts: OwnModel;
  readonly settings: OwnSettings;
}

/** Of ImageNet's pictures in Caffe's models (BGR, 0-255) and in PyTorch's (RGB, 0-1), as keras.applications.imagenet_utils has them. */
const CAFFE_MEAN: Triple = [123.68 / 255, 116.779 / 255, 103.939 / 255];
const TORCH_MEAN: Triple = [0.485, 0.456, 0.406];
const TORCH_STD: Triple = [0.229, 0.224, 0.225];

const all = (value: number): Triple => [value, value, value];

/** @param shipped - of the model that ships. null: `custom`, whose numbers are the person's. */
export function scalingOf(preprocessing: Preprocessing, shipped: Pick<InputScaling, 'mean' | 'std'>): InputScaling | null {
  switch (preprocessing) {
    case 'raw':
      return { mean: all(0), std: all(1 / 255), order: 'rgb' };
    case 'unit':
      return { mean: all(0), std: all(1), order: 'rgb' };
    case 'signed':
      return { mean: all(0.5), std: all(0.5), order: 'rgb' };
    case 'caffe':
      return { mean: CAFFE_MEAN, std: all(1 / 255), order: 'bgr' };
    case 'torch':
      return { mean: TORCH_MEAN, std: TORCH_STD, order: 'rgb' };
    case 'shipped':
      return { ...shipped, order: 'rgb' };
    case 'custom':
      return null;
  }
}

/** Outputs that a person can tell apart: a single sigmoid stands for two classes. */
export function classesOf({ output }: Pick<OwnModel, 'output'>): number {
  return output.units === 1 ? 2 : output.units;
}

const MALIGNANT = /malig|melanoma|\bmel\b|cancer|carcinoma|\bakiec\b|\bbcc\b/i;

/** Of several outputs the one whose label says malignant, else the second of two, else the first. */
export function watchedByLabels(labels: readonly string[]): number {
  const named = labels.findIndex((label) => MALIGNANT.test(label) && !/\b(non|not)\b|benign/i.test(label));
  return named >= 0 ? named : labels.length === 2 ? 1 : 0;
}

/** What a model begins with, until the person says otherwise: the tutorial's raw bytes. */
export function startSettings(model: OwnModel, shipped: Pick<InputScaling, 'mean' | 'std'>): OwnSettings {
  const labels = Array.from({ length: classesOf(model) }, (_, i) => `class ${i}`);
  return { preprocessing: 'raw', ...scalingOf('raw', shipped)!, labels, watched: watchedByLabels(labels) };
}

/** In `model-select`: the model that ships. */
export const BUILT_IN = 'built-in';

/** Three numbers with spaces, commas or semicolons between; null: anything else. */
export function parseTriple(text: string): Triple | null {
  const numbers = text
    .split(/[\s,;]+/)
    .filter((part) => part !== '')
    .map(Number);
  const [red, green, blue] = numbers;
  return numbers.length === 3 && numbers.every(Number.isFinite) ? [red!, green!, blue!] : null;
}

/** A pasted list: one label a line, or all in one line with commas or tabs between. Empty ones are left out. */
export function parseLabels(text: string): readonly string[] {
  const lines = text
    .split(/[\r\n]+/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const parts = lines.length > 1 ? lines : (lines[0] ?? '').split(/[,;\t]/);
  return parts.map((label) => label.trim().replace(/^["'[]+|["'\]]+$/g, '')).filter((label) => label !== '');
}
