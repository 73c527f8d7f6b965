import { moveInGrid } from './move-in-grid';

/** What keys do to the map at the cursor and to the view of all maps. */
export interface KeyActions {
  readonly choose: () => void;
  readonly mute: () => void;
  readonly pin: () => void;
  readonly stepLayer: (step: 1 | -1) => void;
  readonly zoom: (direction: 'in' | 'out' | 'back') => void;
  /** @param place - Of the map to go to, in the order shown. */
  readonly moveTo: (place: number) => void;
}

/** Where the cursor is among the maps. */
interface CursorPlace {
  readonly place: number;
  readonly columns: number;
  readonly count: number;
}

/** Does what a key means on an atlas. @returns Whether it means something there. */
export function actOnKey(key: string, { place, columns, count }: CursorPlace, actions: KeyActions): boolean {
  const action = actionOf(key, actions);
  if (action !== null) {
    action();
    return true;
  }
  const next = moveInGrid(key, place, columns, count);
  if (next !== null) actions.moveTo(next);
  return next !== null;
}

function actionOf(key: string, { choose, mute, pin, stepLayer, zoom }: KeyActions): (() => void) | null {
  switch (key) {
    case 'Enter':
    case ' ':
      return choose;
    case '[':
      return () => stepLayer(-1);
    case ']':
      return () => stepLayer(1);
    case '+':
    case '=':
      return () => zoom('in');
    case '-':
      return () => zoom('out');
    case '0':
      return () => zoom('back');
    case 'm':
      return mute;
    case 'p':
      return pin;
    default:
      return null;
  }
}
