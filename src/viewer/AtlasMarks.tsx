import { memo, useMemo } from 'react';
import type { AtlasGrid } from '../domain/atlas';
import { isDead } from '../domain/filter-order';
import type { LayerStatistics } from '../domain/layer-maps';
import { MARKS, markPath } from './mark-paths';
import css from './AtlasMarks.module.css';

interface AtlasMarksProps {
  readonly grid: AtlasGrid;
  readonly order: Uint16Array;
  readonly statistics: LayerStatistics;
  readonly muted: readonly number[];
  readonly pinned: readonly number[];
}

/** Silent, muted and pinned maps: one path a kind, however many there are. */
export const AtlasMarks = memo(function AtlasMarks({ grid, order, statistics, muted, pinned }: AtlasMarksProps) {
  const { columns, rows } = grid;
  const paths = useMemo(() => {
    const mutedSet = new Set(muted);
    const pathOf = (draw: (typeof MARKS)[keyof typeof MARKS], isMarked: (filter: number) => boolean): string =>
      markPath(draw, isMarked, order, columns);
    return {
      dead: pathOf(MARKS.hatch, (filter) => isDead(statistics, filter)),
      veil: pathOf(MARKS.box, (filter) => mutedSet.has(filter)),
      cross: pathOf(MARKS.cross, (filter) => mutedSet.has(filter)),
      pins: pathOf(MARKS.dot, (filter) => pinned.includes(filter)),
    };
  }, [columns, order, statistics, muted, pinned]);
  return (
    <svg className={css.marks} viewBox={`0 0 ${columns} ${rows}`} preserveAspectRatio="none" aria-hidden="true">
      <path className={css.dead} d={paths.dead} />
      <path className={css.veil} d={paths.veil} />
      <path className={css.cross} d={paths.cross} />
      <path className={css.pinEdge} d={paths.pins} />
      <path className={css.pin} d={paths.pins} />
    </svg>
  );
});
