import { placeAt, type AtlasGrid } from '../domain/atlas';
import type { MapCell } from '../domain/receptive-field';

interface AtlasCell {
  readonly place: number;
  readonly cell: MapCell;
}

/**
 * The value under a point of the atlas; u, v in 0..1 from its top left. In the gap between maps: the nearest value.
 * @param places - how many places of the grid hold a map.
 * @param side - of a map, in values.
 */
export function cellAt(grid: AtlasGrid, places: number, side: number, gapPx: number, u: number, v: number): AtlasCell | null {
  const place = placeAt(grid, places, u, v);
  if (place === null) return null;
  const valueAt = (share: number): number => {
    const inTile = (share % 1) * (side + gapPx) - (gapPx >> 1);
    return Math.min(side - 1, Math.max(0, Math.floor(inTile)));
  };
  return { place, cell: { x: valueAt(u * grid.columns), y: valueAt(v * grid.rows) } };
}
