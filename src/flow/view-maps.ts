import { toErrorFacts } from '../domain/errors';
import { CONV_LAYERS, type ConvLayerName } from '../domain/network';
import type { ColourMapName } from '../domain/colour-map';
import type { FilterMap, LayerMaps, RunId } from '../engine/protocol';
import type { ViewFacts } from '../store/app-state';
import type { FlowContext } from './flow-context';

/** What the screen should show of a run: a layer's maps and one of them enlarged. */
export interface VisibleMaps {
  readonly layer: LayerMaps;
  readonly map: FilterMap;
}

/** Reads what the view asks for, from the cache where it lies there. Without a chosen filter: the strongest map. */
export async function readVisibleMaps(context: FlowContext, runId: RunId, view: ViewFacts): Promise<VisibleMaps> {
  const { engine, cache } = context;
  const layer = cache.layer(runId, view.layer) ?? (await engine.readLayer(runId, view.layer));
  cache.putLayer(layer);
  const filter = view.filter ?? strongestFilter(layer.mean);
  const map = cache.map(runId, view.layer, filter) ?? (await engine.readMap(runId, view.layer, filter));
  cache.putMap(map);
  return { layer, map };
}

/** The map with the greatest mean activation; the first of equals. */
export function strongestFilter(mean: Float32Array): number {
  let best = 0;
  mean.forEach((value, filter) => {
    if (value > (mean[best] ?? 0)) best = filter;
  });
  return best;
}

/** Facts about maps that lie in the cache, for the viewer to draw. */
export function mapFacts({ layer, map }: VisibleMaps) {
  return {
    layer: { runId: layer.runId, layer: layer.layer },
    filter: { runId: map.runId, layer: map.layer, filter: map.filter },
    error: null,
  };
}

export function channelsOf(layer: ConvLayerName): number {
  return CONV_LAYERS.find(({ name }) => name === layer)?.channels ?? 0;
}

/** The person's choices in the viewer. Each ends with the maps on the screen or with an error in their place. */
export function createViewUseCases(context: FlowContext) {
  const { store } = context;
  let latestRead = 0;

  /** Brings the maps that the view asks for to the screen; an overtaken read changes nothing there. */
  async function refreshMaps(): Promise<void> {
    latestRead += 1;
    const read = latestRead;
    const { result, view } = store.getState();
    if (result === null) return;
    try {
      const visible = await readVisibleMaps(context, result.runId, view);
      if (read !== latestRead || store.getState().result?.runId !== result.runId) return;
      store.setState({ maps: mapFacts(visible), view: { ...store.getState().view, filter: visible.map.filter } });
    } catch (error) {
      if (read !== latestRead || store.getState().result?.runId !== result.runId) return;
      store.setState({ maps: { ...store.getState().maps, error: toErrorFacts(error) } });
    }
  }

  /** @param filter - null: the layer's strongest map; a number outside the layer counts as null. */
  function show(layer: ConvLayerName, filter: number | null): Promise<void> {
    const isInside = filter !== null && Number.isInteger(filter) && filter >= 0 && filter < channelsOf(layer);
    store.setState({ view: { ...store.getState().view, layer, filter: isInside ? filter : null, isChosen: true } });
    return refreshMaps();
  }

  return {
    refreshMaps,
    show,
    selectLayer: (layer: ConvLayerName) => show(layer, null),
    selectFilter: (filter: number) => show(store.getState().view.layer, filter),
    selectColourMap: (colourMap: ColourMapName) => {
      store.setState({ view: { ...store.getState().view, colourMap } });
    },
  };
}
