/**
 * The camera's coach: measures a small copy of what the ring shows and says what stands in the way of a good photo, the
 * most important thing first. Pure: the caller brings pixels and the time.
 */
import { findLesion, type LesionProposal } from './find-lesion';
import type { SourcePx } from './geometry';
import { laplacianAt, lumaOf } from './luma';

/** Side of the copy that is measured: what the network sees of a photo. */
export const COACH_SIDE_PX = 128;
/** Time between two measurements; `hold-still` counts how far the picture moves in it. */
export const COACH_INTERVAL_MS = 250;

/** What stands in the way of a good photo, in order of priority. */
export const COACH_CODES = [
  'too-dark',
  'too-bright',
  'glare',
  'blurred',
  'no-lesion',
  'too-small',
  'off-centre',
  'hold-still',
] as const;

export type CoachCode = (typeof COACH_CODES)[number];

/**
 * Set on 300 training and validation pictures each of HAM10000, of ISIC's MSK and UDA and of PAD-UFES-20 (default crop,
 * resampled to the copy's side): the quantiles named are the range over the three sets.
 */
const LIMITS = {
  /** 0.5 % lie below 76-93. */
  minMeanLuma: 75,
  /** 0.5 % lie above 200-229. */
  maxMeanLuma: 225,
  /** Share of the ring's pixels with every channel at least 250; 0.5 % of a set have more than 0-0.23 %. */
  glare: 0.005,
  /** 0.5 % lie below 8.1-9.8; what a Gaussian of 1.5 px of 128 leaves is about 6.5-10 (photo-quality.ts). */
  laplacianVariance: 8,
  /** Longer side of the spot's box, as a share of the ring's diameter; 2 % lie below 0.16-0.22. */
  minSpotSide: 0.18,
  /** From the middle of the spot's box to the ring's, as a share of the ring's diameter; 10 % lie above 0.16-0.26. */
  maxOffset: 0.22,
  /** See `shiftOf`: moving the pictures by 2 px gave 0.76-0.99 (median), by 4 px 1.4-1.5, by 8 px 1.9-2.5. */
  maxShiftPx: 1.2,
} as const;

/** Luma difference per pixel that noise alone may give between two frames, and the least gradient: flat skin never "moves". */
const NOISE_LUMA = 1.5;

export interface CoachMeasures {
  /** Mean luma (BT.601) in the ring, 0-255. */
  readonly meanLuma: number;
  /** Share of the ring's pixels that are pure white, 0-1. */
  readonly clippedBright: number;
  /** Variance of the 4-neighbour Laplacian of luma in the ring (Pech-Pacheco et al. 2000). */
  readonly laplacianVariance: number;
  /** How far the picture moved since the measurement before, in pixels of the copy, at least; 0 without one. */
  readonly shiftPx: number;
  readonly lesion: LesionProposal;
}

/** A measured copy; its luma is what the next one is compared with. */
interface CoachFrame {
  readonly measures: CoachMeasures;
  /** [side, side], 0-255. */
  readonly luma: Float32Array;
}

/** Mean and variance of some of an array's values. */
class Moments {
  #count = 0;
  #sum = 0;
  #squares = 0;

  add(value: number): void {
    this.#count++;
    this.#sum += value;
    this.#squares += value * value;
  }

  get mean(): number {
    return this.#count === 0 ? 0 : this.#sum / this.#count;
  }

  get variance(): number {
    return this.#count === 0 ? 0 : Math.max(0, this.#squares / this.#count - this.mean ** 2);
  }
}

/**
 * @param rgba - [side, side, 4], 0-255: the square that the ring touches on all four sides. Light, sharpness and movement are
 * measured inside the ring, the lesion is looked for in the square.
 * @param before - The copy before this one; null: the first.
 */
