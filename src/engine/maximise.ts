/**
 * Activation maximisation: Erhan, Bengio, Courville and Vincent, "Visualizing Higher-Layer Features of a Deep Network",
 * 2009. Jitter and blur as in Olah, Mordvintsev and Schubert, "Feature Visualization", Distill 2017
 * (doi:10.23915/distill.00007). Everything but the picture follows from seed and step number, so that many short calls
 * make the same picture as a long one.
 */
import { LensError } from '../domain/errors';
import { hashPoint } from '../domain/lattice-noise';
import type { ModelManifest } from '../domain/manifest';
import { findLayer, isConvolution, type NetworkShape } from '../domain/network';
import { blurLightly, climb, drawNoise, shiftAround } from './ascent-image';
import type { ComputeNetwork } from './compute';
import type { MaximisedImage } from '../domain/analysis';
import type { MaximiseRequest } from './protocol';
import { assertFilter } from './read-maps';

/**
 * Root mean square of the first step; from then on finer, half as wide after 32. Measured on the trained weights: 24
 * leaves some filters of block 3 below their noise, 8 is slow in blocks 4 and 5.
 */
const FIRST_STEP_BYTES = 12;
const HALVING_STEPS = 32;
const STEPS_BETWEEN_BLURS = 4;
/** The jitter's reach, as a share of the side: 4 pixels of 64, 8 of 128. */
const JITTER = 1 / 16;

/** @throws LensError `unexpected` for a filter or an image that is not one, `device-lost`. */
export async function maximiseFilter(
  network: Pick<ComputeNetwork, 'probeFilter' | 'shape'>,
  input: ModelManifest['input'],
  { layer, filter, image: given, steps, stepsDone, seed }: MaximiseRequest,
): Promise<MaximisedImage> {
  const side = chooseSide(network.shape, layer, filter);
  let image = given ?? drawNoise(side, seed);
  if (image.length !== side * side * 3) throw new LensError('unexpected', `${image.length} is no image of ${side} pixels`);
  const probe = network.probeFilter(layer, filter);
  try {
    for (let number = stepsDone; number < stepsDone + steps; number++) {
      if (number % STEPS_BETWEEN_BLURS === STEPS_BETWEEN_BLURS - 1) image = blurLightly(image, side);
      const [dx, dy] = jitter(number, side, seed);
      const shifted = normalise(shiftAround(image, side, dx, dy), input);
      const gradient = shiftAround(await probe.gradient(shifted, side), side, -dx, -dy);
      image = climb(image, perByte(gradient, input), FIRST_STEP_BYTES / (1 + number / HALVING_STEPS));
    }
    return { image, side, mean: await probe.mean(normalise(image, input), side) };
  } finally {
    probe.dispose();
  }
}

/** Of VGG16 a filter of the first three blocks looks at 40 pixels at most, one of the others at 60 and more. */
function chooseSide(network: NetworkShape, name: string, filter: number): number {
  const layer = findLayer(network, name);
  if (layer === null || !isConvolution(network, name)) throw new LensError('unexpected', `no convolution ${name}`);
  assertFilter(name, layer.channels, filter);
  const { side } = network.input;
  return side / layer.side <= 4 ? side / 2 : side;
}

function jitter(step: number, side: number, seed: number): readonly [number, number] {
  const reach = Math.round(side * JITTER);
  const draw = (axis: number): number => Math.floor(hashPoint(step, axis, seed) * (2 * reach + 1)) - reach;
  return [draw(0), draw(1)];
}

/** (value / 255 - mean) / std. */
function normalise(image: Float32Array, { mean, std }: ModelManifest['input']): Float32Array {
  return image.map((v, i) => (v / 255 - mean[i % 3]!) / std[i % 3]!);
}

/** d / d normalised -> d / d byte, less the factor 255 that all share. */
function perByte(gradient: Float32Array, { std }: ModelManifest['input']): Float32Array {
  return gradient.map((g, i) => g / std[i % 3]!);
}
