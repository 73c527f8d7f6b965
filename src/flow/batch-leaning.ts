import { parseCrop } from '../domain/crop';
import { LensError, toErrorFacts } from '../domain/errors';
import { addMove, NO_MOVES, type MeanMoves } from '../domain/mean-moves';
import { isSameModel } from '../domain/own-manifest';
import { calibrationOf, foundKind } from '../domain/judge';
import { calibrate } from '../domain/score';
import { SHORTCUTS } from '../domain/shortcut-masks';
import type { SquareCrop } from '../domain/geometry';
import type { BatchLeaningFacts } from '../store/batch-state';
import type { FlowContext } from './flow-context';
import { whenModelReady } from './load-model';

interface LeaningPicture {
  readonly file: File;
  /** The square that was scored. */
  readonly crop: SquareCrop | null;
}

/**
 * What the scores of a batch lean on: of each picture that has one, one thing after another is erased, a pass each and one more
 * to read it anew. A picture that cannot be read any more is left out. A new start begins from nothing.
 */
export function createBatchLeaning(context: FlowContext, fileOf: (id: number) => File | null) {
  const { store } = context;
  let latest = 0;

  function show(change: Partial<BatchLeaningFacts>): void {
    store.setState(({ batch }) => ({ batch: { ...batch, leaning: batch.leaning && { ...batch.leaning, ...change } } }));
  }

  /** The picture's moves, added to those before it. */
  async function addPicture({ file, crop }: LeaningPicture, line: number | null, before: MeanMoves): Promise<MeanMoves> {
    const manifest = await whenModelReady(store);
    const { blob } = await context.acceptPhoto(file);
    const { inputRgb, logit, traits } = await context.engine.analyse({
      runId: context.nextRunId(),
      photo: blob,
      isWhole: true,
      crop,
      keepMaps: false,
    });
    const calibration = calibrationOf(foundKind(traits, manifest), manifest);
    const scoreOf = (value: number): number => calibrate(value, calibration);
    let moves = before;
    for (const shortcut of SHORTCUTS) {
      const erased = await context.engine.eraseShortcut(inputRgb, shortcut);
      if (erased.logit === null) continue;
      moves = addMove(moves, shortcut, scoreOf(logit), scoreOf(erased.logit), line ?? manifest.threshold);
    }
    return moves;
  }

  async function measureLeaning(): Promise<void> {
    latest += 1;
    const own = latest;
    const pictures = store.getState().batch.entries.flatMap(({ id, row }) => {
      const file = row !== null && row.error === null ? fileOf(id) : null;
      return file === null || row === null ? [] : [{ file, crop: parseCrop(row.crop) }];
    });
    const facts: BatchLeaningFacts = { state: 'running', done: 0, total: pictures.length, error: null, moves: NO_MOVES };
    store.setState(({ batch }) => ({ batch: { ...batch, leaning: facts } }));
    const { line } = store.getState().preferences;
    const manifest = await whenModelReady(store);
    let moves = NO_MOVES;
    for (const [i, picture] of pictures.entries()) {
      try {
        const moved = await addPicture(picture, line, moves);
        if (own !== latest) return;
        // Another model's moves are no part of the same mean.
        if (!isSameModel(await whenModelReady(store), manifest)) {
          show({ state: 'cancelled' });
          return;
        }
        moves = moved;
      } catch (error) {
        // Of one picture; what failed as a whole would fail for all that follow.
        if (!(error instanceof LensError && error.code === 'file-unreadable')) {
          if (own === latest) show({ state: 'failed', error: toErrorFacts(error) });
          return;
        }
      }
      if (own !== latest) return;
      show({ done: i + 1, moves });
    }
    show({ state: 'done' });
  }

  return {
    measureLeaning,
    cancelLeaning: (): void => {
      latest += 1;
      if (store.getState().batch.leaning?.state === 'running') show({ state: 'cancelled' });
    },
  };
}
