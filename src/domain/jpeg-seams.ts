/**
 * A trace of damage that the codes of a JPEG do not show. DC is coded as the difference from the block before, so that one
 * that was changed shifts the brightness of all blocks behind it: to the right of it, and everywhere from the next row on.
 * The edge that this leaves runs along one row of blocks, steps down by one row where it began, and is as high all along.
 */

/** Blocks of one component in a scan that may interleave several. */
export interface CodedEdges {
  /** In the order in which the blocks are coded: their mean at the upper and at the lower edge, in grey levels. */
  readonly tops: Float32Array;
  readonly bottoms: Float32Array;
  /** Blocks in a row. */
  readonly wide: number;
  /** Blocks across and down in a minimum coded unit. */
  readonly across: number;
  readonly down: number;
  /** Place of the component's first block, and from each unit's to the next's. */
  readonly first: number;
  readonly step: number;
  /** How many units there are. */
  readonly units: number;
}

/**
 * How even and how high an edge must be. Of the 13,378 photos of the data folder, and of 1,800 of them enlarged 4 to 7
 * times, with signs, stripes and window frames among them, none has one of an evenness of 2; those of damage often have
 * more than 5.
 */
const LIMITS = {
  /** Mean of the steps, in their standard deviations. */
  evenness: 2,
  /** Student's t of each of the two parts. */
  t: 8,
  /** Of the two parts' heights, as a share of the lower. */
  difference: 0.4,
  /** Height of what else there is in the two rows, as a share. */
  beside: 0.3,
  /** Blocks in each part. */
  blocks: 3,
  /** A step is cut at so many times the middle one: one odd block shall not decide. */
  outlier: 12,
} as const;

/** Smallest deviation that steps are taken to have, in grey levels. */
const LEAST_DEVIATION = 0.5;

/** How far the blocks of a row of units lie above those over it, where they meet, in grey levels. */
function stepsOfRow({ tops, bottoms, wide, across, down, first, step }: CodedEdges, row: number, steps: Float32Array): void {
  const below = row * (wide / across) * step + first;
  const above = below - (wide / across) * step + (down - 1) * across;
  for (let x = 0; x < wide; x++) {
    const at = Math.floor(x / across) * step + (x % across);
    steps[x] = tops[below + at]! - bottoms[above + at]!;
  }
}

/** The middle size of the steps, of every row's fourth. */
function middleStep(edges: CodedEdges, high: number): number {
  const sizes: number[] = [];
  const steps = new Float32Array(edges.wide);
  for (let row = 1; row < high; row++) {
    stepsOfRow(edges, row, steps);
    for (let x = row & 3; x < edges.wide; x += 4) sizes.push(Math.abs(steps[x]!));
  }
  return Float64Array.from(sizes).sort()[sizes.length >> 1] ?? 0;
}

/** [n + 1]: sums over the first values, and over their squares. */
interface Sums {
  readonly values: Float64Array;
  readonly squares: Float64Array;
}

function sumUp(steps: Float32Array, limit: number): Sums {
  const values = new Float64Array(steps.length + 1);
  const squares = new Float64Array(steps.length + 1);
  for (let i = 0; i < steps.length; i++) {
    const step = Math.max(-limit, Math.min(limit, steps[i]!));
    values[i + 1] = values[i]! + step;
    squares[i + 1] = squares[i]! + step * step;
  }
  return { values, squares };
}

function meanOf({ values }: Sums, from: number, to: number): number {
  return (values[to]! - values[from]!) / (to - from);
}

/** Size of the mean in standard deviations, of which one is `least` or more. */
function evennessOf(sums: Sums, from: number, to: number, least: number): number {
  const mean = meanOf(sums, from, to);
  const variance = (sums.squares[to]! - sums.squares[from]!) / (to - from) - mean * mean;
  return Math.abs(mean) / Math.max(least, Math.sqrt(Math.max(0, variance)));
}

/** Whether the edge lies over `row` from block x on, and over `next`, the row that follows, before it. */
function isSeam(row: Sums, next: Sums, x: number, wide: number, leastHeight: number, leastDeviation: number): boolean {
  const [right, left] = [meanOf(row, x, wide), meanOf(next, 0, x)];
  const height = Math.min(Math.abs(right), Math.abs(left));
  if (right * left <= 0 || height < leastHeight || Math.abs(right - left) > LIMITS.difference * height) return false;
  const beside = Math.max(meanOf(row, 0, x) * Math.sign(right), meanOf(next, x, wide) * Math.sign(right));
  if (beside > LIMITS.beside * height) return false;
  const ofRight = evennessOf(row, x, wide, leastDeviation);
  const ofLeft = evennessOf(next, 0, x, leastDeviation);
  const t = Math.min(ofRight * Math.sqrt(wide - x), ofLeft * Math.sqrt(x));
  return Math.min(ofRight, ofLeft) > LIMITS.evenness && t > LIMITS.t;
}

/** @param leastHeight - In grey levels: steps of less may be what is left of rounding. */
export function hasSeam(edges: CodedEdges, leastHeight: number): boolean {
  const { wide, across, units } = edges;
  const high = Math.floor((units * across) / wide);
  const leastDeviation = Math.max(LEAST_DEVIATION, middleStep(edges, high));
  const steps = new Float32Array(wide);
  let above: Sums | null = null;
  for (let row = 1; row < high; row++) {
    stepsOfRow(edges, row, steps);
    const sums = sumUp(steps, LIMITS.outlier * leastDeviation);
    for (let x = LIMITS.blocks; above !== null && x <= wide - LIMITS.blocks; x++) {
      if (x % across === 0 && isSeam(above, sums, x, wide, leastHeight, leastDeviation)) return true;
    }
    above = sums;
  }
  return false;
}