export function measureFrame(rgba: Uint8ClampedArray<ArrayBuffer>, before: Float32Array | null): CoachFrame {
  const side = Math.floor(Math.sqrt(rgba.length / 4));
  const luma = new Float32Array(side * side);
  for (let i = 0; i < luma.length; i++) luma[i] = lumaOf(rgba[4 * i]!, rgba[4 * i + 1]!, rgba[4 * i + 2]!);
  const [light, white, edges, slope] = [new Moments(), new Moments(), new Moments(), new Moments()];
  forRing(side, (i) => {
    light.add(luma[i]!);
    white.add(rgba[4 * i]! >= 250 && rgba[4 * i + 1]! >= 250 && rgba[4 * i + 2]! >= 250 ? 1 : 0);
    edges.add(laplacianAt(luma, i, side));
    slope.add(Math.hypot(luma[i + 1]! - luma[i - 1]!, luma[i + side]! - luma[i - side]!) / 2);
  });
  const measures = {
    meanLuma: light.mean,
    clippedBright: white.mean,
    laplacianVariance: edges.variance,
    shiftPx: before?.length === luma.length ? shiftOf(luma, before, side, light.mean, slope.mean) : 0,
    lesion: findLesion(halve(rgba, side)),
  };
  return { measures, luma };
}

/**
 * To first order a picture that moves by d changes by its gradient along d: mean |change| / mean |gradient| is the movement,
 * but for the angle between them (the brightness constancy of Horn and Schunck 1981); beyond the size of the picture's detail
 * it falls short. An overall change of brightness, as
 * when the camera adapts, is taken out.
 */
function shiftOf(luma: Float32Array, before: Float32Array, side: number, mean: number, slope: number): number {
  const old = new Moments();
  forRing(side, (i) => old.add(before[i]!));
  const change = new Moments();
  forRing(side, (i) => change.add(Math.abs(luma[i]! - mean - before[i]! + old.mean)));
  return Math.max(0, change.mean - NOISE_LUMA) / Math.max(NOISE_LUMA, slope);
}

/** The pixels inside the ring whose four neighbours exist, row by row. */
function forRing(side: number, visit: (index: number) => void): void {
  const radius = side / 2;
  for (let y = 1; y < side - 1; y++) {
    for (let x = 1; x < side - 1; x++) {
      if ((x + 0.5 - radius) ** 2 + (y + 0.5 - radius) ** 2 <= radius * radius) visit(y * side + x);
    }
  }
}

/** Means of 2x2: a quarter of the pixels is enough to find a spot in, and cheap. */
function halve(rgba: Uint8ClampedArray<ArrayBuffer>, side: number) {
  const half = side >> 1;
  const small = new Uint8ClampedArray(half * half * 4).fill(255);
  for (let y = 0; y < half; y++) {
    for (let x = 0; x < half; x++) {
      for (let channel = 0; channel < 3; channel++) {
        const at = (2 * y * side + 2 * x) * 4 + channel;
        small[(y * half + x) * 4 + channel] = (rgba[at]! + rgba[at + 4]! + rgba[at + side * 4]! + rgba[at + side * 4 + 4]!) / 4;
      }
    }
  }
  return { width: half, height: half, rgba: small, source: { width: half as SourcePx, height: half as SourcePx } };
}

/** How far each measure is beyond its limit: above 1 it stands in the way; 0 where it cannot be told. */
export function judgeFrame({
  meanLuma,
  clippedBright,
  laplacianVariance,
  shiftPx,
  lesion,
}: CoachMeasures): Record<CoachCode, number> {
  const tooDark = LIMITS.minMeanLuma / Math.max(1, meanLuma);
  const spot = lesion.found ? lesion.spot : null;
  const spotSide = spot === null ? 1 : Math.max(spot.right - spot.left, spot.bottom - spot.top);
  const offset = spot === null ? 0 : Math.hypot((spot.left + spot.right - 1) / 2, (spot.top + spot.bottom - 1) / 2);
  return {
    'too-dark': tooDark,
    'too-bright': meanLuma / LIMITS.maxMeanLuma,
    glare: clippedBright / LIMITS.glare,
    blurred: LIMITS.laplacianVariance / Math.max(0.01, laplacianVariance),
    // What else `findLesion` may say (several spots, a spot that fills the photo) is no fault of the framing.
    'no-lesion': !lesion.found && lesion.reason === 'no-clear-spot' ? 2 : 0,
    'too-small': LIMITS.minSpotSide / Math.max(0.001, spotSide),
    'off-centre': offset / LIMITS.maxOffset,
    'hold-still': shiftPx / LIMITS.maxShiftPx,
  };
}
