/**
 * Perceptual colour maps: every fifth entry of the published 256-entry table, straight lines between.
 * viridis and magma: S. van der Walt and N. Smith, matplotlib 2.0 (CC0). cividis: Nunez, Anderton and Renslow 2018
 * (doi:10.1371/journal.pone.0199239), in matplotlib since 2.2; legible with any common colour-vision deficiency.
 * Taken from matplotlib 3.11. Against the whole table no channel is off by more than 1 (cividis: 4 in 8 entries, where
 * its blue bends).
 */

const ANCHORS = {
  viridis: parseColours(`
    440154 46085c 471063 481769 481d6f 482475 472a7a 46307e 453781 433d84 414287 3f4889 3d4e8a
    3a538b 38598c 355e8d 33638d 31688e 2e6d8e 2c718e 2a768e 297b8e 27808e 25848e 23898e 218e8d
    20928c 1f978b 1e9c89 1fa188 21a585 24aa83 28ae80 2eb37c 35b779 3dbc74 46c06f 50c46a 5ac864
    65cb5e 70cf57 7cd250 89d548 95d840 a2da37 b0dd2f bddf26 cae11f d8e219 e5e419 f1e51d fde725
  `),
  magma: parseColours(`
    000004 02020b 050416 090720 0e0b2b 140e36 1a1042 21114e 29115a 311165 390f6e 420f75 4a1079
    52137c 5a167e 621980 6a1c81 721f81 792282 812581 892881 912b81 992d80 a1307e aa337d b2357b
    ba3878 c23b75 ca3e72 d2426f d9466b e04c67 e75263 ec5860 f1605d f4695c f7725c f97b5d fb8560
    fc8e64 fd9869 fea16e feaa74 feb47b febd82 fec68a fecf92 fed89a fde2a3 fdebac fcf4b6 fcfdbf
  `),
  cividis: parseColours(`
    00224e 002656 002a5f 002d68 003070 083370 163770 203a6f 273e6e 2e416d 34456c 3a486c 3f4c6c
    444f6c 49536c 4e566c 535a6d 575d6d 5c616e 60646f 656870 696b71 6d6f72 727274 767676 7a7a78
    7e7d78 838179 888578 8d8878 928c78 969077 9b9476 a09875 a59c74 aaa073 afa471 b5a86f baac6d
    bfb06b c4b468 c9b965 cfbd62 d4c15f dac65b dfca57 e5cf52 ead34c f0d846 f6dd3f fce236 fee838
  `),
  grey: parseColours('000000 ffffff'),
  diverging: divergingAnchors(),
};

export type ColourMapName = keyof typeof ANCHORS;

/** For values from least to greatest. `diverging` is for differences, with 0 in its middle. */
export const COLOUR_MAPS = ['viridis', 'magma', 'cividis', 'grey'] as const satisfies ColourMapName[];
export type SequentialColourMapName = (typeof COLOUR_MAPS)[number];

type Rgb = readonly [number, number, number];

function parseColours(text: string): Rgb[] {
  return text
    .trim()
    .split(/\s+/)
    .map((hex) => Number.parseInt(hex, 16))
    .map((n) => [n >> 16, (n >> 8) & 255, n & 255]);
}

/** Blue below 0, dark at 0, orange above, equally light at equal distance; legible with red-green colour-vision deficiency. */
function divergingAnchors(): Rgb[] {
  const [blueHue, orangeHue] = [255, 62];
  return Array.from({ length: 33 }, (_, i) => {
    const t = (i - 16) / 16;
    return fromOklch(0.18 + 0.64 * Math.abs(t), 0.13 * Math.abs(t) ** 0.6, t < 0 ? blueHue : orangeHue);
  });
}

/** B. Ottosson's OKLab (bottosson.github.io/posts/oklab, 2020) to sRGB bytes; hue in degrees. Clips what sRGB cannot show. */
function fromOklch(lightness: number, chroma: number, hue: number): Rgb {
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const encode = (v: number): number => {
    const linear = Math.min(1, Math.max(0, v));
    return Math.round(255 * (linear <= 0.0031308 ? 12.92 * linear : 1.055 * linear ** (1 / 2.4) - 0.055));
  };
  return [
    encode(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    encode(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    encode(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ];
}

/** Colour at t in 0..1 (clamped), channels 0-255, not rounded. */
export function colourAt(name: ColourMapName, t: number): Rgb {
  const anchors = ANCHORS[name];
  const at = Math.min(1, Math.max(0, t)) * (anchors.length - 1);
  const i = Math.min(anchors.length - 2, Math.floor(at));
  const low = anchors[i]!;
  const high = anchors[i + 1]!;
  const mix = (c: 0 | 1 | 2): number => low[c] + (high[c] - low[c]) * (at - i);
  return [mix(0), mix(1), mix(2)];
}

const tables = new Map<ColourMapName, Uint32Array<ArrayBuffer>>();

/** 256 opaque colours as little-endian RGBA, ready for an ImageData's memory. Made once a map. */
export function lookUpColours(name: ColourMapName): Uint32Array<ArrayBuffer> {
  let table = tables.get(name);
  if (!table) {
    table = Uint32Array.from({ length: 256 }, (_, i) => {
      const [r, g, b] = colourAt(name, i / 255);
      return ((255 << 24) | (Math.round(b) << 16) | (Math.round(g) << 8) | Math.round(r)) >>> 0;
    });
    tables.set(name, table);
  }
  return table;
}

/** The map as a CSS gradient, low values at the left. */
export function colourMapGradient(name: ColourMapName): string {
  const stops = ANCHORS[name].map(([r, g, b]) => `rgb(${r} ${g} ${b})`);
  return `linear-gradient(to right, ${stops.join(', ')})`;
}
