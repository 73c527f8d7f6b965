import type { ErasedInput, FilterMap, HeadFacts, HeatMap, LayerMaps, MaximisedImage, RunId } from '../domain/analysis';
import { isOfSame, type KeptActivations } from '../domain/activations';
import type { ModelManifest } from '../domain/manifest';
import type { MapLayer } from '../domain/network';

export interface CachedPhoto {
  /** What is analysed. */
  readonly blob: Blob;
  /** What the screen, the report and the diary draw: the same file, or a picture of it that may be smaller. */
  readonly shown: Blob;
  /** Object URL of `shown`. */
  readonly url: string;
  /** The picture that the network saw, RGB [side, side, 3]; null until the run is done. */
  readonly inputRgb: Uint8Array<ArrayBuffer> | null;
}

/** How far the logit falls where the photo is covered; NaN where that is not measured yet. */
type OcclusionMap = Omit<HeatMap, 'name'>;

/** The picture that a filter likes. */
export interface LikedImage extends MaximisedImage {
  readonly layer: string;
  readonly filter: number;
}

/** Sides of a thumbnail, in pixels: 12 kB each for the first ones, 3 kB for the others, so that 10,000 take 48 MB. */
const THUMB_PX = 64;
const SMALL_THUMB_PX = 32;
const MAX_LARGE_THUMBS = 2000;

interface RunEntry {
  photo: CachedPhoto;
  /** In the order of use, oldest first; so are `maps`. */
  readonly layers: Map<string, LayerMaps>;
  readonly maps: Map<string, FilterMap>;
  readonly effects: Map<string, Float32Array<ArrayBuffer>>;
  head: HeadFacts | null;
  occlusion: OcclusionMap | null;
  erased: readonly ErasedInput[];
}

const NOTHING_EXPLAINED = { head: null, occlusion: null, erased: [] };

/** The engine keeps all layers; what of them lies here is drawn without asking it. All 18 of VGG16 take 23 MB. */
const MAX_LAYER_BYTES_PER_RUN = 32e6;
/** The largest layer of VGG16, 64 maps of 128x128 float32, is 4 MB. */
const MAX_MAPS_PER_RUN = 64;

/**
 * The pixels behind the store's facts, keyed by run id. A run begins with its photo; a dropped run frees all of its
 * pixels and its object URL, and whatever arrives for it afterwards is not kept. Runs of the same photo share its URL,
 * which goes with the last of them.
 */
export class HeavyCache {
  readonly #runs = new Map<RunId, RunEntry>();
  /** Of a batch's rows, RGB [side, side, 3]. */
  readonly #thumbs = new Map<number, Uint8Array<ArrayBuffer>>();
  /** Of a batch's rows: 2 kB each for the 512 maps of VGG16's largest layers. */
  readonly #activations = new Map<number, KeptActivations>();
  readonly #revokeUrl: (url: string) => void;
  /** Belongs to the model, not to a run. */
  liked: LikedImage | null = null;
  /** A layer of a drawn sample, shown before a first photo; it belongs to no run on the screen. */
  preview: LayerMaps | null = null;
  /** Of the first convolution, [3, 3, 3, channels]. */
  kernels: Float32Array<ArrayBuffer> | null = null;

  constructor(revokeUrl: (url: string) => void) {
    this.#revokeUrl = revokeUrl;
  }

  photo(runId: RunId): CachedPhoto | null {
    return this.#runs.get(runId)?.photo ?? null;
  }

  putPhoto(runId: RunId, photo: CachedPhoto): void {
    const entry = this.#runs.get(runId);
    if (entry !== undefined) {
      entry.photo = photo;
      return;
    }
    this.#runs.set(runId, { photo, layers: new Map(), maps: new Map(), effects: new Map(), ...NOTHING_EXPLAINED });
  }

  layer(runId: RunId, layer: string): LayerMaps | null {
    return this.#runs.get(runId)?.layers.get(layer) ?? null;
  }

  /** Also marks the layer as used last. */
  putLayer(maps: LayerMaps): void {
    const layers = this.#runs.get(maps.runId)?.layers;
    if (layers === undefined) return;
    layers.delete(maps.layer);
    layers.set(maps.layer, maps);
    for (const layer of layers.keys()) {
      if (layer === maps.layer || bytesOf(layers.values()) <= MAX_LAYER_BYTES_PER_RUN) break;
      layers.delete(layer);
    }
  }

