import { toErrorFacts } from '../domain/errors';
import { findLayer, isConvolution, sharesLayer, startLayer, type NetworkShape } from '../domain/network';
import { mapOf } from '../domain/layer-maps';
import type { LayerMaps, RunId } from '../domain/analysis';
import { SLOTS, type AppState, type LayerKey, type Pin, type Slot, type Spot, type ViewFacts } from '../store/app-state';
import type { PagePart } from '../store/page-part';
import { noteHeavyChange } from '../store/app-store';
import type { FlowContext } from './flow-context';

type ViewPatch = Partial<
  Pick<ViewFacts, 'colourMap' | 'scale' | 'order' | 'hideDead' | 'layout' | 'photos' | 'overlay' | 'overlayOpacity'>
>;

/** A tray holds as many pins as can be looked at. */
export const MAX_PINS = 24;

/** Reads a layer of a run, from the cache where it lies there. */
export async function readLayer({ second, cache }: FlowContext, runId: RunId, layer: string): Promise<LayerMaps> {
  const maps = cache.layer(runId, layer) ?? (await second.of(runId).readLayer(runId, layer));
  cache.putLayer(maps);
  return maps;
}

/** The map with the greatest mean activation; the first of equals. */
export function strongestFilter(mean: Float32Array): number {
  let best = 0;
  mean.forEach((value, filter) => {
    if (value > (mean[best] ?? 0)) best = filter;
  });
  return best;
}

/** Names maps that lie in the cache, for the viewer to draw. */
function keyOf(maps: LayerMaps | null): LayerKey | null {
  return maps === null ? null : { runId: maps.runId, layer: maps.layer };
}

/** What a network cannot show gives way: a layer that it lacks, a filter beyond the layer's, an order that a pool lacks. */
export function fitView(view: ViewFacts, network: NetworkShape): ViewFacts {
  const found = findLayer(network, view.layer);
  const layer = found ?? startLayer(network);
  const { filter } = view;
  const isInside = filter !== null && found !== null && Number.isInteger(filter) && filter >= 0 && filter < layer.channels;
  // Muting is offered for convolutions only, so a pool has no effects to order by.
  const order = view.order === 'effect' && !isConvolution(network, layer.name) ? 'index' : view.order;
  return { ...view, layer: layer.name, filter: isInside ? filter : null, order };
}

/** Brings the pinned maps of both photos into the cache. */
async function readPins(context: FlowContext): Promise<void> {
  const { store, cache, second } = context;
  let isChanged = false;
  for (const { layer, filter } of store.getState().pins) {
    const runs = runsShowing(store.getState(), layer);
    for (const slot of SLOTS) {
      const runId = runs[slot];
      if (runId === null || cache.map(runId, layer, filter) !== null) continue;
      const maps = cache.layer(runId, layer);
      const map =
        maps === null
          ? await second.of(runId).readMap(runId, layer, filter)
          : { runId, layer, filter, side: maps.side, values: mapOf(maps, filter).slice() };
      cache.putMap(map);
      isChanged = true;
    }
  }
  if (isChanged) noteHeavyChange(store);
}

/** The runs whose maps of a layer can be shown: of B those alone that stand beside A's, name and size the same. */
function runsShowing({ photos: { a, b } }: AppState, layer: string): Readonly<Record<Slot, RunId | null>> {
  const isShared =
    a.result === null || b.result === null || sharesLayer(a.result.manifest.network, b.result.manifest.network, layer);
  return { a: a.result?.runId ?? null, b: isShared ? (b.result?.runId ?? null) : null };
}

/** Puts maps on the screen, with the view that they are of. */
function showMaps({ store }: FlowContext, view: ViewFacts, a: LayerMaps | null, b: LayerMaps | null): void {
  const { photos } = store.getState();
  const basis = a ?? b;
  const filter = view.filter ?? (basis === null ? null : strongestFilter(basis.mean));
  store.setState({
    photos: { a: { ...photos.a, mapsKey: keyOf(a) }, b: { ...photos.b, mapsKey: keyOf(b) } },
    mapsError: null,
    view: { ...view, filter },
  });
}

