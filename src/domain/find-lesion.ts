/**
 * Proposes a square around a lesion by its colour: no learning, nothing that could not be said in a sentence. The photo's
 * border shows skin; what differs from its colour, is in one piece and not far from the middle is taken for the lesion.
 */
import { clampCrop } from './crop';
import type { SourcePx, SourceSize, SquareCrop } from './geometry';
import { rgbToLab } from './lab-colour';

/** Longest side of the small copy that is looked at. */
export const THUMBNAIL_PX = 160;

/** Why no square is proposed. */
export type NotFoundReason = 'too-small-photo' | 'no-skin-border' | 'no-clear-spot' | 'fills-photo' | 'several-spots';

/** A small copy of a photo. */
export interface Thumbnail {
  readonly width: number;
  readonly height: number;
  /** [height, width, 4], 0-255, opaque. */
  readonly rgba: Uint8ClampedArray<ArrayBuffer> | Uint8Array<ArrayBuffer>;
  /** Of the photo itself. */
  readonly source: SourceSize;
}

export interface FoundLesion {
  readonly found: true;
  /** In the photo's own pixels. */
  readonly crop: SquareCrop;
  /** The box around the spot itself, as shares (0-1) of the photo's width and height. */
  readonly spot: { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number };
  /** Share of the photo that the spot covers, 0-1. */
  readonly share: number;
  /** Mean colour distance (CIE76 Delta E) of the spot from the border's median colour. */
  readonly deltaE: number;
}

export type LesionProposal = FoundLesion | { readonly found: false; readonly reason: NotFoundReason };

/**
 * The numbers below were set on 1,500 HAM10000 training and validation pictures with masks and 544 phone photos of
 * PAD-UFES-20; `npx tsx tools/check-photo-analysis.ts` measures what they give.
 */
const LIMITS = {
  /** Shorter side of the copy, in its pixels. */
  minSidePx: 16,
  /** L* below which a pixel that is joined to the edge belongs to a dermoscope's dark surround. */
  surroundLightness: 25,
  /** Width of the border whose median is "skin", as a share of the short side. */
  borderShare: 0.06,
  /** Share of the picture that may be surround before nothing is left to compare with. */
  maxSurroundShare: 0.8,
  /** Least mean Delta E between spot and border; 2.3 is just noticeable side by side (Mahy et al. 1994). */
  minDeltaE: 9,
  /** Least share of the photo that a spot covers. */
  minShare: 0.002,
  /** The runner-up may weigh at most this share of the spot. */
  maxRivalShare: 0.6,
  /** A spot's own box may span at most this share of the photo's short side. */
  maxSpan: 0.95,
  /** Added on each side, as a share of the spot's longer side. */
  margin: 0.3,
} as const;

/**
 * 1. Dark surround joined to the edge is set aside (dermoscopes). 2. Every pixel's distance in CIELAB from the median
 * colour along the edge, smoothed against hairs. 3. Otsu's threshold (Otsu 1979) parts spot from skin. 4. The largest
 * piece, where what lies near the middle counts for more. 5. The square around it, with a margin.
 * @returns The square in source pixels, or why there is none. Never throws on any picture.
 */
export function findLesion(thumbnail: Thumbnail): LesionProposal {
  const { width, height, source } = thumbnail;
  const segments = segment(thumbnail);
  if ('found' in segments) return segments;
  const [spot, rival] = segments.pieces;
  if (spot === undefined || spot.deltaE < LIMITS.minDeltaE || spot.pixels.length < LIMITS.minShare * width * height) {
    return none('no-clear-spot');
  }
  const side = Math.max(spot.right - spot.left, spot.bottom - spot.top);
  if (side > LIMITS.maxSpan * Math.min(width, height)) return none('fills-photo');
  if (rival !== undefined && rival.weight > LIMITS.maxRivalShare * spot.weight) return none('several-spots');
  return {
    found: true,
    crop: squareAround(spot, side, source, width),
    spot: { left: spot.left / width, top: spot.top / height, right: spot.right / width, bottom: spot.bottom / height },
    share: spot.pixels.length / (width * height),
    deltaE: spot.deltaE,
  };
}

/** Where what was taken for the lesion lies, and the dark surround of a dermoscope: [height, width], 1 where it is. */
export interface LesionMasks {
  /** Empty where nothing differs from the skin round it. */
  readonly lesion: Uint8Array;
  readonly surround: Uint8Array;
}

/** The same look at a picture as `findLesion`, but pixel by pixel; a lesion that fills the picture is one too. */
export function markLesion(thumbnail: Pick<Thumbnail, 'width' | 'height' | 'rgba'>): LesionMasks {
  const { width, height } = thumbnail;
  const lesion = new Uint8Array(width * height);
  const segments = segment(thumbnail);
  if ('found' in segments) return { lesion, surround: new Uint8Array(width * height) };
  const [spot] = segments.pieces;
  if (spot !== undefined && spot.deltaE >= LIMITS.minDeltaE) for (const i of spot.pixels) lesion[i] = 1;
  return { lesion, surround: segments.surround };
}