  /** Whether a layer can be put without another one leaving. */
  hasRoom(runId: RunId, { side, channels }: Pick<MapLayer, 'side' | 'channels'>): boolean {
    const layers = this.#runs.get(runId)?.layers;
    return layers !== undefined && bytesOf(layers.values()) + side ** 2 * channels * 4 <= MAX_LAYER_BYTES_PER_RUN;
  }

  map(runId: RunId, layer: string, filter: number): FilterMap | null {
    return this.#runs.get(runId)?.maps.get(`${layer}/${filter}`) ?? null;
  }

  putMap(map: FilterMap): void {
    const maps = this.#runs.get(map.runId)?.maps;
    if (maps !== undefined) putLast(maps, `${map.layer}/${map.filter}`, map, MAX_MAPS_PER_RUN);
  }

  /** Change of the logit by muting each filter of a layer; NaN: not measured yet. */
  effects(runId: RunId, layer: string): Float32Array<ArrayBuffer> | null {
    return this.#runs.get(runId)?.effects.get(layer) ?? null;
  }

  putEffects(runId: RunId, layer: string, effects: Float32Array<ArrayBuffer>): void {
    this.#runs.get(runId)?.effects.set(layer, effects);
  }

  head(runId: RunId): HeadFacts | null {
    return this.#runs.get(runId)?.head ?? null;
  }

  putHead(head: HeadFacts): void {
    const entry = this.#runs.get(head.runId);
    if (entry !== undefined) entry.head = head;
  }

  occlusion(runId: RunId): OcclusionMap | null {
    return this.#runs.get(runId)?.occlusion ?? null;
  }

  putOcclusion(runId: RunId, heat: OcclusionMap): void {
    const entry = this.#runs.get(runId);
    if (entry !== undefined) entry.occlusion = heat;
  }

  /** What was erased of the photo's input so far, in the order of `SHORTCUTS`. */
  erased(runId: RunId): readonly ErasedInput[] {
    return this.#runs.get(runId)?.erased ?? [];
  }

  putErased(runId: RunId, erased: readonly ErasedInput[]): void {
    const entry = this.#runs.get(runId);
    if (entry !== undefined) entry.erased = erased;
  }

  /** What the next thumbnail's side should be. */
  get nextThumbPx(): number {
    return this.#thumbs.size < MAX_LARGE_THUMBS ? THUMB_PX : SMALL_THUMB_PX;
  }

  /** RGB [side, side, 3]. */
  thumb(id: number): Uint8Array<ArrayBuffer> | null {
    return this.#thumbs.get(id) ?? null;
  }

  putThumb(id: number, rgb: Uint8Array<ArrayBuffer>): void {
    this.#thumbs.set(id, rgb);
  }

  /** Of a batch's row; null where none were kept. */
  activations(id: number): KeptActivations | null {
    return this.#activations.get(id) ?? null;
  }

  /** Whether the row has these of this model. */
  hasActivations(id: number, name: string, manifest: ModelManifest): boolean {
    const kept = this.#activations.get(id);
    return kept !== undefined && isOfSame(kept, name, manifest);
  }

  putActivations(id: number, kept: KeptActivations): void {
    this.#activations.set(id, kept);
  }

  /** All that is kept of a batch. */
  dropRows(): void {
    this.#thumbs.clear();
    this.#activations.clear();
  }

  drop(runId: RunId): void {
    const url = this.#runs.get(runId)?.photo.url;
    this.#runs.delete(runId);
    const isShared = [...this.#runs.values()].some(({ photo }) => photo.url === url);
    if (url !== undefined && !isShared) this.#revokeUrl(url);
  }
}

function bytesOf(layers: Iterable<LayerMaps>): number {
  let bytes = 0;
  for (const { values } of layers) bytes += values.byteLength;
  return bytes;
}

function putLast<K, V>(entries: Map<K, V>, key: K, value: V, limit: number): void {
  entries.delete(key);
  entries.set(key, value);
  const oldest = entries.keys().next();
  if (entries.size > limit && oldest.done !== true) entries.delete(oldest.value);
}
