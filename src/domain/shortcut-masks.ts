/**
 * What a network may lean on that is no lesion: marks that come with how a picture was taken (Winkler et al. 2019,
 * doi:10.1001/jamadermatol.2019.1735; Bissoto et al. 2019, arXiv:1904.08818). Each is found by a rule that fits in a sentence.
 */
import { markLesion } from './find-lesion';
import { rgbToLab } from './lab-colour';
import { lumaOf } from './luma';

/** lines: hairs and marks of a ruler. ink: blue, green or violet. border: a dark surround, else the outermost part. */
export const SHORTCUTS = ['lines', 'ink', 'border', 'lesion'] as const;
export type Shortcut = (typeof SHORTCUTS)[number];

const LIMITS = {
  /** Lines up to this width are found, in pixels of a picture of 128. */
  lineWidth: 7,
  /** How much darker than its sides a line is, in grey levels. */
  lineDepth: 20,
  /** Least extent of a line, in pixels of a picture of 128. */
  lineExtent: 14,
  /** A line has at most so many pixels for each of its extent. */
  lineFullness: 4.5,
  /** Least chroma of ink in CIELAB; skin and pigment are red to yellow, and blue-grey veils hardly have any. */
  inkChroma: 16,
  /** Least share of the picture that is called a surround. */
  surroundShare: 0.01,
  /** Without a surround: this share of the side, all round. */
  marginShare: 0.08,
} as const;

/**
 * Where one of them lies in a square picture.
 * @param rgb - RGB bytes [side, side, 3].
 * @returns Mask [side, side], 1 where it is; all 0 where there is none of it.
 */
export function markShortcut(rgb: Uint8Array, side: number, shortcut: Shortcut): Uint8Array {
  const found = markLesion({ width: side, height: side, rgba: toRgba(rgb) });
  const scale = side / 128;
  if (shortcut === 'lesion') return dilate(found.lesion, side, Math.ceil(3 * scale));
  // A dark hair that reaches the edge is joined to it too, but thin.
  const thick = dilate(erode(found.surround, side, Math.ceil(3 * scale)), side, Math.ceil(12 * scale));
  const surround = found.surround.map((value, i) => value * thick[i]!);
  if (shortcut === 'border') return dilate(borderOf(surround, side), side, 1);
  // What lies in the dark surround, or at its edge, is neither line nor ink.
  const nearSurround = dilate(surround, side, Math.ceil(3 * scale));
  return shortcut === 'lines'
    ? dilate(without(markLines(rgb, side, scale), nearSurround), side, 1)
    : dilate(without(markInk(rgb, side), nearSurround), side, Math.ceil(scale));
}

function toRgba(rgb: Uint8Array): Uint8ClampedArray<ArrayBuffer> {
  const rgba = new Uint8ClampedArray((rgb.length / 3) * 4).fill(255);
  for (let i = 0; i < rgb.length / 3; i++) rgba.set(rgb.subarray(3 * i, 3 * i + 3), 4 * i);
  return rgba;
}

function without(mask: Uint8Array, other: Uint8Array): Uint8Array {
  return mask.map((value, i) => (other[i] === 1 ? 0 : value));
}

/**
 * A closing with a short line across fills what is thin and dark (Lee et al. 1997, "DullRazor",
 * doi:10.1016/S0010-4825(97)00020-6); of what it fills the long and slender pieces are lines.
 */
function markLines(rgb: Uint8Array, side: number, scale: number): Uint8Array {
  const luma = Float32Array.from({ length: side * side }, (_, i) => lumaOf(rgb[3 * i]!, rgb[3 * i + 1]!, rgb[3 * i + 2]!));
  const reach = Math.ceil((LIMITS.lineWidth * scale) / 2);
  const thin = new Uint8Array(side * side);
  for (const [dx, dy] of [
    [1, 0],
    [0, 1],
    [1, 1],
    [1, -1],
  ] as const) {
    const closed = rank(rank(luma, side, dx, dy, reach, Math.max), side, dx, dy, reach, Math.min);
    closed.forEach((value, i) => {
      if (value - luma[i]! > LIMITS.lineDepth) thin[i] = 1;
    });
  }
  const lines = new Uint8Array(side * side);
  for (const piece of piecesOf(thin, side)) {
    const extent = extentOf(piece, side);
    if (extent >= LIMITS.lineExtent * scale && piece.length <= extent * LIMITS.lineFullness * Math.max(1, scale)) {
      for (const i of piece) lines[i] = 1;
    }
  }
  return lines;
}

