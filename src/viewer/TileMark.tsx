import { tileRect, type AtlasGrid } from '../domain/atlas';
import css from './TileMark.module.css';

interface TileMarkProps {
  readonly grid: AtlasGrid;
  /** -1: not shown, no mark. */
  readonly place: number;
  readonly kind: 'selected' | 'cursor' | 'hovered';
  readonly label?: string;
}

/** A frame around one map of an atlas, with a label at its edge. */
export function TileMark({ grid, place, kind, label }: TileMarkProps) {
  if (place < 0) return null;
  const { left, top, width, height } = tileRect(grid, place);
  const style = { left: percent(left), top: percent(top), width: percent(width), height: percent(height) };
  return (
    <span className={`${css.mark} ${css[kind]}`} style={style} aria-hidden="true">
      {label !== undefined && <span className={labelClass(place, grid.columns)}>{label}</span>}
    </span>
  );
}

/** The atlas cuts off what leaves it, so a label at an edge turns inwards. */
function labelClass(place: number, columns: number): string {
  const column = place % columns;
  const side = column === 0 ? ` ${css.left}` : column === columns - 1 ? ` ${css.right}` : '';
  return `${css.label}${place < columns ? ` ${css.below}` : ''}${side}`;
}

function percent(share: number): string {
  return `${share * 100}%`;
}
