import { expect, test } from 'vitest';
import { addMove, NO_MOVES } from './mean-moves';

test('moves add up by what was erased', () => {
  const moves = [
    [0.4, 0.1],
    [0.2, 0.3],
    [0.1, 0.15],
  ].reduce((sum, [before, after]) => addMove(sum, 'lines', before!, after!, 0.25), NO_MOVES);
  expect(moves.lines.pictures).toBe(3);
  expect(moves.lines.sum).toBeCloseTo(-0.15, 12);
  expect(moves.lines.sumOfSizes).toBeCloseTo(0.45, 12);
  expect(moves.lines.crossed).toBe(2);
  expect(moves.ink).toEqual(NO_MOVES.ink);
});
