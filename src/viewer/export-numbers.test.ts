import { expect, it } from 'vitest';
import { words } from '../words/words';
import { exportNumbers } from './export-numbers';

const ranges = { low: Float32Array.of(0, -2), high: Float32Array.of(4, 2) };

it('says a filter’s own range, and a range that all maps share', () => {
  expect(exportNumbers({ id: 'a', ranges, isShared: false }, 1, 'map')).toEqual(['-2', '0', '2']);
  expect(exportNumbers({ id: 'a', ranges, isShared: true }, null, 'layer')).toEqual(['0', '2', '4']);
});

it('claims no number for maps that have ranges of their own', () => {
  const { ownEnds } = words.viewer.exports;
  expect(exportNumbers({ id: 'a', ranges, isShared: false }, null, 'map')).toEqual(ownEnds.map);
  expect(exportNumbers({ id: 'b', ranges, isShared: false }, null, 'tutorial')).toEqual(ownEnds.tutorial);
  expect(exportNumbers({ id: 'difference', ranges, isShared: false }, null, 'map')).toEqual(ownEnds.difference);
});
