import { createStore, useStore } from 'zustand';
import type { MapCell } from '../../domain/receptive-field';

/** One value of one map: the one under the pointer. */
export interface HoverCell {
  readonly layer: string;
  readonly filter: number;
  readonly cell: MapCell;
}

/** Apart from the app's state: it changes with every move of the pointer, and only marks follow it. */
const store = createStore<{ readonly hovered: HoverCell | null }>(() => ({ hovered: null }));

/** The value under the pointer, in whichever pane it is; null: none. */
export function useHoverCell(): HoverCell | null {
  return useStore(store, ({ hovered }) => hovered);
}

/** Says which value the pointer is on. The same one again changes nothing. */
export function setHoverCell(next: HoverCell | null): void {
  const { hovered } = store.getState();
  const isSame =
    next === hovered ||
    (next !== null &&
      hovered !== null &&
      next.layer === hovered.layer &&
      next.filter === hovered.filter &&
      next.cell.x === hovered.cell.x &&
      next.cell.y === hovered.cell.y);
  if (!isSame) store.setState({ hovered: next });
}
