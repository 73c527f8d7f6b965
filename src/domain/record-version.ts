/** Records that stay on a device or go out in files say the version of their format; older ones are brought up to date. */

type JsonRecord = Readonly<Record<string, unknown>>;

/** Makes a record of one version out of one of the version before; it must bear any record, as nothing is checked yet. */
export type Upgrade = (record: JsonRecord) => JsonRecord;

export type UpgradedRecord =
  | { readonly kind: 'current'; readonly record: JsonRecord }
  /** Of a later version than this app knows: nothing can be said of the rest. */
  | { readonly kind: 'newer'; readonly version: number }
  /** No record, or of no version. */
  | { readonly kind: 'unknown' };

/** The present version. @param upgrades - see `upgradeRecord`. */
export function versionAfter(upgrades: readonly Upgrade[]): number {
  return upgrades.length + 1;
}

/**
 * @param version - as the record says it.
 * @param upgrades - from version 1 to 2, from 2 to 3, and so on: all that there ever were.
 */
export function upgradeRecord(value: unknown, version: unknown, upgrades: readonly Upgrade[]): UpgradedRecord {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return { kind: 'unknown' };
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1) return { kind: 'unknown' };
  if (version > versionAfter(upgrades)) return { kind: 'newer', version };
  return {
    kind: 'current',
    record: upgrades.slice(version - 1).reduce<JsonRecord>((record, upgrade) => upgrade(record), value as JsonRecord),
  };
}
