import type { BatchRow } from '../domain/csv';
import { toErrorFacts } from '../domain/errors';
import type { NoteCode } from '../domain/photo-quality';
import { shrinkRgb } from '../domain/shrink-rgb';
import { judgePhoto } from './analyse-photo';
import { pathOf } from './batch-labels';
import type { FlowContext } from './flow-context';
import { whenModelReady } from './load-model';

interface ScoredFile {
  readonly row: BatchRow;
  readonly notes: readonly NoteCode[];
  /** See `HeavyCache.thumb`; null without a score. */
  readonly thumb: Uint8Array<ArrayBuffer> | null;
}

/**
 * One file of a batch, without maps. Never rejects: a file that fails gives a row with its error code.
 *
 * @param lastScoreMs - When the last score of the batch was there, by `nowMs`. The row's `ms` is the time that the batch took
 * for this file: from the score before it where that came after its own start, as the file was being read meanwhile. So the
 * rows' times add up to the batch's.
 */
export async function scoreFile(context: FlowContext, file: File, lastScoreMs: () => number): Promise<ScoredFile> {
  const { store, cache, engine, nowMs } = context;
  const runId = context.nextRunId();
  let startedMs = nowMs();
  const msTaken = (): number => nowMs() - Math.max(startedMs, lastScoreMs());
  try {
    const { blob, headerSize } = await context.acceptPhoto(file);
    const sourcePixels = headerSize === null ? null : headerSize.width * headerSize.height;
    const isEarly = store.getState().model.state !== 'ready';
    const manifest = await whenModelReady(store);
    if (isEarly) startedMs = nowMs();
    const result = await engine.analyse({ runId, photo: blob, sourcePixels, crop: null, keepMaps: false });
    const { source, probability, logit, verdict, threshold, reasons, kind, notes } = judgePhoto(
      { result, manifest },
      { fileName: file.name, origin: 'own', coachNotes: [], saidKind: null },
      store.getState().preferences.line,
    );
    const { side } = manifest.network.input;
    const thumb = shrinkRgb(result.inputRgb, side, Math.min(side, cache.nextThumbPx));
    store.setState(({ runs }) => ({ runs: runs + 1 }));
    const { width, height } = source;
    const row = {
      file: pathOf(file),
      probability,
      logit,
      verdict,
      reasons,
      width,
      height,
      ms: msTaken(),
      error: null,
      threshold,
      kind,
    };
    return { row, notes, thumb };
  } catch (error) {
    const nothing = {
      probability: null,
      logit: null,
      verdict: null,
      reasons: [],
      width: null,
      height: null,
      threshold: null,
      kind: null,
    };
    const row = { file: pathOf(file), ...nothing, ms: msTaken(), error: toErrorFacts(error).code };
    return { row, notes: [], thumb: null };
  }
}
