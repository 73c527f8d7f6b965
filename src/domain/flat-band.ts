/** A band of one colour across the picture: what a decoder leaves of missing data, or a screenshot's bar. */

/**
 * Limits of a band, set on the 10,275 training and validation pictures of lesions (default crop; 7,375 of HAM10000, 2,356 of
 * ISIC's MSK and UDA, 544 phone photos of PAD-UFES-20): one has a band, two black bars. Of 1,200 pictures of other things four
 * have one: bars and plain grounds. Of 300 lesion pictures filled with grey 128 from 60-95 % of their blocks on, as a decoder
 * leaves a file that was cut off, 241 have at least 6 % of grey in the square. 237 of these are found, 238 after saving at JPEG
 * quality 50-90, 231 if enlarged threefold before that; what is missed are skins nearly as grey, and grey that just reaches the
 * limit. Made smaller than 150 px and saved at quality 75, where ripples are a tenth of the picture wide, 104 are. Filled with
 * black, white or green and saved at quality 75, all 241 are. `npx tsx tools/check-photo-analysis.ts` measures whole pictures,
 * and grey ones cut off, again.
 */
const BAND_LIMITS = {
  /** Least share of the square. */
  share: 0.06,
  /** Greatest difference of a channel from the band's mean colour: one grey level of noise, and the mean's own fraction. */
  difference: 1.5,
  /** The same near an edge, where JPEG leaves ripples of up to a block's width when a picture with a band is saved again. */
  ripple: 12,
  /** Least difference of a channel, in grey levels, between the band and what lies `EDGE_PX` beyond its edge. */
  edgeStep: 16,
  /** By how many pixels a straight edge may waver. */
  waver: 3,
  /** Least share of the edge's length that is hard and straight. */
  edgeShare: 0.8,
} as const;

/** Past the pixels in which the resampler mixes both sides. */
const EDGE_PX = 2;

export interface FlatBand {
  /** Share of the square, 0-1. */
  readonly share: number;
  /** Mean of red, green and blue, 0-255. */
  readonly color: readonly [number, number, number];
}

/** The picture as lines across: rows, or columns. */
interface Lines {
  readonly side: number;
  /** Whether the pixel `along` a `line` has the colour, but for `tolerance` in each channel. */
  readonly isLike: (line: number, along: number, color: readonly number[], tolerance: number) => boolean;
  /** Mean colour of a line. */
  readonly meanOf: (line: number) => [number, number, number];
}

function linesOf(rgb: Uint8Array, side: number, isByRow: boolean): Lines {
  const at = (line: number, along: number): number => 3 * (isByRow ? line * side + along : along * side + line);
  return {
    side,
    isLike(line, along, color, tolerance) {
      const i = at(line, along);
      return color.every((value, channel) => Math.abs(rgb[i + channel]! - value) <= tolerance);
    },
    meanOf(line) {
      const sum: [number, number, number] = [0, 0, 0];
      for (let along = 0; along < side; along++) {
        for (let channel = 0; channel < 3; channel++) sum[channel]! += rgb[at(line, along) + channel]! / side;
      }
      return sum;
    },
  };
}

/** Whether all of a line has the colour. */
function isFlat({ side, isLike }: Lines, line: number, color: readonly number[]): boolean {
  for (let along = 0; along < side; along++) if (!isLike(line, along, color, BAND_LIMITS.difference)) return false;
  return true;
}

/**
 * How much of an edge is straight but for one step, left of which it lies at one depth and right of which at another, one of
 * them 0: of a round edge little is.
 * @param depths - Pixels from the band's last full line to its edge, along the line.
 */
function straightPart(depths: readonly number[]): number {
  const deep = depths.filter((depth) => depth > BAND_LIMITS.waver).sort((a, b) => a - b);
  const step = deep[Math.floor(deep.length / 2)] ?? 0;
  const isLow = depths.map((depth) => Number(depth <= BAND_LIMITS.waver));
  const isHigh = depths.map((depth) => Number(Math.abs(depth - step) <= BAND_LIMITS.waver));
  // The step moves along the line, from its beginning.
  let [lowFirst, highFirst] = [isHigh.reduce((a, b) => a + b, 0), isLow.reduce((a, b) => a + b, 0)];
  let most = Math.max(lowFirst, highFirst);
  depths.forEach((_, i) => {
    lowFirst += isLow[i]! - isHigh[i]!;
    highFirst += isHigh[i]! - isLow[i]!;
    most = Math.max(most, lowFirst, highFirst);
  });
  return most;
}

/**
 * Follows the band beyond its last full line, pixel by pixel, where data end within a row of blocks.
 * @param step - -1 or 1: to which side.
 * @returns Pixels beyond the line; null where the edge is soft, or has more than one step, as a round one has.
 */
function followEdge({ side, isLike }: Lines, line: number, step: number, color: readonly number[]): number | null {
  const isIn = (at: number): boolean => at >= 0 && at < side;
  if (!isIn(line + step)) return 0;
  const depths: number[] = [];
  let hard = 0;
  for (let along = 0; along < side; along++) {
    let depth = 0;
    while (isIn(line + step * (depth + 1)) && isLike(line + step * (depth + 1), along, color, BAND_LIMITS.ripple)) depth++;
    depths.push(depth);
    const beyond = Math.min(side - 1, Math.max(0, line + step * (depth + EDGE_PX)));
    if (!isLike(beyond, along, color, BAND_LIMITS.edgeStep)) hard++;
  }
  if (Math.min(hard, straightPart(depths)) < BAND_LIMITS.edgeShare * side) return null;
  return depths.reduce((a, b) => a + b, 0);
}

function largestOf(lines: Lines): FlatBand | null {
  const { side } = lines;
  let largest: FlatBand | null = null;
  for (let first = 0; first < side; first++) {
    const color = lines.meanOf(first);
    let end = first;
    while (end < side && isFlat(lines, end, color)) end++;
    if (end === first) continue;
    const before = followEdge(lines, first, -1, color);
    const after = followEdge(lines, end - 1, 1, color);
    const share = before === null || after === null ? 0 : ((end - first) * side + before + after) / (side * side);
    if (end - first < side && share >= Math.max(BAND_LIMITS.share, largest?.share ?? 0)) largest = { share, color };
    first = end - 1;
  }
  return largest;
}

/**
 * The largest band of one colour that spans the picture's width or height, with straight and hard edges; null: there is none.
 * Where it begins or ends within a row of blocks, one step in its edge is allowed; a dermoscope's round surround is no band.
 * @param rgb - RGB bytes [side, side, 3].
 */
export function flatBandOf(rgb: Uint8Array): FlatBand | null {
  const side = Math.sqrt(rgb.length / 3);
  const [rows, columns] = [largestOf(linesOf(rgb, side, true)), largestOf(linesOf(rgb, side, false))];
  if (rows === null || columns === null) return rows ?? columns;
  return rows.share >= columns.share ? rows : columns;
}
