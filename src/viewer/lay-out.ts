import { atlasGrid, type AtlasGrid } from '../domain/atlas';
import type { AtlasLayout } from '../domain/view-route';
import { fitGrid } from './fit-grid';

/** Below this width the atlas may be taller than it is wide: maps stay large enough for a finger. */
const NARROW_CSS = 560;

/** A map of a wide screen's atlas, with its share of the gap. */
const LEAST_TILE_CSS = 41;

interface AtlasPlacement {
  readonly grid: AtlasGrid;
  /** How wide the atlas is drawn. */
  readonly widthCss: number;
}

/**
 * The places of the maps, and how wide the atlas is in the width there is.
 * @param channels - of the layer: they decide the mosaic's columns.
 * @param count - maps that are shown.
 */
export function layOut(
  layout: AtlasLayout,
  channels: number,
  count: number,
  room: { readonly widthCss: number; readonly windowHeightCss: number },
): AtlasPlacement {
  const { widthCss, windowHeightCss } = room;
  const isNarrow = widthCss < NARROW_CSS;
  if (layout === 'fit') {
    const heightCss = isNarrow ? widthCss * 2.2 : Math.max(480, windowHeightCss - 260);
    return { grid: fitGrid(Math.max(1, count), widthCss, heightCss, isNarrow ? 0 : LEAST_TILE_CSS), widthCss };
  }
  const { columns } = atlasGrid(channels);
  const rows = Math.max(1, Math.ceil(count / columns));
  // A mosaic is taller than wide: on a wide screen it gets little more than the window's height.
  const heightCss = Math.max(720, windowHeightCss * 1.1);
  return { grid: { columns, rows }, widthCss: isNarrow ? widthCss : Math.min(widthCss, (heightCss * columns) / rows) };
}
