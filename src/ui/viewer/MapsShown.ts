import { useMemo, useState } from 'react';
import type { SequentialColourMapName } from '../../domain/colour-map';
import { colourRanges, differenceRanges, type ScaleScope } from '../../domain/colour-scale';
import { compareMaps } from '../../domain/compare-maps';
import { meanAbsolute, orderFilters, valuesAt, type OrderBasis } from '../../domain/filter-order';
import { isConvolution } from '../../domain/network';
import { cellOver, type MapCell } from '../../domain/receptive-field';
import type { PhotoChoice } from '../../domain/view-route';
import type { LayerMaps } from '../../domain/analysis';
import type { AppState, LayerKey, Slot } from '../../store/app-state';
import type { HeavyCache } from '../../store/heavy-cache';
import { subtractMaps, withoutDead } from '../../viewer/difference';
import type { PaneMaps } from '../../viewer/pane';
import { words } from '../../words/words';
import { useApp, useAppState, useNetwork } from '../app-context';

/** The maps on the screen and all that follows from the person's choices about them. */
export interface ShownMaps {
  readonly a: LayerMaps | null;
  readonly b: LayerMaps | null;
  /** Of the maps that are shown: they may lag behind the choice while the engine reads. */
  readonly layer: string;
  readonly photos: PhotoChoice;
  /** What the atlas shows, and what is enlarged: next to a difference also what it is the difference of. */
  readonly panes: readonly PaneMaps[];
  readonly zoomPanes: readonly PaneMaps[];
  /** The filters shown, first place to last; the same array as long as they are the same. */
  readonly order: Uint16Array;
  readonly filter: number | null;
  readonly spotCell: MapCell | null;
  /** Change of photo A's logit by muting each filter. */
  readonly effects: Float32Array | null;
}

/** null: there are no maps to show. */
export function useShownMaps(): ShownMaps | null {
  const { cache } = useApp();
  const network = useNetwork();
  const keyA = useAppState((state) => state.photos.a.mapsKey);
  const keyB = useAppState((state) => state.photos.b.mapsKey);
  const view = useAppState((state) => state.view);
  const language = useAppState((state) => state.language.now);
  const nameA = useAppState((state) => paneName(state, 'a'));
  const nameB = useAppState((state) => paneName(state, 'b'));
  // An order by effect changes while effects are measured.
  useAppState((state) => state.heavyVersion);

  const a = readLayer(cache, keyA);
  const readB = readLayer(cache, keyB);
  const b = a === null || readB?.layer === a.layer ? readB : null;
  const { scale, colourMap } = view;
  const photos = photosToShow(view.photos, a, b);
  const needsDifference = photos === 'difference' || view.order === 'difference';

  const difference = useMemo(
    () => (needsDifference && a !== null && b !== null ? subtractMaps(a, b) : null),
    [needsDifference, a, b],
  );
  const meanDifference = useMemo(
    () => (difference === null ? null : meanAbsolute(difference.values, difference.channels)),
    [difference],
  );
  const needsCorrelation = view.order === 'correlation';
  const correlation = useMemo(
    () => (needsCorrelation && a !== null && b !== null ? compareMaps(a.values, b.values, a.channels).correlation : null),
    [needsCorrelation, a, b],
  );
  const paneA = useMemo(() => a && paneOfPhoto('a', nameA, [a, b], scale, colourMap), [a, b, scale, colourMap, nameA, language]);
  const paneB = useMemo(() => b && paneOfPhoto('b', nameB, [b, a], scale, colourMap), [a, b, scale, colourMap, nameB, language]);
  const paneDifference = useMemo(
    (): PaneMaps | null =>
      difference && {
        id: 'difference',
        title: words.viewer.panes.difference,
        maps: difference,
        colourMap: 'diverging',
        ranges: differenceRanges(scale, difference),
        isShared: scale !== 'map',
      },
    [difference, scale, language],
  );

  const basisMaps = photos === 'b' ? b : (a ?? b);
  const layer = basisMaps?.layer ?? null;
  const spotCell = view.spot === null || layer === null ? null : cellOver(network, layer, view.spot.x, view.spot.y);
  const runA = a?.runId ?? null;
  const effects = runA !== null && layer !== null && isConvolution(network, layer) ? cache.effects(runA, layer) : null;
  const filters =
    basisMaps === null
      ? ''
      : orderMaps(basisMaps, [photos === 'b' ? null : a, photos === 'a' ? null : b], {
          order: view.order,
          hideDead: view.hideDead,
          difference: meanDifference,
          correlation,
          effect: effects,
          spotCell,
        }).join(' ');
  // The same filters in the same places are the same array: the atlas is then not drawn again.
  const order = useMemo(() => Uint16Array.from(filters === '' ? [] : filters.split(' '), Number), [filters]);
  const filter = useFilterOf(layer);

  if (layer === null) return null;
  const all = [paneA, paneB, paneDifference].filter((pane) => pane !== null);
  const isPane = (id: PaneMaps['id']): boolean => (photos === 'both' ? id !== 'difference' : id === photos);
  const panes = all.filter(({ id }) => isPane(id));
  const zoomPanes = photos === 'difference' ? all : panes;
  return { a, b, layer, photos, panes, zoomPanes, order, filter, spotCell, effects };
}

