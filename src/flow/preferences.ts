import type { BatchEntry } from '../domain/batch-view';
import { lineOfModel } from '../domain/own-manifest';
import type { BaseRateChoice } from '../domain/preferences';
import { decideVerdict } from '../domain/score';
import type { PhotoSlot } from '../store/app-state';
import type { FlowContext } from './flow-context';
import { judgeAgain } from './judge-again';

function judgeSlot(slot: PhotoSlot, line: number | null): PhotoSlot {
  return slot.result === null ? slot : { ...slot, result: judgeAgain(slot.result, {}, line) };
}

function judgeEntry(entry: BatchEntry, threshold: number): BatchEntry {
  const { row } = entry;
  // Of a person's own model's score there is none.
  if (row === null || row.probability === null || row.verdict === null) return entry;
  return { ...entry, row: { ...row, threshold, verdict: decideVerdict(row.probability, threshold, row.reasons) } };
}

/** What the person sets. A line that is moved judges what stands on the screen anew; nothing is computed again. */
export function createPreferenceUseCases({ store, preferences: shelf }: FlowContext) {
  store.setState({ preferences: shelf.read() });

  function drawLine(line: number | null): void {
    const { preferences, photos, batch, model } = store.getState();
    if (line === preferences.line) return;
    // A failed model, and a person's own, have no line: rows of a batch stay as they are then.
    const ownLine = model.state === 'ready' ? lineOfModel(model.facts.manifest) : null;
    const batchLine = line ?? ownLine;
    store.setState({
      preferences: { ...preferences, line },
      photos: { a: judgeSlot(photos.a, line), b: judgeSlot(photos.b, line) },
      batch:
        batchLine === null || batch.entries.length === 0
          ? batch
          : { ...batch, entries: batch.entries.map((entry) => judgeEntry(entry, batchLine)) },
    });
  }

  return {
    /** Moves the alarm line and keeps it there. @param line - 0-1; null: back to the model's own. */
    setLine: (line: number | null): void => {
      drawLine(line);
      shelf.keep({ line });
    },
    /** Moves it as long as the page is open: whoever made a link does not change what the person set. */
    followLink: drawLine,
    setBaseRate: (baseRate: BaseRateChoice): void => {
      store.setState(({ preferences }) => ({ preferences: { ...preferences, baseRate } }));
      shelf.keep({ baseRate });
    },
    /** After what is stored was removed. */
    reread: (): void => {
      const { line, baseRate, engine, language } = shelf.read();
      drawLine(line);
      store.setState(({ preferences }) => ({ preferences: { ...preferences, baseRate, engine, language } }));
    },
  };
}
