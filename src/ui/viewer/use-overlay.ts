import { lookUpColours } from '../../domain/colour-map';
import { colourRanges } from '../../domain/colour-scale';
import { mapOf } from '../../domain/layer-maps';
import type { RunId } from '../../domain/analysis';
import type { Slot } from '../../store/app-state';
import { chooseHeatMap, layHeatMap } from '../../viewer/tools/heat-map';
import { colourValues } from '../../viewer/tools/paint';
import { useApp, useAppState } from '../app-context';

/** A square picture of numbers, with the colour of each: what lies over the photo. */
interface Overlay {
  readonly side: number;
  readonly pixels: Uint32Array<ArrayBuffer>;
  /** Of a filter's map: the values of the first and the last colour. */
  readonly range: { readonly low: number; readonly high: number } | null;
}

/** The overlay that the person chose, for this photo; null where there is none or it is not computed. */
export function useOverlay(runId: RunId, slot: Slot): Overlay | null {
  const { cache } = useApp();
  const { overlay, layer, filter, scale, colourMap } = useAppState((state) => state.view);
  const key = useAppState((state) => state.photos[slot].mapsKey);
  const otherKey = useAppState((state) => state.photos[slot === 'a' ? 'b' : 'a'].mapsKey);
  // Heat maps are finished, or grow, without another fact changing.
  useAppState((state) => state.heavyVersion);
  if (overlay === 'none') return null;
  if (overlay === 'map') {
    const own = key?.runId === runId && key.layer === layer ? cache.layer(runId, layer) : null;
    if (own === null || filter === null) return null;
    const other = otherKey?.layer === layer ? cache.layer(otherKey.runId, layer) : null;
    const { low, high } = colourRanges(scale, own, other);
    const range = { low: low[filter] ?? 0, high: high[filter] ?? 0 };
    return { side: own.side, pixels: colourValues(mapOf(own, filter), range, lookUpColours(colourMap)), range };
  }
  // The heat maps are of photo A.
  if (slot !== 'a') return null;
  const heat = chooseHeatMap(overlay, { head: cache.head(runId), occlusion: cache.occlusion(runId) }, colourMap);
  return heat && { side: heat.side, pixels: layHeatMap(heat), range: null };
}
