/**
 * Whether a photo shows enough for a score to mean anything. The limits are so wide that hardly any real lesion photo
 * meets one; they catch black frames, blank walls and thumbnails.
 */
import { flatBandOf, type FlatBand } from './flat-band';
import type { SquareCrop } from './geometry';
import { laplacianAt, lumaOf } from './luma';

/** Why no verdict is given. */
export type ReasonCode = 'low-resolution' | 'too-dark' | 'too-bright' | 'no-contrast' | 'unlike-training' | 'views-disagree';

/** What a person should know of a photo that still gets its verdict. */
export type NoteCode =
  | 'blurred'
  | 'underexposed'
  | 'overexposed'
  | 'clipped-highlights'
  | 'clipped-shadows'
  | 'few-pixels'
  | 'dark-corners'
  | 'flat-band'
  | 'pixel-noise';

/** Side of the crop below which detail was invented by enlarging, in source pixels. */
const MIN_CROP_SIDE_PX = 48;
/**
 * Mean luma limits and least deviation, 0-255. Of the 11,878 lesion images of the data folder (default crop) none meets
 * one: means lie in 45.8-241.1, deviations at or above 3.6.
 */
const MIN_MEAN_LUMA = 35;
const MAX_MEAN_LUMA = 247;
const MIN_LUMA_DEVIATION = 3;

/**
 * Limits of the notes, set on the training and validation pictures (default crop): 1,500 each of HAM10000 and of ISIC's MSK
 * and UDA, 544 phone photos of PAD-UFES-20. Each is met by 0-1.4 % of a set. `npx tsx tools/check-photo-analysis.ts`
 * measures them again.
 */
const NOTE_LIMITS = {
  /** 0.5 % of a set lie below 7.8-8.5. Blurred by a Gaussian of 1.5 px of 128, 95 % lie below 6.5-10.3; of 2 px, 3.0-4.1. */
  laplacianVariance: 7,
  /** 0.5 % lie below 85-100. */
  minMeanLuma: 85,
  /** 0.5 % lie above 202-227. */
  maxMeanLuma: 225,
  /** Share of pixels; 1 % of a set have more than 0-1.7 %. */
  clippedBright: 0.01,
  /** Share of pixels; 0.5 % of a set have more than 0-6 %, those with dark corners. */
  clippedDark: 0.02,
  /** Share of the second darkest corner; 1 % of a set have more than 5-32 %. */
  darkCorners: 0.15,
} as const;

/** Luma below which a pixel of a corner is dark. */
const DARK_CORNER_LUMA = 50;

export interface PhotoMeasures {
  /** Mean and standard deviation of luma, 0-255. */
  readonly meanLuma: number;
  readonly lumaDeviation: number;
  /** Shares, 0-1, of pixels without detail: every channel at most 5, every channel at least 250. */
  readonly clippedDark: number;
  readonly clippedBright: number;
  /** Variance of the 4-neighbour Laplacian of luma, a measure of sharpness (Pech-Pacheco et al. 2000). */
  readonly laplacianVariance: number;
  /**
   * How dark the corners are, as a dermoscope's surround leaves them: of the four (what lies outside the inscribed circle)
   * the second darkest's share of dark pixels, 0-1. One dark corner alone may be a lesion's.
   */
  readonly darkCorners: number;
  /** Side of the crop in source pixels. */
  readonly cropSidePx: number;
}

interface PhotoQuality {
  readonly measures: PhotoMeasures;
  /** Why no verdict is given; empty: one is. */
  readonly reasons: readonly ReasonCode[];
  /** What else the person should know. They change no verdict; a note that a reason says louder is left out. */
  readonly notes: readonly NoteCode[];
}

function lumaOfPixels(rgb: Uint8Array): Float64Array {
  const luma = new Float64Array(rgb.length / 3);
  for (let i = 0; i < luma.length; i++) luma[i] = lumaOf(rgb[3 * i]!, rgb[3 * i + 1]!, rgb[3 * i + 2]!);
  return luma;
}

function meanAndVariance(values: Float64Array): { mean: number; variance: number } {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  return { mean, variance: values.reduce((a, b) => a + (b - mean) ** 2, 0) / values.length };
}

function shareOfPixels(rgb: Uint8Array, holds: (byte: number) => boolean): number {
  let count = 0;
  for (let i = 0; i < rgb.length; i += 3) if (holds(rgb[i]!) && holds(rgb[i + 1]!) && holds(rgb[i + 2]!)) count++;
  return count / (rgb.length / 3);
}

function laplacianOfInner(luma: Float64Array, side: number): Float64Array {
  const inner = side - 2;
  return Float64Array.from({ length: inner * inner }, (_, i) => {
    const at = (Math.floor(i / inner) + 1) * side + (i % inner) + 1;
    return laplacianAt(luma, at, side);
  });
}