interface Segments {
  /** The heaviest first. */
  readonly pieces: readonly Piece[];
  readonly surround: Uint8Array;
}

function segment({ width, height, rgba }: Pick<Thumbnail, 'width' | 'height' | 'rgba'>): Segments | ReturnType<typeof none> {
  if (Math.min(width, height) < LIMITS.minSidePx || rgba.length < width * height * 4) return none('too-small-photo');
  const lab = labOf(rgba, width * height);
  const surround = markSurround(lab, width, height);
  const outsideCount = surround.reduce((n, isOutside) => n + isOutside, 0);
  if (outsideCount > LIMITS.maxSurroundShare * width * height) return none('no-skin-border');
  const borderPx = Math.max(2, Math.round(LIMITS.borderShare * Math.min(width, height)));
  const skin = medianLab(lab, nearEdge(surround, width, height, borderPx));
  if (skin === null) return none('no-skin-border');
  const distance = smooth(smooth(distances(lab, skin, surround), surround, width, height), surround, width, height);
  const threshold = otsuThreshold(distance.filter((_, i) => surround[i] === 0));
  const pieces = findPieces(distance, threshold, surround, width, height).sort((a, b) => b.weight - a.weight);
  return { pieces, surround };
}

function none(reason: NotFoundReason): { readonly found: false; readonly reason: NotFoundReason } {
  return { found: false, reason };
}

/** [n, 3]: L*, a*, b*. */
function labOf(rgba: Thumbnail['rgba'], count: number): Float32Array {
  const lab = new Float32Array(count * 3);
  for (let i = 0; i < count; i++) lab.set(rgbToLab(rgba[i * 4]!, rgba[i * 4 + 1]!, rgba[i * 4 + 2]!), i * 3);
  return lab;
}

/** 1 where a dark pixel is joined to the edge by dark pixels. */
function markSurround(lab: Float32Array, width: number, height: number): Uint8Array {
  const surround = new Uint8Array(width * height);
  const queue: number[] = [];
  const visit = (i: number): void => {
    if (surround[i] === 0 && lab[i * 3]! < LIMITS.surroundLightness) {
      surround[i] = 1;
      queue.push(i);
    }
  };
  for (let x = 0; x < width; x++) {
    visit(x);
    visit((height - 1) * width + x);
  }
  for (let y = 0; y < height; y++) {
    visit(y * width);
    visit(y * width + width - 1);
  }
  for (let i = queue.pop(); i !== undefined; i = queue.pop()) forNeighbours(i, width, height, visit);
  return surround;
}

function forNeighbours(i: number, width: number, height: number, visit: (neighbour: number) => void): void {
  const x = i % width;
  if (x > 0) visit(i - 1);
  if (x < width - 1) visit(i + 1);
  if (i >= width) visit(i - width);
  if (i < width * (height - 1)) visit(i + width);
}

/** Indices of the pixels that are at most `within` steps from the photo's edge or from the surround, and not in it. */
function nearEdge(surround: Uint8Array, width: number, height: number, within: number): number[] {
  const steps = new Int32Array(width * height).fill(-1);
  let front: number[] = [];
  for (let i = 0; i < steps.length; i++) {
    const x = i % width;
    const isEdge = x === 0 || x === width - 1 || i < width || i >= width * (height - 1);
    if (surround[i] === 1) steps[i] = 0;
    else if (isEdge) steps[i] = 1;
    if (steps[i]! >= 0) front.push(i);
  }
  // All that is 0 steps away goes before what is 1 away.
  front.sort((a, b) => steps[a]! - steps[b]!);
  while (front.length > 0) {
    const next: number[] = [];
    for (const i of front) {
      if (steps[i]! >= within) continue;
      forNeighbours(i, width, height, (n) => {
        if (steps[n] === -1) {
          steps[n] = steps[i]! + 1;
          next.push(n);
        }
      });
    }
    front = next;
  }
  const near: number[] = [];
  steps.forEach((step, i) => {
    if (step > 0) near.push(i);
  });
  return near;
}

/** Channel by channel; null where there is no pixel. */
function medianLab(lab: Float32Array, pixels: readonly number[]): readonly [number, number, number] | null {
  if (pixels.length === 0) return null;
  const median = (channel: number): number => {
    const sorted = Float32Array.from(pixels, (i) => lab[i * 3 + channel]!).sort();
    return sorted[sorted.length >> 1]!;
  };
  return [median(0), median(1), median(2)];
}

