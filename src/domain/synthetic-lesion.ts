/** Sample pictures drawn by code, so that the app can be tried without a photo. They show no person's skin. */
import { findCell, fractalNoise, hashPoint, valueNoise } from './lattice-noise';

export const SYNTHETIC_LESIONS = ['regular', 'irregular'] as const;
export type SyntheticLesionKind = (typeof SYNTHETIC_LESIONS)[number];

type Rgb = readonly [number, number, number];

const SKIN: Rgb = [226, 182, 160];
const FLUSHED_SKIN: Rgb = [205, 142, 124];
const TAN: Rgb = [181, 128, 96];
const BROWN: Rgb = [126, 78, 54];
const DARK_BROWN: Rgb = [78, 46, 36];
const NEAR_BLACK: Rgb = [38, 26, 27];
const BLUE_GREY: Rgb = [112, 116, 134];
const PINK: Rgb = [198, 126, 116];
const PALE: Rgb = [222, 190, 178];

function mix(a: Rgb, b: Rgb, t: number): Rgb {
  return [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, a[2] + (b[2] - a[2]) * t];
}

function smoothStep(low: number, high: number, x: number): number {
  const t = Math.min(1, Math.max(0, (x - low) / (high - low)));
  return t * t * (3 - 2 * t);
}

/** Height of the skin, about 0..1: little cushions between furrows of two sizes. x, y in -1..1. */
function skinHeight(x: number, y: number): number {
  const wx = x + 0.05 * (fractalNoise(x * 5, y * 5, 21, 2) - 0.5);
  const wy = y + 0.05 * (fractalNoise(x * 5 + 40, y * 5, 21, 2) - 0.5);
  const wide = smoothStep(0, 0.35, findCell(wx * 13, wy * 11, 31).border);
  const fine = smoothStep(0, 0.4, findCell(wx * 29, wy * 25, 41).border);
  return 0.55 * wide + 0.3 * fine + 0.15 * fractalNoise(x * 60, y * 60, 51, 2);
}

function paintSkin(x: number, y: number): Rgb {
  const flush = smoothStep(0.35, 0.8, fractalNoise(x * 2.2 + 9, y * 2.2 + 5, 11, 4));
  const shade = 1.03 - 0.06 * (x * x + y * y) + 0.05 * (fractalNoise(x * 4 + 3, y * 4, 13, 3) - 0.5);
  const [r, g, b] = mix(SKIN, FLUSHED_SKIN, 0.4 * flush);
  return [r * shade, g * shade, b * shade];
}

/** Lines of a pigment network: 1 on a line, 0 in its meshes. `scale` is meshes per unit. */
function pigmentNetwork(x: number, y: number, scale: number, seed: number): number {
  const wobble = 0.02 * valueNoise(x * 9, y * 9, seed);
  return 1 - smoothStep(0.02, 0.34, findCell((x + wobble) * scale, (y - wobble) * scale, seed + 5).border);
}

/** An even, nearly round spot: one brown, a fine regular network that thins out towards a soft border. */
function paintRegular(x: number, y: number, skin: Rgb): Rgb {
  const [px, py] = [x - 0.02, y + 0.01];
  const radius = Math.sqrt((px * px) / 1.12 + py * py * 1.04) + 0.035 * (fractalNoise(x * 2.5, y * 2.5, 61, 2) - 0.5);
  const cover = 1 - smoothStep(0.33, 0.5, radius);
  if (cover === 0) return skin;
  const centre = 1 - smoothStep(0.02, 0.42, radius);
  const network = pigmentNetwork(x, y, 30, 71) * smoothStep(0, 0.34, radius);
  const patch = fractalNoise(x * 5, y * 5, 81, 3) - 0.5;
  const colour = mix(TAN, BROWN, 0.36 + 0.5 * centre + 0.2 * network + 0.3 * patch);
  return mix(skin, colour, cover * (0.9 + 0.1 * network));
}

/** Where the irregular spot ends: below 0 inside, above outside. Lopsided lobes, a notch, a border that frays. */
function irregularEdge(x: number, y: number): number {
  const [px, py] = [x + 0.05, y - 0.02];
  const radius = Math.sqrt(px * px * 0.82 + py * py * 1.18) + 1e-9;
  const [dx, dy] = [px / radius, py / radius]; // direction from the middle
  const lobes = fractalNoise(3.1 + dx * 1.3, 7.7 + dy * 1.3, 91, 3) - 0.5;
  const frayed = fractalNoise(x * 6.5, y * 6.5, 101, 4) - 0.5;
  const streaks = fractalNoise(dx * 11 + radius, dy * 11 - radius, 111, 2) - 0.5;
  return radius - 0.48 - 0.42 * lobes - 0.15 * frayed - 0.08 * streaks - 0.05 * dx * dy;
}

