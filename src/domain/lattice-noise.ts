/**
 * Repeatable noise for drawn samples. Only + - * / and square roots, which IEEE 754 rounds the same everywhere: every
 * browser draws the same bytes.
 */

/** A repeatable number in 0..1 for a lattice point; x and y are whole numbers. */
export function hashPoint(x: number, y: number, seed: number): number {
  let h = Math.imul(x, 374761393) + Math.imul(y, 668265263) + Math.imul(seed, 974634541);
  h = Math.imul(h ^ (h >>> 13), 1274126177);
  h = Math.imul(h ^ (h >>> 15), 2246822519);
  return ((h ^ (h >>> 16)) >>> 0) / 4294967296;
}

/** Perlin's fade curve. t in 0..1. */
function fade(t: number): number {
  return t * t * t * (t * (t * 6 - 15) + 10);
}

/** Value noise: lattice points blended, 0..1. */
export function valueNoise(x: number, y: number, seed: number): number {
  const ix = Math.floor(x);
  const iy = Math.floor(y);
  const u = fade(x - ix);
  const v = fade(y - iy);
  const top = hashPoint(ix, iy, seed) * (1 - u) + hashPoint(ix + 1, iy, seed) * u;
  const bottom = hashPoint(ix, iy + 1, seed) * (1 - u) + hashPoint(ix + 1, iy + 1, seed) * u;
  return top * (1 - v) + bottom * v;
}

/** Octaves of value noise, each half as strong and twice as fine, 0..1, mean 0.5. */
export function fractalNoise(x: number, y: number, seed: number, octaves: number): number {
  let sum = 0;
  let weight = 0;
  for (let octave = 0, gain = 1, scale = 1; octave < octaves; octave++, gain /= 2, scale *= 2) {
    sum += gain * valueNoise(x * scale, y * scale, seed + octave);
    weight += gain;
  }
  return sum / weight;
}

interface CellPoint {
  /** Distance to the nearest of the scattered points, one a lattice square. */
  readonly nearest: number;
  /** Second distance less the first: 0 on the border between two cells. */
  readonly border: number;
  /** A number in 0..1 of the cell's own. */
  readonly id: number;
}

/** Cellular noise (Worley 1996): which of the scattered points is nearest. */
export function findCell(x: number, y: number, seed: number): CellPoint {
  const ix = Math.floor(x);
  const iy = Math.floor(y);
  let first = Infinity;
  let second = Infinity;
  let id = 0;
  for (let cy = iy - 1; cy <= iy + 1; cy++) {
    for (let cx = ix - 1; cx <= ix + 1; cx++) {
      const dx = cx + hashPoint(cx, cy, seed) - x;
      const dy = cy + hashPoint(cx, cy, seed + 1) - y;
      const distance = dx * dx + dy * dy;
      if (distance < first) {
        second = first;
        first = distance;
        id = hashPoint(cx, cy, seed + 2);
      } else if (distance < second) {
        second = distance;
      }
    }
  }
  const nearest = Math.sqrt(first);
  return { nearest, border: Math.sqrt(second) - nearest, id };
}
