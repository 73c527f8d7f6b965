/** What the app keeps on the device, as facts. */

/** Name of the cache of weights. Devices have it: another name would leave the old one behind. */
export const WEIGHTS_CACHE = 'lesion-lens-weights';

export type StoredKind = 'app' | 'model' | 'shared-photos' | 'diary' | 'own-models' | 'database' | 'preferences' | 'engine-times';

export interface StoredItem {
  readonly kind: StoredKind;
  /** The browser's own name of the cache, database or entry of the local storage, as its developer tools show it. */
  readonly name: string;
  /** Of the diary its entries, of the person's own models their number. null: not told (other databases). */
  readonly files: number | null;
  readonly bytes: number | null;
}

export interface StoredFacts {
  readonly items: readonly StoredItem[];
  /** The browser's estimate for the whole site, in bytes; null: it does not tell. */
  readonly usageBytes: number | null;
  readonly quotaBytes: number | null;
  /** Whether the browser promised not to evict it by itself; null: it does not tell. */
  readonly isPersistent: boolean | null;
}
