import { COMPARED, type MapComparison } from '../domain/compare-maps';
import type { LayerStatistics } from '../domain/layer-maps';

/**
 * A line a filter (RFC 4180), numbers in full precision.
 * @param effects - change of the logit by muting each filter; NaN: not measured, the cell stays empty. null: no such column.
 */
export function formatStatisticsCsv(statistics: LayerStatistics, effects: Float32Array | null): string {
  const { min, max, mean, deviation, active } = statistics;
  const columns = [min, max, mean, deviation, active, ...(effects === null ? [] : [effects])];
  return formatRows(`filter,min,max,mean,deviation,active_share${effects === null ? '' : ',effect'}`, columns);
}

/** A line a filter, in the network's order, numbers in full precision; a correlation that is not defined is an empty cell. */
export function formatComparisonCsv(comparison: MapComparison): string {
  const columns = COMPARED.map((column) => comparison[column]);
  return formatRows('filter,correlation,mean_absolute_difference,mean_a,mean_b', columns);
}

/** @param columns - after the filter's number, each as long as the others. */
function formatRows(header: string, columns: readonly ArrayLike<number>[]): string {
  const rows = Array.from({ length: columns[0]!.length }, (_, k) =>
    [String(k), ...columns.map((column) => formatNumber(column[k]!))].join(','),
  );
  return [header, ...rows].map((line) => `${line}\r\n`).join('');
}

function formatNumber(value: number): string {
  return Number.isNaN(value) ? '' : String(value);
}
