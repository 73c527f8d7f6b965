import { expect, test } from 'vitest';
import { shareColour } from './share-colour';

const channels = (share: number): number[] => (shareColour(share).match(/\d+/g) ?? []).map(Number);

test('blue takes away, orange adds, and the least share can still be seen', () => {
  const [red, , blue] = channels(-1);
  expect(blue!).toBeGreaterThan(red!);
  const [redOfMore, , blueOfMore] = channels(1);
  expect(redOfMore!).toBeGreaterThan(blueOfMore!);
  expect(Math.max(...channels(0.001))).toBeGreaterThan(100);
});