/** The person's choices in the viewer. Each ends with the maps on the screen or with an error in their place. */
export function createViewUseCases(context: FlowContext) {
  const { store, cache } = context;
  let latestRead = 0;

  /** Brings the maps that the view asks for to the screen; an overtaken read changes nothing there. */
  async function refreshMaps(): Promise<void> {
    latestRead += 1;
    const read = latestRead;
    const { view } = store.getState();
    const runs = runsShowing(store.getState(), view.layer);
    if (runs.a === null && runs.b === null) return;
    const isOvertaken = (): boolean => {
      const now = runsShowing(store.getState(), view.layer);
      return read !== latestRead || SLOTS.some((slot) => now[slot] !== runs[slot]);
    };
    try {
      const a = runs.a === null ? null : await readLayer(context, runs.a, view.layer);
      const b = runs.b === null ? null : await readLayer(context, runs.b, view.layer);
      if (isOvertaken()) return;
      showMaps(context, store.getState().view, a, b);
      await readPins(context);
    } catch (error) {
      if (!isOvertaken()) store.setState({ mapsError: toErrorFacts(error) });
    }
  }

  /** Where the maps lie in the cache, the choice and they change the screen once. */
  function showCached(view: ViewFacts): boolean {
    const runs = runsShowing(store.getState(), view.layer);
    const find = (runId: RunId | null): LayerMaps | null => (runId === null ? null : cache.layer(runId, view.layer));
    const [a, b] = [find(runs.a), find(runs.b)];
    const isWhole = (a !== null || b !== null) && (a !== null) === (runs.a !== null) && (b !== null) === (runs.b !== null);
    if (!isWhole) return false;
    latestRead += 1;
    for (const maps of [a, b]) if (maps !== null) cache.putLayer(maps);
    showMaps(context, view, a, b);
    return true;
  }

  /**
   * @param layer - Before a model is ready any name is taken, and looked at again then; later one that is not there is not.
   * @param filter - null: the layer's strongest map; a number outside the layer counts as null.
   */
  function show(layer: string, filter: number | null): Promise<void> {
    const { view, model } = store.getState();
    const wanted = { ...view, layer, filter, isChosen: true };
    if (model.state !== 'ready') {
      store.setState({ view: wanted });
    } else if (findLayer(model.facts.manifest.network, layer) !== null) {
      const fitting = fitView(wanted, model.facts.manifest.network);
      if (showCached(fitting)) return Promise.resolve();
      store.setState({ view: fitting });
    }
    return refreshMaps();
  }

  function setView(patch: ViewPatch): void {
    store.setState({ view: { ...store.getState().view, ...patch, isChosen: true } });
  }

  /** null: no place is followed any more. */
  function followSpot(spot: Spot | null): void {
    const { view } = store.getState();
    const order = spot === null && view.order === 'spot' ? 'index' : view.order;
    store.setState({ view: { ...view, spot, order } });
  }

  /** Puts a filter into the tray or takes it out; the oldest leaves a full tray. */
  function togglePin(layer: string, filter: number): Promise<void> {
    const isSame = (pin: Pin): boolean => pin.layer === layer && pin.filter === filter;
    const { pins } = store.getState();
    const next = pins.some(isSame) ? pins.filter((pin) => !isSame(pin)) : [...pins, { layer, filter }].slice(-MAX_PINS);
    store.setState({ pins: next });
    return refreshMaps();
  }

  /** Which part of the page a narrow screen shows. */
  function showPart(part: PagePart): void {
    store.setState({ part });
  }

  return {
    refreshMaps,
    show,
    showPart,
    set: setView,
    followSpot,
    togglePin,
    selectLayer: (layer: string) => show(layer, null),
    selectFilter: (filter: number) => show(store.getState().view.layer, filter),
  };
}
