/** Laying a layer's maps out as one picture. */

export interface PackedMaps {
  /** [channels, side, side], 0-255: each map scaled by its own range. */
  readonly tiles: Uint8Array<ArrayBuffer>;
  /** Per map, in activation units. */
  readonly min: Float32Array<ArrayBuffer>;
  readonly max: Float32Array<ArrayBuffer>;
  readonly mean: Float32Array<ArrayBuffer>;
}

export interface AtlasGrid {
  readonly columns: number;
  readonly rows: number;
}

/** So many pixels of all maps fit in a core's nearest cache, and each tile is written a whole cache line at a time. */
const BLOCK_PX = 64;

function checkLength(activations: Float32Array, side: number, channels: number): void {
  if (activations.length !== side * side * channels) {
    throw new RangeError(`${activations.length} activations are not ${side} x ${side} x ${channels}`);
  }
}

/**
 * Packs one layer's activations into 8-bit tiles, one a map, each scaled by its own minimum and maximum.
 * @param activations - [side, side, channels], channel last.
 * @returns A constant map (a dead filter, for instance) gives a tile of zeros.
 * @throws RangeError if the length does not fit.
 */
export function packTiles(activations: Float32Array, side: number, channels: number): PackedMaps {
  checkLength(activations, side, channels);
  const area = side * side;
  const min = new Float32Array(channels).fill(Infinity);
  const max = new Float32Array(channels).fill(-Infinity);
  const sum = new Float64Array(channels);
  for (let at = 0; at < activations.length; at += channels) {
    for (let k = 0; k < channels; k++) {
      const v = activations[at + k]!;
      if (v < min[k]!) min[k] = v;
      if (v > max[k]!) max[k] = v;
      sum[k] = sum[k]! + v;
    }
  }
  const tiles = new Uint8Array(area * channels);
  for (let from = 0; from < area; from += BLOCK_PX) {
    const end = Math.min(area, from + BLOCK_PX) * channels;
    for (let k = 0; k < channels; k++) {
      const low = min[k]!;
      const gain = max[k]! > low ? 255 / (max[k]! - low) : 0;
      let to = k * area + from;
      for (let at = from * channels + k; at < end; at += channels) tiles[to++] = (activations[at]! - low) * gain + 0.5;
    }
  }
  return { tiles, min, max, mean: Float32Array.from(sum, (s) => s / area) };
}

/** One map of a layer, [side, side], out of [side, side, channels]. */
export function extractMap(
  activations: Float32Array,
  side: number,
  channels: number,
  filter: number,
): Float32Array<ArrayBuffer> {
  checkLength(activations, side, channels);
  if (!Number.isInteger(filter) || filter < 0 || filter >= channels) throw new RangeError(`no filter ${filter}`);
  return Float32Array.from({ length: side * side }, (_, p) => activations[p * channels + filter]!);
}

/** The tutorial's mosaics: 8 columns for up to 128 maps, 16 beyond. Fewer maps than columns make one row. */
export function atlasGrid(channels: number): AtlasGrid {
  const columns = Math.max(1, Math.min(channels, channels <= 128 ? 8 : 16));
  return { columns, rows: Math.ceil(channels / columns) };
}

/** The filter under a point of the atlas; u, v in 0..1 from its top left. null outside or past the last map. */
export function filterAt(grid: AtlasGrid, channels: number, u: number, v: number): number | null {
  if (!(u >= 0 && u < 1 && v >= 0 && v < 1)) return null;
  const filter = Math.floor(v * grid.rows) * grid.columns + Math.floor(u * grid.columns);
  return filter < channels ? filter : null;
}

/** A tile's place in the atlas, each number a share (0..1) of the atlas's width or height. */
export function tileRect(
  grid: AtlasGrid,
  filter: number,
): { left: number; top: number; width: number; height: number } {
  const width = 1 / grid.columns;
  const height = 1 / grid.rows;
  return { left: (filter % grid.columns) * width, top: Math.floor(filter / grid.columns) * height, width, height };
}

export interface AtlasPixels {
  /** Little-endian RGBA, [height, width]: the memory of an ImageData. */
  readonly pixels: Uint32Array<ArrayBuffer>;
  readonly width: number;
  readonly height: number;
}

/**
 * Colours the tiles and lays them out; gaps between tiles are transparent.
 * @param colours - 256 little-endian RGBA values.
 */
export function drawAtlasPixels(
  maps: { readonly tiles: Uint8Array; readonly side: number; readonly channels: number },
  grid: AtlasGrid,
  colours: Uint32Array,
  gapPx = 0,
): AtlasPixels {
  const { tiles, side, channels } = maps;
  const pitch = side + gapPx;
  const width = grid.columns * pitch;
  const height = grid.rows * pitch;
  const pixels = new Uint32Array(width * height);
  let from = 0;
  for (let k = 0; k < channels; k++) {
    const left = (k % grid.columns) * pitch + (gapPx >> 1);
    const top = Math.floor(k / grid.columns) * pitch + (gapPx >> 1);
    for (let y = 0; y < side; y++) {
      let to = (top + y) * width + left;
      for (let x = 0; x < side; x++) pixels[to++] = colours[tiles[from++]!]!;
    }
  }
  return { pixels, width, height };
}