function readLayer(cache: HeavyCache, key: LayerKey | null): LayerMaps | null {
  return key === null ? null : cache.layer(key.runId, key.layer);
}

/** The photo's, or, where both are of one photo, the model's. */
function paneName({ photos, own }: AppState, slot: Slot): string {
  const { result } = photos[slot];
  if (result === null) return '';
  return own.compared === null ? result.fileName : result.manifest.version;
}

/** What is wanted, as far as the photos are there. */
function photosToShow(wanted: PhotoChoice, a: LayerMaps | null, b: LayerMaps | null): PhotoChoice {
  if (b === null) return 'a';
  return a === null ? 'b' : wanted;
}

/** @param maps - Of the photo, and of the other one where it is there. */
function paneOfPhoto(
  slot: Slot,
  fileName: string,
  [maps, other]: readonly [LayerMaps, LayerMaps | null],
  scale: ScaleScope,
  colourMap: SequentialColourMapName,
): PaneMaps {
  return {
    id: slot,
    title: words.viewer.paneTitle(slot, fileName),
    maps,
    colourMap,
    ranges: colourRanges(scale, maps, other),
    isShared: isShared(scale),
  };
}

function isShared(scale: ScaleScope): boolean {
  return scale === 'layer' || scale === 'both';
}

interface OrderWishes extends Pick<OrderBasis, 'difference' | 'correlation' | 'effect'> {
  readonly order: Parameters<typeof orderFilters>[0];
  readonly hideDead: boolean;
  readonly spotCell: MapCell | null;
}

/** @param photos - those in view: a filter is hidden as dead if it is silent on each of them. */
function orderMaps(
  maps: LayerMaps,
  photos: readonly (LayerMaps | null)[],
  { order, hideDead, difference, correlation, effect, spotCell }: OrderWishes,
): Uint16Array {
  const { values, side, channels } = maps;
  const spot = order === 'spot' && spotCell !== null ? valuesAt(values, side, channels, spotCell.x, spotCell.y) : null;
  const all = Uint16Array.from(orderFilters(order, { statistics: maps, difference, correlation, effect, spot }, false));
  return hideDead
    ? withoutDead(
        all,
        photos.filter((photo) => photo !== null),
      )
    : all;
}

/** The chosen filter of the layer that is shown; the last one while another layer is being read. */
function useFilterOf(layer: string | null): number | null {
  const chosenLayer = useAppState((state) => state.view.layer);
  const chosen = useAppState((state) => state.view.filter);
  const [shown, setShown] = useState(chosen);
  if (layer === chosenLayer && chosen !== shown) setShown(chosen);
  return layer === chosenLayer ? chosen : shown;
}
