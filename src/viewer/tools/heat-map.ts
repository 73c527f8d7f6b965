/** The heat maps of a photo's score: which there are, and how each is drawn wherever it stands. */
import { findHeatMap, HEAD_HEAT_MAPS, type HeadFacts } from '../../domain/analysis';
import { lookUpColours, type ColourMapName, type SequentialColourMapName } from '../../domain/colour-map';
import { words } from '../../words/words';
import { heatScale, type HeatMode } from './heat-scale';
import { colourValues } from './paint';

const HEAT_MAPS = [...HEAD_HEAT_MAPS, 'occlusion'] as const;
export type HeatMapName = (typeof HEAT_MAPS)[number];

/** What is computed of a photo; null: not yet. All in units of the logit. */
export interface HeatValues {
  readonly head: Pick<HeadFacts, 'heatMaps'> | null;
  /** [side, side]; NaN where it is not measured yet. */
  readonly occlusion: { readonly side: number; readonly values: Float32Array } | null;
}

export interface DrawnHeatMap {
  /** [side, side], in units of the logit. */
  readonly values: Float32Array;
  readonly side: number;
  readonly mode: HeatMode;
  readonly colourMap: ColourMapName;
  /** What a number says. */
  readonly unit: string;
}

export function isHeatMapName(name: string): name is HeatMapName {
  return HEAT_MAPS.some((known) => known === name);
}

/**
 * @param colourMap - that the person chose; occlusion has a diverging one of its own.
 * @returns null where the name is of none, or the map is not computed.
 */
export function chooseHeatMap(
  name: string,
  { head, occlusion }: HeatValues,
  colourMap: SequentialColourMapName,
): DrawnHeatMap | null {
  if (!isHeatMapName(name)) return null;
  if (name === 'occlusion') {
    return (
      occlusion && {
        ...occlusion,
        mode: 'diverging',
        colourMap: 'diverging',
        unit: words.viewer.tools.heat.units.occlusion,
      }
    );
  }
  const map = head && findHeatMap(head.heatMaps, name);
  return map && { values: map.values, side: map.side, mode: 'relu', colourMap, unit: words.viewer.tools.heat.units.head };
}

/** What covers a photo where nothing is measured yet: a dark veil, little-endian RGBA. */
const UNMEASURED = 0xb3222014;

/** @returns little-endian RGBA, [side, side]; transparent where nothing is measured yet. */
export function colourHeatMap({
  values,
  mode,
  colourMap,
}: Pick<DrawnHeatMap, 'values' | 'mode' | 'colourMap'>): Uint32Array<ArrayBuffer> {
  return colourValues(values, heatScale(values, mode), lookUpColours(colourMap));
}

/**
 * The same colours, to lie over the photo: as opaque as the value is large against the greatest there is, so that the photo shows
 * where the map says nothing. What the mode draws as zero is transparent.
 * @returns little-endian RGBA, [side, side]; a dark veil where nothing is measured yet.
 */
export function layHeatMap(map: Pick<DrawnHeatMap, 'values' | 'mode' | 'colourMap'>): Uint32Array<ArrayBuffer> {
  const { low, high } = heatScale(map.values, map.mode);
  const colours = colourHeatMap(map);
  return Uint32Array.from(map.values, (value, cell) => {
    if (Number.isNaN(value)) return UNMEASURED;
    const share = high > 0 ? Math.min(1, Math.abs(Math.max(low, value)) / high) : 0;
    return ((colours[cell]! & 0xffffff) | (Math.round(share * 255) << 24)) >>> 0;
  });
}
