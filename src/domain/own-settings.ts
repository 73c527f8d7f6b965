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
  /** One for each class (`classesOf`); of a single sigmoid two: of 0 and of 1. */
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

/** Outputs that a person can tell apart: a single sigmoid stands for two classes, a single plain number for itself. */
export function classesOf({ output: { units, activation } }: Pick<OwnModel, 'output'>): number {
  return units === 1 && activation !== 'linear' ? 2 : units;
}

const MALIGNANT = /malig|melanoma|\bmel\b|cancer|carcinoma|\bakiec\b|\bbcc\b/i;

/** Of several outputs the one whose label says malignant, else the second of two, else the first. */
export function watchedByLabels(labels: readonly string[]): number {
  const named = labels.findIndex((label) => MALIGNANT.test(label) && !/\bnot?\b|\bnon|benign/i.test(label));
  return named >= 0 ? named : labels.length === 2 ? 1 : 0;
}

/** What a model begins with, until the person says otherwise: the tutorial's raw bytes. */
export function startSettings(model: OwnModel, shipped: Pick<InputScaling, 'mean' | 'std'>): OwnSettings {
  const classes = classesOf(model);
  const labels = classes === 1 ? ['output'] : Array.from({ length: classes }, (_, i) => `class ${i}`);
  return { preprocessing: 'raw', ...scalingOf('raw', shipped)!, labels, watched: watchedByLabels(labels) };
}

/** In `model-select`: the model that ships. */
export const BUILT_IN = 'built-in';

/** Three numbers with spaces, commas or semicolons between, in brackets or not; null: anything else. */
export function parseTriple(text: string): Triple | null {
  const numbers = text
    .trim()
    .replace(/^[[(](.*)[\])]$/s, '$1')
    .split(/[\s,;]+/)
    .filter((part) => part !== '')
    .map(Number);
  const [red, green, blue] = numbers;
  return numbers.length === 3 && numbers.every(Number.isFinite) ? [red!, green!, blue!] : null;
}

/**
 * A pasted list: one label a line, or all in one line with commas, semicolons or tabs between; also a list or dictionary of
 * Python or JSON, and lines that begin with their number. Empty ones are left out.
 */
export function parseLabels(text: string): readonly string[] {
  const lines = splitLabels(text, /[\r\n]+/);
  return labelsOfLiteral(text) ?? withoutNumbers(lines.length > 1 ? lines : splitLabels(text, /[,;\t]/));
}

function splitLabels(text: string, between: RegExp): readonly string[] {
  return text
    .split(between)
    .map((part) => part.replace(/^[\s"'[\],;]+|[\s"'[\],;]+$/g, ''))
    .filter((label) => label !== '');
}

/** @returns null: neither a list nor a dictionary, of names by number or of numbers by name. */
function labelsOfLiteral(text: string): readonly string[] | null {
  if (!/^\s*[[{]/.test(text)) return null;
  const asJson = text.replaceAll("'", '"').replace(/([{,]\s*)(\d+)\s*:/g, '$1"$2":');
  try {
    const value = JSON.parse(asJson) as Readonly<Record<string, unknown>> | readonly unknown[];
    const entries = Object.entries(value);
    const isByName = !Array.isArray(value) && entries.every(([, number]) => typeof number === 'number');
    const labels = isByName
      ? entries.sort(([, a], [, b]) => Number(a) - Number(b)).map(([name]) => name)
      : entries.map(([, label]) => label);
    return labels.filter((label) => typeof label === 'string' && label !== '') as string[];
  } catch {
    return null;
  }
}

/** @returns As given, where not every line begins with its own number, from 0 or 1 on. */
function withoutNumbers(labels: readonly string[]): readonly string[] {
  const split = labels.map((label) => /^(\d+)(?:\s*[:.,)\t]\s*|\s+)(.+)$/.exec(label));
  const first = Number(split[0]?.[1]);
  const isCounted = first <= 1 && split.every((parts, i) => Number(parts?.[1]) === first + i);
  return isCounted ? split.map((parts) => parts![2]!) : labels;
}
