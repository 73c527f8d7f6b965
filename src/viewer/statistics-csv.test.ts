import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { compareMaps } from '../domain/compare-maps';
import { separateMaps } from '../domain/layer-maps';
import { formatComparisonCsv, formatStatisticsCsv } from './statistics-csv';

const STATISTICS = separateMaps(Float32Array.from([0, 0.1, 0, 3, 0, 0, 0, 5]), 2, 2);

test('a row a filter, with every number as it is', () => {
  const rows = parse<Record<string, string>>(formatStatisticsCsv(STATISTICS, null), { columns: true, record_delimiter: '\r\n' });
  expect(rows).toHaveLength(2);
  expect(Object.keys(rows[0]!)).toEqual(['filter', 'min', 'max', 'mean', 'deviation', 'active_share']);
  expect(rows[0]).toMatchObject({ filter: '0', max: '0', active_share: '0' });
  expect(Math.fround(Number(rows[1]!['mean']))).toBe(STATISTICS.mean[1]);
  expect(Number(rows[1]!['active_share'])).toBe(0.75);
});

test('effects have a column once they are measured', () => {
  expect(
    formatStatisticsCsv(STATISTICS, Float32Array.from([-0.5, Number.NaN]))
      .split('\r\n')
      .map((line) => line.split(',').at(-1)),
  ).toEqual(['effect', '-0.5', '', '']);
});

test('a comparison has an empty cell where there is no correlation', () => {
  const comparison = compareMaps(Float32Array.of(0, 0, 1, 3), Float32Array.of(0, 2, 3, 1), 2);
  expect(formatComparisonCsv(comparison).split('\r\n')).toEqual([
    'filter,correlation,mean_absolute_difference,mean_a,mean_b',
    '0,,1,0,1',
    '1,-1,2,2,2',
    '',
  ]);
});