/** A lopsided spot of many colours, in places sharp and in places fading. */
function paintIrregular(x: number, y: number, skin: Rgb): Rgb {
  const edge = irregularEdge(x, y);
  const softness = 0.04 + 0.13 * smoothStep(0.45, 0.7, valueNoise(x * 2.1 + 11, y * 2.1 + 3, 121));
  const cover = 1 - smoothStep(-softness, softness, edge);
  if (cover === 0) return skin;
  const [wx, wy] = [x + 0.12 * (fractalNoise(x * 4, y * 4, 131, 3) - 0.5), y + 0.12 * (fractalNoise(x * 4, y * 4, 141, 3) - 0.5)];
  const depth = fractalNoise(wx * 3 + 5, wy * 3 + 8, 151, 4);
  let colour = mix(TAN, BROWN, smoothStep(0.28, 0.6, depth));
  colour = mix(colour, DARK_BROWN, 0.6 * pigmentNetwork(x, y, 22, 161) * smoothStep(0.35, 0.6, depth));
  colour = mix(colour, PINK, 0.5 * blob(wx, wy, -0.26, 0.2, 0.26));
  colour = mix(colour, DARK_BROWN, 0.9 * blob(wx, wy, 0.1, -0.1, 0.4));
  colour = mix(colour, NEAR_BLACK, 0.85 * blob(wx, wy, 0.2, -0.12, 0.26));
  colour = mix(colour, BLUE_GREY, 0.62 * blob(wx, wy, 0.0, 0.1, 0.26));
  colour = mix(colour, PALE, 0.45 * blob(wx, wy, -0.17, -0.1, 0.15));
  const dot = findCell(x * 17, y * 17, 171);
  const isDot = dot.id > 0.6 ? 1 - smoothStep(0, 0.5 * dot.id - 0.12, dot.nearest) : 0;
  colour = mix(colour, NEAR_BLACK, 0.7 * isDot * smoothStep(-0.26, -0.06, edge));
  return mix(skin, colour, cover * 0.97);
}

/** 1 in the middle of a ragged patch, 0 from its radius on. */
function blob(x: number, y: number, atX: number, atY: number, radius: number): number {
  const distance = Math.sqrt((x - atX) * (x - atX) + (y - atY) * (y - atY));
  return 1 - smoothStep(radius * 0.2, radius, distance + 0.3 * (fractalNoise(x * 6, y * 6, 181, 5) - 0.5));
}

/** A hair from (x, y) along a direction of length 1, bending as it goes. Lengths in half pictures. */
interface Hair {
  readonly x: number;
  readonly y: number;
  readonly dx: number;
  readonly dy: number;
  readonly length: number;
  readonly bend: number;
}

const HAIRS: Record<SyntheticLesionKind, readonly Hair[]> = {
  regular: [
    { x: -0.92, y: -0.5, dx: 0.96, dy: 0.28, length: 0.8, bend: 0.25 },
    { x: 0.25, y: 0.95, dx: 0.8, dy: -0.6, length: 0.75, bend: -0.3 },
    { x: 0.5, y: -0.9, dx: 0.6, dy: 0.8, length: 0.55, bend: 0.35 },
  ],
  irregular: [
    { x: -0.95, y: 0.35, dx: 0.8, dy: 0.6, length: 0.7, bend: -0.3 },
    { x: 0.3, y: 0.55, dx: 0.96, dy: 0.28, length: 0.62, bend: 0.3 },
    { x: -0.7, y: -0.95, dx: 0.28, dy: 0.96, length: 0.5, bend: 0.4 },
    { x: 0.55, y: -0.95, dx: 0.6, dy: 0.8, length: 0.6, bend: -0.2 },
  ],
};

/** How much of a pixel the hairs cover, 0..1. @param pixel - a pixel's side, in the same unit. */
function hairCover(hairs: readonly Hair[], x: number, y: number, pixel: number): number {
  let cover = 0;
  for (const { x: fromX, y: fromY, dx, dy, length, bend } of hairs) {
    const along = (x - fromX) * dx + (y - fromY) * dy;
    if (along < 0 || along > length) continue;
    const across = (y - fromY) * dx - (x - fromX) * dy - bend * along * along;
    const halfWidth = 0.0042 * (1 - along / length) + 0.0012;
    const slope = Math.sqrt(1 + 4 * bend * bend * along * along);
    const outside = Math.abs(across) / slope - halfWidth;
    cover = Math.max(cover, Math.min(1, Math.max(0, 0.5 - outside / pixel)) * smoothStep(0, 0.04, along));
  }
  return cover;
}

/**
 * Draws a sample, the same bytes every time and everywhere.
 * @returns RGBA [side, side, 4], opaque.
 */
export function drawSyntheticLesion(kind: SyntheticLesionKind, side = 512): Uint8ClampedArray<ArrayBuffer> {
  const pixel = 2 / side;
  const at = (index: number): number => (index + 0.5) * pixel - 1;
  const height = new Float64Array((side + 1) * (side + 1)); // one row and column more, for the slopes
  for (let row = 0, i = 0; row <= side; row++) {
    for (let column = 0; column <= side; column++) height[i++] = skinHeight(at(column), at(row));
  }
  const paint = kind === 'regular' ? paintRegular : paintIrregular;
  const out = new Uint8ClampedArray(side * side * 4);
  for (let row = 0, to = 0; row < side; row++) {
    for (let column = 0; column < side; column++, to += 4) {
      const [x, y] = [at(column), at(row)];
      const here = row * (side + 1) + column;
      // light from the upper left; per unit length, so that the size does not matter
      const slope = (2 * height[here]! - height[here + 1]! - height[here + side + 1]!) / pixel;
      const relief = 1 - 0.05 * (1 - height[here]!) - 0.0022 * Math.max(-14, Math.min(14, slope));
      const grain = 5 * (hashPoint(column, row, 191) - 0.5);
      const hair = 0.8 * hairCover(HAIRS[kind], x, y, pixel);
      const colour = mix(paint(x, y, paintSkin(x, y)), DARK_BROWN, hair);
      for (let c = 0; c < 3; c++) out[to + c] = colour[c]! * relief + grain;
      out[to + 3] = 255;
    }
  }
  return out;
}
