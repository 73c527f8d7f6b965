/** A person's own model as the rest of the app sees a model: its shape, its scaling, and what of its outputs is the score. */
import type { PredictedClass } from './batch-view';
import { spellClass } from './label-look-up';
import type { ModelManifest } from './manifest';
import type { MapLayer, NetworkShape } from './network';
import type { OwnModel, OwnOutput } from './own-model';
import { classesOf, type OwnSettings } from './own-settings';

/** Largest logit of a share that float32 rounds to 0 or 1: Keras's own epsilon, 1e-7. */
const LEAST_SHARE = 1e-7;

/** @returns null: the model takes no square picture. */
export function ownShape({ input, layers, totals }: OwnModel): NetworkShape | null {
  if (input.width !== input.height) return null;
  const shown: MapLayer[] = [];
  let block = 0;
  let last = 0;
  for (const { name, isConvolution, height, width, channels } of layers) {
    // Squares alone are drawn.
    if (height !== width) continue;
    if (height !== last) block += 1;
    last = height;
    shown.push({ name, kind: isConvolution ? 'conv' : 'other', block, side: height, channels });
  }
  if (!shown.some(({ kind }) => kind === 'conv')) return null;
  return {
    input: { side: input.width, channels: 3 },
    layers: shown,
    dense: [],
    parameters: totals.parameters,
    isGeneral: true,
  };
}

/** Nothing of the model that ships applies: no calibration, no probes, no figures, the line in the middle. */
export function ownManifest(name: string, facts: OwnModel, network: NetworkShape, settings: OwnSettings): ModelManifest {
  const { mean, std } = settings;
  return {
    format: 'lesion-lens-model',
    version: name,
    files: [],
    input: { mean, std },
    network,
    calibration: { slope: 1, offset: 0 },
    calibrations: {},
    probes: null,
    viewLimits: {},
    threshold: 0.5,
    metrics: [],
    quantisation: { dtype: 'float16', maxScoreChange: 0, aucChange: 0 },
    trainingData: [],
    licence: '',
    own: { facts, settings },
  };
}

/** The alarm line that a model brings with it, 0-1; null: a person's own brings none, whatever its manifest has to hold. */
export function lineOfModel({ own, threshold }: ModelManifest): number | null {
  return own === undefined ? threshold : null;
}

/** Of a person's own model its file counts too, as names are the person's, and what is set for it. */
export function isSameModel(a: ModelManifest, b: ModelManifest): boolean {
  if (a === b) return true;
  if (a.version !== b.version || a.own?.facts.hash !== b.own?.facts.hash) return false;
  return JSON.stringify(a.own?.settings) === JSON.stringify(b.own?.settings);
}

/**
 * What stands for the logit: of a share (sigmoid, softmax) that of the class that is followed, of plain numbers that number.
 * @param outputs - of the model's last layer, as it gives them.
 */
export function watchedLogit(outputs: ArrayLike<number>, { units, activation }: OwnOutput, watched: number): number {
  if (activation === 'linear') return outputs[watched]!;
  const share = shareOf(outputs, units, watched);
  const held = Math.min(1 - LEAST_SHARE, Math.max(LEAST_SHARE, share));
  return Math.log(held / (1 - held));
}

/** One a class: the outputs themselves; of a single sigmoid also what is left of 1. */
export function classValues(outputs: ArrayLike<number>, model: Pick<OwnModel, 'output'>): readonly number[] {
  const classes = classesOf(model);
  return classes === 1 ? [outputs[0]!] : Array.from({ length: classes }, (_, i) => shareOf(outputs, model.output.units, i));
}

/**
 * The class with the highest value, the first of equals; null: there are no two.
 * @param outputs - of the model's last layer, as it gives them.
 */
export function predictedClass(
  outputs: ArrayLike<number>,
  { facts, settings }: NonNullable<ModelManifest['own']>,
): PredictedClass | null {
  const values = classValues(outputs, facts);
  if (values.length < 2) return null;
  const among = settings.labels.map(spellClass);
  return { name: among[values.indexOf(Math.max(...values))] ?? '', among };
}

function shareOf(outputs: ArrayLike<number>, units: number, index: number): number {
  if (units > 1) return outputs[index]!;
  return index === 1 ? outputs[0]! : 1 - outputs[0]!;
}
