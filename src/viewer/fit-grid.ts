import type { AtlasGrid } from '../domain/atlas';

/** Columns come in steps of 4, so that a row is easy to count. */
const COLUMN_STEP = 4;

/**
 * The grid that gives the largest tiles in the space there is: the whole layer is seen at once, if that leaves its tiles large
 * enough to be looked at.
 * @param widthCss - Width of the atlas, which it always fills.
 * @param heightCss - Height that it should not exceed, unless tiles would be smaller than `leastTileCss` then.
 */
export function fitGrid(channels: number, widthCss: number, heightCss: number, leastTileCss = 0): AtlasGrid {
  let columns = COLUMN_STEP;
  while (
    columns < channels &&
    heightOf(channels, columns, widthCss) > heightCss &&
    widthCss / (columns + COLUMN_STEP) >= leastTileCss
  )
    columns += COLUMN_STEP;
  return { columns, rows: Math.ceil(channels / columns) };
}

function heightOf(channels: number, columns: number, widthCss: number): number {
  return Math.ceil(channels / columns) * (widthCss / columns);
}
