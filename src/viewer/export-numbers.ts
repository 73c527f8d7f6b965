import type { ScaleScope } from '../domain/colour-scale';
import { formatActivation } from '../words/format-values';
import { words } from '../words/words';
import type { PaneMaps } from './pane';

/**
 * What stands below a pane's colours: at the left end, in the middle, at the right end.
 * @param filter - the one that is shown; null: all maps, which have numbers in common only where they share a range.
 */
export function exportNumbers(
  { id, ranges, isShared }: Pick<PaneMaps, 'id' | 'ranges' | 'isShared'>,
  filter: number | null,
  scale: ScaleScope,
): readonly [string, string, string] {
  if (filter === null && !isShared) {
    const { ownEnds } = words.viewer.exports;
    return id === 'difference' ? ownEnds.difference : scale === 'tutorial' ? ownEnds.tutorial : ownEnds.map;
  }
  const [low, high] = [ranges.low[filter ?? 0] ?? 0, ranges.high[filter ?? 0] ?? 0];
  return [formatActivation(low), formatActivation((low + high) / 2), formatActivation(high)];
}
