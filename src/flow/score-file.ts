import { offeredActivations, type KeptActivations } from '../domain/activations';
import type { AnalyseResult } from '../domain/analysis';
import { formatCrop } from '../domain/crop';
import type { BatchRow } from '../domain/csv';
import type { CropNote, PredictedClass } from '../domain/batch-view';
import { modelFingerprint } from '../domain/diary';
import { toErrorFacts } from '../domain/errors';
import type { ModelManifest } from '../domain/manifest';
import type { Mutex } from '../domain/mutex';
import { predictedClass } from '../domain/own-manifest';
import type { NoteCode } from '../domain/photo-quality';
import { shrinkRgb } from '../domain/shrink-rgb';
import type { AnalysisFacts } from '../store/app-state';
import { judgePhoto } from './analyse-photo';
import { checkCrop, chooseCrop, type CropPlan } from './batch-crops';
import { pathOf } from './batch-labels';
import type { FlowContext } from './flow-context';
import { judgeAgain } from './judge-again';
import { whenModelReady, withModel } from './load-model';
import { scoreOtherViews } from './score-views';

export interface ScoredFile {
  readonly row: BatchRow;
  readonly notes: readonly NoteCode[];
  readonly cropNote: CropNote | null;
  readonly predicted: PredictedClass | null;
  /** See `HeavyCache.thumb`; null without a score. */
  readonly thumb: Uint8Array<ArrayBuffer> | null;
  /** null: none were asked for, or the model has no such layer. */
  readonly activations: KeptActivations | null;
}

/** What a file of a batch needs to know of the others. */
export interface BatchPlace {
  /**
   * When the last score of the batch was there, by `nowMs`. The row's `ms` is the time that the batch took for this file: from the
   * score before it where that came after its own start, as the file was being read meanwhile. So the rows' times add up to the
   * batch's.
   */
  readonly lastScoreMs: () => number;
  /** Whether the row that it had before, if it had one, rests on the eight views: then the new one does. */
  readonly hadViews: boolean;
  /** Whether its row is still wanted. */
  readonly isWanted: () => boolean;
  /** One file's views at a time, so that rows come one by one. */
  readonly viewTurns: Mutex;
}

/** What only a score gives. */
const NO_SCORE = {
  probability: null,
  logit: null,
  verdict: null,
  reasons: [],
  width: null,
  height: null,
  threshold: null,
  kind: null,
  views: null,
  model: null,
  model_sha256: null,
  crop: null,
  backend: null,
} as const;

const fingerprints = new WeakMap<ModelManifest, string>();

/** Known long before the first score: rows then wait for nothing. */
async function rememberFingerprint(manifest: ModelManifest): Promise<string> {
  const fingerprint = fingerprints.get(manifest) ?? (await modelFingerprint(manifest));
  fingerprints.set(manifest, fingerprint);
  return fingerprint;
}

/** One file of a batch, without maps. Never rejects: a file that fails gives a row with its error code. */
export async function scoreFile(context: FlowContext, file: File, plan: CropPlan, place: BatchPlace): Promise<ScoredFile> {
  const { store, cache, engine, nowMs } = context;
  const runId = context.nextRunId();
  let startedMs = nowMs();
  const msTaken = (): number => nowMs() - Math.max(startedMs, place.lastScoreMs());
  try {
    const { blob, headerSize } = await context.acceptPhoto(file);
    const sourcePixels = headerSize === null ? null : headerSize.width * headerSize.height;
    const isEarly = store.getState().model.state !== 'ready';
    await whenModelReady(store);
    if (isEarly) startedMs = nowMs();
    const { crop: wanted, note: cropNote } = await chooseCrop(context, blob, plan);
    const { computed, manifest } = await withModel(context, async (model) => {
      void rememberFingerprint(model);
      const { withViews, activations: chosen } = store.getState().batch;
      const name = offeredActivations(model.network, chosen);
      const request = { runId, photo: blob, sourcePixels, crop: wanted, keepMaps: false, activations: name };
      const result = await engine.analyse(request);
      checkCrop(plan, result.crop);
      // How far views may differ is known of the model that ships alone.
      const isReviewed = (withViews || place.hadViews) && !model.own;
      const viewLogits = isReviewed ? await readViews(context, result, model, place) : [];
      return { result, viewLogits, name };
    });
    const { result, viewLogits, name } = computed;
    const said = { fileName: file.name, origin: 'own', coachNotes: [], saidKind: null } as const;
    const { line } = store.getState().preferences;
    const facts = judgeAgain(judgePhoto({ result, manifest }, said, line), { viewLogits }, line);
    const { source, probability, logit, reasons, kind, notes } = facts;
    const { side } = manifest.network.input;
    const thumb = shrinkRgb(result.inputRgb, side, Math.min(side, cache.nextThumbPx));
    store.setState(({ runs }) => ({ runs: runs + 1 }));
    const { width, height } = source;
    const scored = { probability, logit, reasons, width, height, kind, ...saidOf(facts) };
    const { crop, backend, activations: values, outputs } = result;
    const predicted = manifest.own && outputs ? predictedClass(outputs, manifest.own) : null;
    const activations = name === null || values === undefined ? null : { name, values, manifest, crop, backend };
    const made = {
      model: manifest.version,
      model_sha256: fingerprints.get(manifest) ?? (await rememberFingerprint(manifest)),
      crop: formatCrop(crop),
      backend,
    };
    const row = { file: pathOf(file), ...scored, ...made, ms: msTaken(), error: null };
    return { row, notes, cropNote, predicted, thumb, activations };
  } catch (error) {
    const row = { file: pathOf(file), ...NO_SCORE, ms: msTaken(), error: toErrorFacts(error).code };
    return { row, notes: [], cropNote: null, predicted: null, thumb: null, activations: null };
  }
}

/** What a person's own model answers is raw output: nothing is said of it, as of a single photo. */
function saidOf({ manifest, verdict, threshold, viewRange }: AnalysisFacts): Pick<BatchRow, 'verdict' | 'threshold' | 'views'> {
  if (manifest.own) return { verdict: null, threshold: null, views: null };
  return { verdict, threshold, views: viewRange !== null };
}

/** Logits of all views, the upright one first; none where they could not be computed, or are not wanted any more. */
async function readViews(
  { engine }: FlowContext,
  { inputRgb, logit }: AnalyseResult,
  { network }: ModelManifest,
  { isWanted, viewTurns }: BatchPlace,
): Promise<readonly number[]> {
  try {
    const others = await viewTurns.runExclusive(() => scoreOtherViews(engine, inputRgb, network.input.side, isWanted));
    return others === null ? [] : [logit, ...others];
  } catch {
    return [];
  }
}
