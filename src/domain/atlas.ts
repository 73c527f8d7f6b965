/** Laying a layer's maps out as one picture. */
import { LensError } from './errors';
import type { ColourRanges } from './colour-scale';

export interface AtlasGrid {
  readonly columns: number;
  readonly rows: number;
}

/** The tutorial's mosaics: 8 columns for up to 128 maps, 16 beyond. Fewer maps than columns make one row. */
export function atlasGrid(channels: number): AtlasGrid {
  const columns = Math.max(1, Math.min(channels, channels <= 128 ? 8 : 16));
  return { columns, rows: Math.ceil(channels / columns) };
}

/** The place under a point of the atlas; u, v in 0..1 from its top left. null outside or past the last place. */
export function placeAt(grid: AtlasGrid, places: number, u: number, v: number): number | null {
  if (!(u >= 0 && u < 1 && v >= 0 && v < 1)) return null;
  const place = Math.floor(v * grid.rows) * grid.columns + Math.floor(u * grid.columns);
  return place < places ? place : null;
}

/** A tile's place in the atlas, each number a share (0..1) of the atlas's width or height. */
export function tileRect(grid: AtlasGrid, place: number): { left: number; top: number; width: number; height: number } {
  const width = 1 / grid.columns;
  const height = 1 / grid.rows;
  return { left: (place % grid.columns) * width, top: Math.floor(place / grid.columns) * height, width, height };
}

export interface AtlasPixels {
  /** Little-endian RGBA, [height, width]: the memory of an ImageData. Good until the next atlas is drawn. */
  readonly pixels: Uint32Array<ArrayBuffer>;
  readonly width: number;
  readonly height: number;
}

interface DrawableMaps {
  /** [channels, side, side]. */
  readonly values: Float32Array;
  readonly side: number;
}

/**
 * Colours maps and lays them out; gaps between them are transparent.
 * @param order - the filters to draw, first place to last; as many places as the grid has, or fewer.
 * @param colours - 256 little-endian RGBA values.
 * @param stride - Of every so many rows and columns of a map one is drawn: the atlas of 2 has a quarter of the pixels.
 */
export function drawAtlasPixels(
  { values, side }: DrawableMaps,
  order: Uint16Array,
  { low, high }: ColourRanges,
  grid: AtlasGrid,
  colours: Uint32Array,
  gapPx = 0,
  stride = 1,
): AtlasPixels {
  const area = side * side;
  const tile = Math.ceil(side / stride);
  const pitch = tile + gapPx;
  const width = grid.columns * pitch;
  const height = grid.rows * pitch;
  const pixels = takeSheet(width * height);
  order.forEach((filter, place) => {
    const least = low[filter]!;
    const gain = high[filter]! > least ? 255 / (high[filter]! - least) : 0;
    const left = (place % grid.columns) * pitch + (gapPx >> 1);
    const top = Math.floor(place / grid.columns) * pitch + (gapPx >> 1);
    for (let y = 0; y < tile; y++) {
      const from = filter * area + y * stride * side;
      drawRow(pixels, (top + y) * width + left, tile, values, from, stride, colours, least, gain);
    }
  });
  return { pixels, width, height };
}

/** colourIndex() written out, in a function of its own, which engines optimise sooner: a million values a layer. */
function drawRow(
  pixels: Uint32Array,
  to: number,
  count: number,
  values: Float32Array,
  from: number,
  stride: number,
  colours: Uint32Array,
  least: number,
  gain: number,
): void {
  for (let x = 0; x < count; x++, from += stride) {
    // +0.5 and |0 round what is not negative.
    const index = (values[from]! - least) * gain + 0.5;
    pixels[to + x] = colours[index < 0 ? 0 : index > 255 ? 255 : index | 0]!;
  }
}

let lastSheet = new Uint32Array(0);

/** All zero. The last one again where it has that size: fresh memory costs as much as drawing in it. */
function takeSheet(length: number): Uint32Array<ArrayBuffer> {
  if (lastSheet.length === length) lastSheet.fill(0);
  else lastSheet = new Uint32Array(length);
  return lastSheet;
}

/** Strides of the atlases that are tried, one after the other, where memory is short. */
const STRIDES = [1, 2, 4] as const;

/**
 * Draws the largest atlas for which there is memory.
 * @param draw - Draws with a stride; a RangeError is the language's word for memory that cannot be had.
 * @returns the stride that it was drawn with.
 * @throws LensError `out-of-memory` where there is none even for the smallest.
 */
export function drawLargestAtlas(draw: (stride: number) => void): number {
  for (const stride of STRIDES) {
    try {
      draw(stride);
      return stride;
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
    }
  }
  throw new LensError('out-of-memory', 'no room for the atlas');
}
