/**
 * Perceptual colour maps, interpolated between evenly spaced anchors.
 * Anchors: viridis and magma by S. van der Walt and N. Smith (matplotlib 2.0, CC0); cividis by Nunez, Anderton and
 * Renslow 2018 (doi:10.1371/journal.pone.0199239), legible with any common colour-vision deficiency.
 */

const ANCHORS = {
  viridis: ['440154', '482475', '414487', '355f8d', '2a788e', '21918c', '22a884', '44bf70', '7ad151', 'bddf26', 'fde725'],
  magma: ['000004', '140e36', '3b0f70', '641a80', '8c2981', 'b63679', 'de4968', 'f76f5c', 'fe9f6d', 'fece91', 'fcfdbf'],
  cividis: ['00224e', '123570', '3b496c', '575d6d', '707173', '8a8678', 'a59c74', 'c3b369', 'e1cc55', 'fee838'],
  grey: ['000000', 'ffffff'],
} as const;

export type ColourMapName = keyof typeof ANCHORS;

export const COLOUR_MAPS = Object.keys(ANCHORS) as ColourMapName[];

type Rgb = readonly [number, number, number];

function parseHex(hex: string): Rgb {
  const n = Number.parseInt(hex, 16);
  return [n >> 16, (n >> 8) & 255, n & 255];
}

/** Colour at t in 0..1 (clamped), channels 0-255, not rounded. */
export function colourAt(name: ColourMapName, t: number): Rgb {
  const anchors = ANCHORS[name];
  const at = Math.min(1, Math.max(0, t)) * (anchors.length - 1);
  const i = Math.min(anchors.length - 2, Math.floor(at));
  const low = parseHex(anchors[i]!);
  const high = parseHex(anchors[i + 1]!);
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
  return `linear-gradient(to right, ${ANCHORS[name].map((hex) => `#${hex}`).join(', ')})`;
}
