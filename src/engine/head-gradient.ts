/**
 * What the network's head makes of its last maps, in closed form and plain numbers:
 * pool 2x2 -> flatten -> dense with ReLU -> dense. tfjs's WASM backend loses the gradient of a pool's window of zeros,
 * so that Grad-CAM by its automatic gradients is wrong there.
 */
import { HEAD_HEAT_MAPS, type HeadFacts, type HeadHeatMapName } from '../domain/analysis';

export interface HeadWeights {
  /** First dense layer, [pooled side * pooled side * channels, units]. */
  readonly kernel1: Float32Array;
  /** [units]. */
  readonly bias1: Float32Array;
  /** Second dense layer, [units, 1]. */
  readonly kernel2: Float32Array;
  readonly bias2: number;
}

/** The maps that the head pools, after ReLU: [side, side, channels], side even. */
export interface HeadInput {
  readonly activations: Float32Array;
  readonly side: number;
  readonly channels: number;
}

export type HeadExplanation = Omit<HeadFacts, 'runId'>;

/** @param gradient - d logit / d activation. @returns [side, side], before any ReLU. */
type HeatMapMaker = (input: HeadInput, gradient: Float32Array) => Float32Array<ArrayBuffer>;

const MAKERS: Readonly<Record<HeadHeatMapName, HeatMapMaker>> = { 'grad-cam': makeGradCam, 'hires-cam': makeHiResCam };

/** The units of the first dense layer after ReLU, [units]. @throws RangeError if the lengths do not fit together. */
export function headUnits(input: HeadInput, weights: HeadWeights): Float32Array<ArrayBuffer> {
  return denseUnits(input.activations, fittingWinners(input, weights), weights);
}

/** @throws RangeError if the lengths do not fit together. */
export function explainHead(input: HeadInput, weights: HeadWeights): HeadExplanation {
  const winners = fittingWinners(input, weights);
  const { kernel2, bias2 } = weights;
  const units = denseUnits(input.activations, winners, weights);
  const shares = units.map((unit, u) => unit * kernel2[u]!);
  const gradient = headGradient(input.activations.length, winners, units, weights);
  const heatMaps = HEAD_HEAT_MAPS.map((name) => ({ name, side: input.side, values: MAKERS[name](input, gradient) }));
  return { heatMaps, units, shares, bias: bias2 };
}

/** As `poolWinners`. @throws RangeError if the weights are of another number of inputs. */
function fittingWinners(input: HeadInput, { kernel1, bias1, kernel2 }: HeadWeights): Int32Array {
  const winners = poolWinners(input);
  if (kernel1.length !== winners.length * bias1.length || kernel2.length !== bias1.length) {
    const weightCounts = `${kernel1.length} and ${kernel2.length} weights`;
    throw new RangeError(`${weightCounts} for ${winners.length} inputs, ${bias1.length} units`);
  }
  return winners;
}

/**
 * For each pooled value, in the order in which Flatten reads them, where in the activations it was taken from: the
 * first maximum of the window, row by row, as TensorFlow's gradient has it.
 */
function poolWinners({ activations, side, channels }: HeadInput): Int32Array {
  if (side % 2 !== 0 || activations.length !== side * side * channels) {
    throw new RangeError(`${activations.length} activations are not ${side} x ${side} x ${channels}, or cannot be halved`);
  }
  const pooledSide = side / 2;
  const winners = new Int32Array(pooledSide * pooledSide * channels);
  let to = 0;
  for (let row = 0; row < side; row += 2) {
    for (let column = 0; column < side; column += 2) {
      const corner = (row * side + column) * channels;
      for (let k = 0; k < channels; k++) {
        let winner = corner + k;
        for (const at of [winner + channels, winner + side * channels, winner + (side + 1) * channels]) {
          if (activations[at]! > activations[winner]!) winner = at;
        }
        winners[to++] = winner;
      }
    }
  }
  return winners;
}

/** relu(pooled * kernel1 + bias1), summed in double precision. */
function denseUnits(activations: Float32Array, winners: Int32Array, { kernel1, bias1 }: HeadWeights): Float32Array<ArrayBuffer> {
  const sums = Float64Array.from(bias1);
  for (const [i, winner] of winners.entries()) {
    const value = activations[winner]!;
    if (value === 0) continue;
    const row = i * sums.length;
    for (let u = 0; u < sums.length; u++) sums[u]! += value * kernel1[row + u]!;
  }
  return Float32Array.from(sums, (sum) => Math.max(0, sum));
}

/** d logit / d activation: kernel1 . (relu'(unit) * kernel2), given to each window's winner. */
function headGradient(length: number, winners: Int32Array, units: Float32Array, { kernel1, kernel2 }: HeadWeights): Float32Array {
  const outer = Float64Array.from(units, (unit, u) => (unit > 0 ? kernel2[u]! : 0));
  const gradient = new Float32Array(length);
  for (const [i, winner] of winners.entries()) {
    const row = i * outer.length;
    let sum = 0;
    for (let u = 0; u < outer.length; u++) sum += kernel1[row + u]! * outer[u]!;
    gradient[winner] = sum;
  }
  return gradient;
}

/**
 * Grad-CAM (Selvaraju et al. 2017, arXiv:1610.02391) of the logit at the last convolution: sum over filters of (mean gradient
 * of the map) * (map).
 */
function makeGradCam({ activations, side, channels }: HeadInput, gradient: Float32Array): Float32Array<ArrayBuffer> {
  const area = side * side;
  const meanGradients = new Float64Array(channels);
  for (const [i, g] of gradient.entries()) meanGradients[i % channels]! += g / area;
  return sumOverFilters(activations, area, channels, (_, k) => meanGradients[k]!);
}

/** HiResCAM (Draelos and Carin 2020, arXiv:2011.08891) at the last convolution: sum of gradient * map, pixel by pixel. */
function makeHiResCam({ activations, side, channels }: HeadInput, gradient: Float32Array): Float32Array<ArrayBuffer> {
  return sumOverFilters(activations, side * side, channels, (at) => gradient[at]!);
}

/** @param weigh - the factor of an activation, by its place and its filter. */
function sumOverFilters(
  activations: Float32Array,
  area: number,
  channels: number,
  weigh: (at: number, filter: number) => number,
): Float32Array<ArrayBuffer> {
  return Float32Array.from({ length: area }, (_, pixel) => {
    let sum = 0;
    for (let k = 0; k < channels; k++) {
      const at = pixel * channels + k;
      sum += weigh(at, k) * activations[at]!;
    }
    return sum;
  });
}