/** The greatest or the least value along a short line through each pixel. */
function rank(
  values: Float32Array,
  side: number,
  dx: number,
  dy: number,
  reach: number,
  pick: (a: number, b: number) => number,
): Float32Array {
  return values.map((own, i) => {
    const [x, y] = [i % side, Math.floor(i / side)];
    let best = own;
    for (let step = -reach; step <= reach; step++) {
      const [column, row] = [x + step * dx, y + step * dy];
      if (column >= 0 && column < side && row >= 0 && row < side) best = pick(best, values[row * side + column]!);
    }
    return best;
  });
}

/** Pixels that are joined, corners too. */
function piecesOf(mask: Uint8Array, side: number): readonly (readonly number[])[] {
  const left = new Uint8Array(mask);
  const pieces: number[][] = [];
  for (let start = 0; start < left.length; start++) {
    if (left[start] === 0) continue;
    left[start] = 0;
    const piece = [start];
    for (let k = 0; k < piece.length; k++) {
      forSquareAround(piece[k]!, side, 1, (n) => {
        if (left[n] === 0) return;
        left[n] = 0;
        piece.push(n);
      });
    }
    pieces.push(piece);
  }
  return pieces;
}

/** The longer side of the box around it, in pixels. */
function extentOf(piece: readonly number[], side: number): number {
  const columns = piece.map((i) => i % side);
  const rows = piece.map((i) => Math.floor(i / side));
  return 1 + Math.max(spread(columns), spread(rows));
}

function spread(values: readonly number[]): number {
  const [low, high] = values.reduce(([a, b], v) => [Math.min(a, v), Math.max(b, v)], [Infinity, -Infinity]);
  return high - low;
}

function markInk(rgb: Uint8Array, side: number): Uint8Array {
  return Uint8Array.from({ length: side * side }, (_, i) => {
    const [, a, b] = rgbToLab(rgb[3 * i]!, rgb[3 * i + 1]!, rgb[3 * i + 2]!);
    const isCool = b < -4 || a < -4;
    return isCool && Math.hypot(a, b) >= LIMITS.inkChroma ? 1 : 0;
  });
}

function borderOf(surround: Uint8Array, side: number): Uint8Array {
  const count = surround.reduce((sum, isOutside) => sum + isOutside, 0);
  if (count >= LIMITS.surroundShare * surround.length) return surround;
  const margin = Math.round(LIMITS.marginShare * side);
  return surround.map((_, i) => {
    const [x, y] = [i % side, Math.floor(i / side)];
    return Math.min(x, y, side - 1 - x, side - 1 - y) < margin ? 1 : 0;
  });
}

/** Shrunk by so many pixels; beyond the picture's edge everything counts as inside. */
function erode(mask: Uint8Array, side: number, by: number): Uint8Array {
  return invert(dilate(invert(mask), side, by));
}

function invert(mask: Uint8Array): Uint8Array {
  return mask.map((value) => 1 - value);
}

/** Grown by so many pixels, as a square grows. */
function dilate(mask: Uint8Array, side: number, by: number): Uint8Array {
  const grown = new Uint8Array(mask);
  mask.forEach((value, i) => {
    if (value === 1) forSquareAround(i, side, by, (n) => void (grown[n] = 1));
  });
  return grown;
}

function forSquareAround(i: number, side: number, by: number, visit: (neighbour: number) => void): void {
  const [x, y] = [i % side, Math.floor(i / side)];
  for (let row = Math.max(0, y - by); row <= Math.min(side - 1, y + by); row++) {
    for (let column = Math.max(0, x - by); column <= Math.min(side - 1, x + by); column++) visit(row * side + column);
  }
}