/** See `PhotoMeasures.darkCorners`. */
function darkShareOfCorners(luma: Float64Array, side: number): number {
  const middle = (side - 1) / 2;
  const pixels = [0, 0, 0, 0];
  const dark = [0, 0, 0, 0];
  luma.forEach((value, i) => {
    const x = (i % side) - middle;
    const y = Math.floor(i / side) - middle;
    if (x * x + y * y <= (side / 2) ** 2) return;
    const corner = (x > 0 ? 1 : 0) + (y > 0 ? 2 : 0);
    pixels[corner]!++;
    if (value < DARK_CORNER_LUMA) dark[corner]!++;
  });
  return dark.map((count, corner) => count / pixels[corner]!).sort((a, b) => b - a)[1]!;
}

interface NoteFacts {
  readonly measures: PhotoMeasures;
  readonly reasons: readonly ReasonCode[];
  /** Side of the picture that the network sees, in pixels. */
  readonly inputSide: number;
  readonly pixelNoise: number;
  readonly flatBand: FlatBand | null;
}

function noteQuality({ measures, reasons, inputSide, pixelNoise, flatBand }: NoteFacts): NoteCode[] {
  const hasReason = (code: ReasonCode): boolean => reasons.includes(code);
  const hasDarkCorners = measures.darkCorners > NOTE_LIMITS.darkCorners;
  const isEnlarged = measures.cropSidePx < inputSide;
  // What a black or a white band does to the light is no fault of the exposure.
  const bandLuma = flatBand === null ? null : lumaOf(...flatBand.color);
  const isBandDark = bandLuma !== null && bandLuma < NOTE_LIMITS.minMeanLuma;
  const isBandBright = bandLuma !== null && bandLuma > NOTE_LIMITS.maxMeanLuma;
  const isBlurred = measures.laplacianVariance < NOTE_LIMITS.laplacianVariance;
  const found: Record<NoteCode, boolean> = {
    // Nothing can be sharp where there is nothing, and what was enlarged never is: another note, or a reason, says so.
    blurred: isBlurred && reasons.length === 0 && !isEnlarged,
    underexposed: measures.meanLuma < NOTE_LIMITS.minMeanLuma && !isBandDark && !hasReason('too-dark'),
    overexposed: measures.meanLuma > NOTE_LIMITS.maxMeanLuma && !isBandBright && !hasReason('too-bright'),
    'clipped-highlights': measures.clippedBright > NOTE_LIMITS.clippedBright && !isBandBright && !hasReason('too-bright'),
    // A dermoscope's surround is black, and no fault of the exposure.
    'clipped-shadows': measures.clippedDark > NOTE_LIMITS.clippedDark && !hasDarkCorners && !isBandDark && !hasReason('too-dark'),
    'few-pixels': isEnlarged && !hasReason('low-resolution'),
    'dark-corners': hasDarkCorners && !isBandDark && !hasReason('too-dark'),
    'flat-band': flatBand !== null,
    'pixel-noise': pixelNoise > 0,
  };
  return (Object.keys(found) as NoteCode[]).filter((code) => found[code]);
}

/**
 * Measures the picture that the network sees.
 * @param inputRgb - RGB bytes [side, side, 3].
 * @param pixelNoise - How far the browser alters what is read, in grey levels.
 */
export function assessPhoto(inputRgb: Uint8Array, crop: SquareCrop, pixelNoise = 0): PhotoQuality {
  const luma = lumaOfPixels(inputRgb);
  const side = Math.sqrt(luma.length);
  const { mean, variance } = meanAndVariance(luma);
  const measures: PhotoMeasures = {
    meanLuma: mean,
    lumaDeviation: Math.sqrt(variance),
    clippedDark: shareOfPixels(inputRgb, (byte) => byte <= 5),
    clippedBright: shareOfPixels(inputRgb, (byte) => byte >= 250),
    laplacianVariance: meanAndVariance(laplacianOfInner(luma, side)).variance,
    darkCorners: darkShareOfCorners(luma, side),
    cropSidePx: crop.size,
  };
  const reasons: ReasonCode[] = [];
  if (crop.size < MIN_CROP_SIDE_PX) reasons.push('low-resolution');
  if (mean < MIN_MEAN_LUMA) reasons.push('too-dark');
  if (mean > MAX_MEAN_LUMA) reasons.push('too-bright');
  if (measures.lumaDeviation < MIN_LUMA_DEVIATION) reasons.push('no-contrast');
  const notes = noteQuality({ measures, reasons, inputSide: side, pixelNoise, flatBand: flatBandOf(inputRgb) });
  return { measures, reasons, notes };
}