/** CIE76: the straight distance in CIELAB; 0 in the surround. */
function distances(lab: Float32Array, [l, a, b]: readonly [number, number, number], surround: Uint8Array): Float32Array {
  return Float32Array.from(surround, (isOutside, i) =>
    isOutside === 1 ? 0 : Math.sqrt((lab[i * 3]! - l) ** 2 + (lab[i * 3 + 1]! - a) ** 2 + (lab[i * 3 + 2]! - b) ** 2),
  );
}

/** Mean of 3x3, of what is neither outside the photo nor in the surround. */
function smooth(values: Float32Array, surround: Uint8Array, width: number, height: number): Float32Array {
  return values.map((value, i) => {
    if (surround[i] === 1) return value;
    const x = i % width;
    const y = (i - x) / width;
    let sum = 0;
    let count = 0;
    for (let row = Math.max(0, y - 1); row <= Math.min(height - 1, y + 1); row++) {
      for (let column = Math.max(0, x - 1); column <= Math.min(width - 1, x + 1); column++) {
        const at = row * width + column;
        if (surround[at] === 1) continue;
        sum += values[at]!;
        count++;
      }
    }
    return sum / count;
  });
}

const BINS = 256;

/**
 * Otsu, A threshold selection method from gray-level histograms (IEEE Trans. SMC 9(1), 1979): the cut that makes the
 * variance between both sides greatest.
 * @returns Values above it are the upper class; the greatest value where all are equal.
 */
export function otsuThreshold(values: Float32Array): number {
  let top = 0;
  for (const value of values) top = Math.max(top, value);
  if (top === 0) return 0;
  const histogram = new Float64Array(BINS);
  for (const value of values) {
    const bin = Math.min(BINS - 1, Math.floor((value / top) * BINS));
    histogram[bin] = histogram[bin]! + 1;
  }
  const total = values.length;
  const sum = histogram.reduce((s, count, bin) => s + count * bin, 0);
  let [below, belowSum, best, bestVariance] = [0, 0, BINS - 1, 0];
  for (let bin = 0; bin < BINS - 1; bin++) {
    below += histogram[bin]!;
    belowSum += histogram[bin]! * bin;
    const above = total - below;
    if (below === 0 || above === 0) continue;
    const variance = below * above * (belowSum / below - (sum - belowSum) / above) ** 2;
    if (variance > bestVariance) [best, bestVariance] = [bin, variance];
  }
  return ((best + 1) / BINS) * top;
}

interface Piece {
  /** Where its pixels lie. */
  readonly pixels: readonly number[];
  /** Mean distance from the skin's colour. */
  readonly deltaE: number;
  /** Pixels, those near the photo's middle counting for more. */
  readonly weight: number;
  /** Box around the piece; right and bottom are exclusive. */
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** What is joined (4 neighbours) and above the threshold. */
function findPieces(distance: Float32Array, threshold: number, surround: Uint8Array, width: number, height: number): Piece[] {
  const seen = Uint8Array.from(distance, (d, i) => (d > threshold && surround[i] === 0 ? 0 : 1));
  const pieces: Piece[] = [];
  for (let start = 0; start < seen.length; start++) {
    if (seen[start] === 1) continue;
    seen[start] = 1;
    const pixels = [start];
    for (let k = 0; k < pixels.length; k++) {
      forNeighbours(pixels[k]!, width, height, (n) => {
        if (seen[n] === 1) return;
        seen[n] = 1;
        pixels.push(n);
      });
    }
    pieces.push(describePiece(pixels, distance, width, height));
  }
  return pieces;
}

function describePiece(pixels: readonly number[], distance: Float32Array, width: number, height: number): Piece {
  let [left, top, right, bottom] = [width, height, 0, 0];
  let [weight, deltaE] = [0, 0];
  for (const i of pixels) {
    const x = i % width;
    const y = (i - x) / width;
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x + 1);
    bottom = Math.max(bottom, y + 1);
    deltaE += distance[i]!;
    // 1 in the middle, about 0.14 at the middle of an edge, 0.02 in a corner.
    const [u, v] = [(2 * (x + 0.5)) / width - 1, (2 * (y + 0.5)) / height - 1];
    weight += Math.exp(-2 * (u * u + v * v));
  }
  return { pixels, deltaE: deltaE / pixels.length, weight, left, top, right, bottom };
}

function squareAround({ left, top, right, bottom }: Piece, side: number, source: SourceSize, width: number): SquareCrop {
  const scale = source.width / width;
  // Shrunk to the photo before it is placed: it keeps the spot in its middle.
  const size = Math.min(side * (1 + 2 * LIMITS.margin), Math.min(source.width, source.height) / scale);
  const whole = (px: number): SourcePx => Math.round(px * scale) as SourcePx;
  return clampCrop({ x: whole((left + right - size) / 2), y: whole((top + bottom - size) / 2), size: whole(size) }, source);
}
