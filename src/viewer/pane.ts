import type { ColourMapName } from '../domain/colour-map';
import type { ColourRanges } from '../domain/colour-scale';
import { isDead } from '../domain/filter-order';
import type { LayerMaps } from '../domain/analysis';
import { words } from '../words/words';

export type PaneId = 'a' | 'b' | 'difference';

/** One photo's maps of a layer, or the difference of two, with the colours that they get. */
export interface PaneMaps {
  readonly id: PaneId;
  /** "A: mole.jpg". */
  readonly title: string;
  readonly maps: LayerMaps;
  readonly colourMap: ColourMapName;
  readonly ranges: ColourRanges;
  /** One range for all maps; false: each map has its own. */
  readonly isShared: boolean;
}

/** "0 to 3.21, mean 0.4". */
export function describeMap({ id, maps }: PaneMaps, filter: number): string {
  const { noDifference, silent, span } = words.viewer.map;
  if (isDead(maps, filter)) return id === 'difference' ? noDifference : silent;
  return span(maps.min[filter] ?? 0, maps.max[filter] ?? 0, maps.mean[filter] ?? 0);
}

/** The map's value at a cell, [y, x]. */
export function valueAt({ maps }: PaneMaps, filter: number, cell: { readonly x: number; readonly y: number }): number {
  return maps.values[filter * maps.side * maps.side + cell.y * maps.side + cell.x] ?? 0;
}
