/** How the scores of many pictures move when one thing after another is erased of them. */
import { SHORTCUTS, type Shortcut } from './shortcut-masks';

export interface MeanMove {
  /** Pictures that have anything of the kind; only they count. */
  readonly pictures: number;
  /** Sum of (score without it - score), calibrated. */
  readonly sum: number;
  /** Sum of the moves' sizes. */
  readonly sumOfSizes: number;
  /** Pictures whose score is on the other side of the threshold without it. */
  readonly crossed: number;
}

export type MeanMoves = Readonly<Record<Shortcut, MeanMove>>;

const NONE: MeanMove = { pictures: 0, sum: 0, sumOfSizes: 0, crossed: 0 };

export const NO_MOVES: MeanMoves = Object.fromEntries(SHORTCUTS.map((shortcut) => [shortcut, NONE])) as Record<
  Shortcut,
  MeanMove
>;

/**
 * Counts one picture more.
 * @param before - calibrated score of the picture as it is, 0-1; `after`: without the shortcut.
 */
export function addMove(moves: MeanMoves, shortcut: Shortcut, before: number, after: number, threshold: number): MeanMoves {
  const { pictures, sum, sumOfSizes, crossed } = moves[shortcut];
  const move = after - before;
  const isAcross = before >= threshold !== after >= threshold;
  return {
    ...moves,
    [shortcut]: {
      pictures: pictures + 1,
      sum: sum + move,
      sumOfSizes: sumOfSizes + Math.abs(move),
      crossed: crossed + Number(isAcross),
    },
  };
}
