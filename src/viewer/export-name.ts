interface ExportNameParts {
  /** The model's. */
  readonly version: string;
  /** null: all of them. */
  readonly layer: string | null;
  /** null: all of the layer. */
  readonly filter: number | null;
  /** For instance "atlas-both". */
  readonly what: string;
  readonly extension: 'png' | 'svg' | 'npy' | 'csv' | 'zip';
}

/** "lesion-lens_v3_block2_conv1_filter49_map-a.png"; what a file system may refuse in a version becomes "-". */
export function exportName({ version, layer, filter, what, extension }: ExportNameParts): string {
  const safeVersion = version.replaceAll(/[^\w.-]+/g, '-');
  return `lesion-lens_${safeVersion}_${layer ?? 'all-layers'}${filter === null ? '' : `_filter${filter}`}_${what}.${extension}`;
}
