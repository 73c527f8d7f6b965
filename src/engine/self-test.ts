/** Does this backend, on this device, compute what the network computes? Compared layer by layer with golden.json. */
import { LensError } from '../domain/errors';
import { drawGoldenInput } from '../domain/golden-input';
import type { GoldenCase, ModelManifest } from '../domain/manifest';
import { convolutionsOf, type MapLayer } from '../domain/network';
import { normaliseRgb } from '../domain/normalise';
import type { ComputeNetwork } from './compute';
import type { SelfTestCase } from '../domain/loaded-model';
import { sha256Hex } from '../domain/sha256';
import type { Tolerance } from './tolerances';

/**
 * Runs one golden input. Never throws for wrong numbers: they are in the result, NaN among them.
 * @throws LensError `model-invalid` if this app draws another picture than training did.
 */
export async function runSelfTest(
  network: Pick<ComputeNetwork, 'forward' | 'readMaps' | 'release' | 'shape'>,
  { mean, std }: ModelManifest['input'],
  golden: GoldenCase,
  tolerance: Tolerance,
): Promise<SelfTestCase> {
  const startMs = performance.now();
  const rgb = drawGoldenInput(golden.input, network.shape.input.side);
  if ((await sha256Hex(rgb)) !== golden.inputSha256) {
    throw new LensError('model-invalid', `the golden input ${golden.input} is not the one that training drew`);
  }
  const { run, logit } = await network.forward(normaliseRgb(rgb, mean, std));
  try {
    const convolutions = convolutionsOf(network.shape);
    const layers: SelfTestCase['layers'][number][] = [];
    for (const [i, layer] of golden.layers.entries()) {
      const error = layerError(layer, convolutions[i]!, await network.readMaps(run, layer.name));
      layers.push({ name: layer.name, error, passed: error <= tolerance.layer });
    }
    const logitError = Math.abs(logit - golden.logit);
    const passed = logitError <= tolerance.logit && layers.every((layer) => layer.passed);
    return { input: golden.input, passed, logitError, layers, ms: performance.now() - startMs };
  } finally {
    network.release(run);
  }
}

/**
 * The largest difference of mean, maximum and samples, as a share of the golden maximum.
 * @param activations - of that convolution, [side, side, channels].
 * @returns NaN if any activation is NaN; NaN passes no comparison.
 */
export function layerError(
  golden: GoldenCase['layers'][number],
  { side, channels }: Pick<MapLayer, 'side' | 'channels'>,
  activations: Float32Array,
): number {
  if (activations.length !== side * side * channels) return NaN;
  let sum = 0;
  let max = -Infinity;
  for (const value of activations) {
    sum += value;
    if (value > max) max = value;
  }
  const mean = sum / activations.length; // NaN and infinities reach it; they would not reach max
  const differences = [mean - golden.mean, max - golden.max];
  for (const { at, value } of golden.samples) {
    const [row, column, channel] = at;
    differences.push(activations[(row * side + column) * channels + channel]! - value);
  }
  // Math.max gives NaN if one of its arguments is NaN.
  const worst = Math.max(...differences.map(Math.abs));
  return golden.max > 0 ? worst / golden.max : worst;
}

/** For `rejected`: what was wrong, in one line. */
export function describeFailure({ input, logitError, layers }: SelfTestCase): string {
  const first = layers.find((layer) => !layer.passed);
  const where = first === undefined ? 'the logit' : `${first.name} is off by ${first.error.toExponential(1)} of its maximum;`;
  return `self-test "${input}" failed: ${where} logit off by ${logitError.toExponential(1)}`;
}
