import type { LayerStatistics } from '../domain/layer-maps';

/**
 * A line a filter (RFC 4180), numbers in full precision.
 * @param effects - change of the logit by muting each filter; NaN: not measured, the cell stays empty. null: no such column.
 */
export function formatStatisticsCsv(statistics: LayerStatistics, effects: Float32Array | null): string {
  const { min, max, mean, deviation, active } = statistics;
  const columns = [min, max, mean, deviation, active, ...(effects === null ? [] : [effects])];
  const header = `filter,min,max,mean,deviation,active_share${effects === null ? '' : ',effect'}`;
  const rows = Array.from({ length: mean.length }, (_, k) =>
    [String(k), ...columns.map((column) => formatNumber(column[k]!))].join(','),
  );
  return [header, ...rows].map((line) => `${line}\r\n`).join('');
}

function formatNumber(value: number): string {
  return Number.isNaN(value) ? '' : String(value);
}
