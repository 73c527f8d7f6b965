import type { ConvLayerName } from '../domain/network';
import type { FilterMap, LayerMaps, RunId } from '../engine/protocol';

export interface CachedPhoto {
  readonly blob: Blob;
  /** Object URL of `blob`. */
  readonly url: string;
  /** The picture that the network saw, RGB [128, 128, 3]; null until the run is done. */
  readonly inputRgb: Uint8Array<ArrayBuffer> | null;
}

interface RunEntry {
  photo: CachedPhoto;
  readonly layers: Map<ConvLayerName, LayerMaps>;
  /** In the order of use, oldest first. */
  readonly maps: Map<string, FilterMap>;
}

/** 64 maps of 128x128 float32 are 4 MB. */
const MAX_MAPS_PER_RUN = 64;

/**
 * The pixels behind the store's facts, keyed by run id. A run begins with its photo; a dropped run frees all of its
 * pixels and its object URL, and whatever arrives for it afterwards is not kept.
 */
export class HeavyCache {
  readonly #runs = new Map<RunId, RunEntry>();
  readonly #revokeUrl: (url: string) => void;

  constructor(revokeUrl: (url: string) => void) {
    this.#revokeUrl = revokeUrl;
  }

  photo(runId: RunId): CachedPhoto | null {
    return this.#runs.get(runId)?.photo ?? null;
  }

  putPhoto(runId: RunId, photo: CachedPhoto): void {
    const entry = this.#runs.get(runId);
    if (entry === undefined) this.#runs.set(runId, { photo, layers: new Map(), maps: new Map() });
    else entry.photo = photo;
  }

  layer(runId: RunId, layer: ConvLayerName): LayerMaps | null {
    return this.#runs.get(runId)?.layers.get(layer) ?? null;
  }

  putLayer(maps: LayerMaps): void {
    this.#runs.get(maps.runId)?.layers.set(maps.layer, maps);
  }

  map(runId: RunId, layer: ConvLayerName, filter: number): FilterMap | null {
    return this.#runs.get(runId)?.maps.get(`${layer}/${filter}`) ?? null;
  }

  putMap(map: FilterMap): void {
    const maps = this.#runs.get(map.runId)?.maps;
    if (maps === undefined) return;
    const key = `${map.layer}/${map.filter}`;
    maps.delete(key);
    maps.set(key, map);
    const oldest = maps.keys().next();
    if (maps.size > MAX_MAPS_PER_RUN && oldest.done !== true) maps.delete(oldest.value);
  }

  drop(runId: RunId): void {
    const url = this.#runs.get(runId)?.photo.url;
    if (url !== undefined) this.#revokeUrl(url);
    this.#runs.delete(runId);
  }
}
