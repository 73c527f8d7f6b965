/** Rows of a batch for tests. */
import type { BatchEntry } from './batch-view';
import type { BatchRow } from './csv';

/** @param probability - null: the file could not be read. Called malignant from 0.5 on unless `row` says otherwise. */
export function batchEntry(
  id: number,
  probability: number | null,
  rest: Partial<BatchEntry> = {},
  row: Partial<BatchRow> = {},
): BatchEntry {
  const verdict = probability === null ? null : probability >= 0.5 ? 'malignant' : 'benign';
  const file = `${id}.jpg`;
  return {
    id,
    file,
    path: file,
    notes: [],
    label: undefined,
    labelClass: null,
    predicted: null,
    cropWay: 'centre',
    cropNote: null,
    row: {
      file,
      probability,
      logit: 0,
      verdict,
      reasons: [],
      width: 1,
      height: 1,
      ms: 1,
      error: null,
      threshold: 0.5,
      kind: 'unknown',
      views: false,
      model: null,
      model_sha256: null,
      crop: null,
      backend: null,
      ...row,
    },
    ...rest,
  };
}
