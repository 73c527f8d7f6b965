/** Sample pictures drawn by code, so that the app can be tried without a photo. They show no person's skin. */

export type SyntheticLesionKind = 'regular' | 'irregular';

type Rgb = readonly [number, number, number];

const SKIN: Rgb = [219, 176, 154];
const LIGHT_BROWN: Rgb = [158, 104, 74];
const MID_BROWN: Rgb = [116, 72, 50];
const DARK_BROWN: Rgb = [62, 40, 34];
const BLUE_GREY: Rgb = [104, 102, 116];

/** A repeatable number in 0..1 for a lattice point (integer hash after Wang 2007). */
function hash(x: number, y: number, seed: number): number {
  let h = Math.imul(x, 374761393) + Math.imul(y, 668265263) + Math.imul(seed, 974634541);
  h = Math.imul(h ^ (h >>> 13), 1274126177);
  return ((h ^ (h >>> 16)) >>> 0) / 4294967296;
}

/** Value noise with smooth interpolation (Perlin's fade curve), 0..1. */
function noise(x: number, y: number, seed: number): number {
  const ix = Math.floor(x);
  const iy = Math.floor(y);
  const fade = (t: number): number => t * t * t * (t * (t * 6 - 15) + 10);
  const u = fade(x - ix);
  const v = fade(y - iy);
  const row = (j: number): number => hash(ix, j, seed) * (1 - u) + hash(ix + 1, j, seed) * u;
  return row(iy) * (1 - v) + row(iy + 1) * v;
}

/** Octaves of noise, each half as strong and twice as fine, 0..1. */
function fractalNoise(x: number, y: number, seed: number, octaves: number): number {
  let sum = 0;
  let weight = 0;
  for (let o = 0, gain = 1; o < octaves; o++, gain /= 2) {
    sum += gain * noise(x * 2 ** o, y * 2 ** o, seed + o);
    weight += gain;
  }
  return sum / weight;
}

function mix(a: Rgb, b: Rgb, t: number): Rgb {
  return [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, a[2] + (b[2] - a[2]) * t];
}

function smoothStep(low: number, high: number, x: number): number {
  const t = Math.min(1, Math.max(0, (x - low) / (high - low)));
  return t * t * (3 - 2 * t);
}

/** Skin with soft blotches and the fine furrows that cross it. x, y in -1..1. */
function paintSkin(x: number, y: number): Rgb {
  const blotch = fractalNoise(x * 3 + 9, y * 3 + 5, 11, 3) - 0.5;
  const bend = 0.35 * fractalNoise(x * 4, y * 4, 21, 2);
  const furrow = Math.min(
    Math.abs(noise((x + y * 0.5 + bend) * 16, (y - x * 0.2) * 5, 31) - 0.5),
    Math.abs(noise((y - x * 0.6 + bend) * 16, (x + y * 0.3) * 5, 41) - 0.5),
  );
  const shade = 1 + 0.09 * blotch - 0.05 * (1 - smoothStep(0, 0.06, furrow)) + 0.025 * (hash(x * 4096, y * 4096, 3) - 0.5);
  const light = 1.02 - 0.07 * (x * x + y * y);
  return [SKIN[0] * shade * light, SKIN[1] * shade * light * (1 - 0.03 * blotch), SKIN[2] * shade * light];
}

/** An even round spot with a soft border and a faint regular network. */
function paintRegular(x: number, y: number, skin: Rgb): Rgb {
  const radius = Math.hypot(x / 1.06, y / 0.97) + 0.03 * (fractalNoise(x * 3, y * 3, 51, 2) - 0.5);
  const cover = 1 - smoothStep(0.36, 0.47, radius);
  const mesh = 0.5 + 0.5 * Math.cos(x * 62 + 2 * noise(x * 8, y * 8, 61)) * Math.cos(y * 62 + 2 * noise(x * 8, y * 8, 71));
  const depth = 0.75 * (1 - smoothStep(0, 0.46, radius)) + 0.16 * mesh;
  return mix(skin, mix(LIGHT_BROWN, MID_BROWN, depth), cover * 0.96);
}

/** A lopsided spot of several colours with a ragged, here sharp and there fading border. */
function paintIrregular(x: number, y: number, skin: Rgb): Rgb {
  const px = x + 0.06;
  const py = y - 0.03;
  const angle = Math.atan2(py, px);
  const edge = fractalNoise(2.2 + Math.cos(angle) * 1.6, 2.2 + Math.sin(angle) * 1.6, 81, 4) - 0.5;
  const ragged = fractalNoise(x * 7, y * 7, 91, 4) - 0.5;
  const radius = Math.hypot(px * 0.88, py * 1.12) - 0.34 * edge - 0.16 * ragged - 0.07 * Math.cos(2 * angle + 0.7);
  const softness = 0.03 + 0.1 * noise(Math.cos(angle) * 2 + 5, Math.sin(angle) * 2 + 5, 101);
  const cover = 1 - smoothStep(0.47 - softness, 0.47 + softness, radius);
  const patch = fractalNoise(x * 3.1 + 4, y * 3.1 + 1, 111, 3);
  const globules = smoothStep(0.58, 0.7, fractalNoise(x * 14, y * 14, 121, 3)) * smoothStep(0.1, 0.3, radius);
  let colour = mix(LIGHT_BROWN, MID_BROWN, smoothStep(0.3, 0.5, patch));
  colour = mix(colour, DARK_BROWN, smoothStep(0.46, 0.66, patch + 0.25 * (x > 0 ? x : 0)));
  colour = mix(colour, BLUE_GREY, 0.75 * smoothStep(0.56, 0.68, fractalNoise(x * 2.6 - 3, y * 2.6 + 7, 131, 3)));
  colour = mix(colour, DARK_BROWN, 0.7 * globules);
  return mix(skin, colour, cover * 0.97);
}

/**
 * Draws a sample, the same bytes every time.
 * @returns RGBA [side, side, 4], opaque.
 */
export function drawSyntheticLesion(kind: SyntheticLesionKind, side = 512): Uint8ClampedArray<ArrayBuffer> {
  const out = new Uint8ClampedArray(side * side * 4);
  const paint = kind === 'regular' ? paintRegular : paintIrregular;
  for (let row = 0, at = 0; row < side; row++) {
    for (let column = 0; column < side; column++, at += 4) {
      const x = ((column + 0.5) / side) * 2 - 1;
      const y = ((row + 0.5) / side) * 2 - 1;
      out.set(paint(x, y, paintSkin(x, y)), at);
      out[at + 3] = 255;
    }
  }
  return out;
}
