import { expect, test } from 'vitest';
import { MARKS, markPath } from './mark-paths';

test('marks the places that hold marked filters, row by row', () => {
  const order = Uint16Array.from([5, 3, 1, 0]);
  expect(markPath(MARKS.box, (filter) => filter === 3 || filter === 0, order, 3)).toBe('M1 0h1v1h-1zM0 1h1v1h-1z');
  expect(markPath(MARKS.dot, () => false, order, 3)).toBe('');
});
