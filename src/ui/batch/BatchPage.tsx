import { useCallback } from 'react';
import { lineOfModel } from '../../domain/own-manifest';
import { formatBatchCsv } from '../../domain/csv';
import { PICTURE_ACCEPT, TABLE_ACCEPT } from '../../domain/file-names';
import { lineOfScores, type BatchEntry } from '../../domain/batch-view';
import type { AppState } from '../../store/app-state';
import type { BatchFacts } from '../../store/batch-state';
import { words } from '../../words/words';
import { useApp, useAppState } from '../app-context';
import { downloadBlob } from '../download';
import { useMsLeft, type StepFacts } from '../use-ms-left';
import { useSlowly } from '../use-slowly';
import { BatchActivations } from './BatchActivations';
import { BatchCrop } from './BatchCrop';
import { BatchEvaluation } from './BatchEvaluation';
import { BatchLeaning } from './BatchLeaning';
import css from './BatchPage.module.css';
import { BatchResults } from './BatchResults';
import { BatchViews } from './BatchViews';

/** With more rows than this, table and figures are renewed only so often: sorting and counting them all takes a while. */
const MANY_ROWS = 500;
const RENEW_EVERY_MS = 1000;

/** Many pictures, one after another: queue, table, CSV; and what labels say of the model. */
export function BatchPage() {
  const { flow } = useApp();
  const batch = useAppState((state) => state.batch);
  // A person's own model has no line: rows that were scored before it was opened keep theirs.
  const modelThreshold = useAppState(({ model }) => (model.state === 'ready' ? lineOfModel(model.facts.manifest) : null));
  const line = useAppState((state) => state.preferences.line);
  const entries = useSlowly(batch.entries, batch.entries.length > MANY_ROWS ? RENEW_EVERY_MS : 0);
  const threshold = line ?? modelThreshold ?? lineOfScores(entries);
  const setThreshold = useCallback(
    (wanted: number) => {
      flow.preferences.setLine(wanted === modelThreshold ? null : wanted);
    },
    [flow, modelThreshold],
  );
  return (
    <div className="page page-wide">
      <h1 tabIndex={-1}>{words.batch.title}</h1>
      <p className="lead">{words.batch.lead}</p>
      <BatchControls batch={batch} />
      <BatchCrop batch={batch} />
      <BatchViews batch={batch} />
      <BatchActivations entries={entries} />
      <BatchProgress batch={batch} />
      {batch.labelError !== null && (
        <p className="check-failed" role="alert" data-testid="batch-label-error">
          {words.error[batch.labelError.code]}
        </p>
      )}
      <BatchEvaluation
        entries={entries}
        labelRows={batch.labelRows}
        threshold={threshold}
        modelThreshold={modelThreshold}
        onThreshold={setThreshold}
      />
      <BatchLeaning />
      {entries.length > 0 && <BatchResults entries={entries} threshold={threshold} />}
    </div>
  );
}

function BatchControls({ batch }: { readonly batch: BatchFacts }) {
  const { flow } = useApp();
  const says = words.batch.controls;
  const total = batch.entries.length;
  const take = (input: HTMLInputElement): void => {
    const files = [...(input.files ?? [])];
    input.value = '';
    void flow.batch.run(files);
  };
  return (
    <div className={css.controls}>
      <label className="file-button button-primary">
        <span>{total === 0 ? says.choosePictures : says.addPictures}</span>
        <input
          type="file"
          accept={`${PICTURE_ACCEPT},${TABLE_ACCEPT}`}
          multiple
          data-testid="batch-input"
          onChange={({ currentTarget }) => {
            take(currentTarget);
          }}
        />
      </label>
      <label className="file-button">
        <span>{total === 0 ? says.chooseFolder : says.addFolder}</span>
        <input
          type="file"
          multiple
          data-testid="batch-folder-input"
          ref={(input) => {
            // React does not know the attribute.
            input?.setAttribute('webkitdirectory', '');
          }}
          onChange={({ currentTarget }) => {
            take(currentTarget);
          }}
        />
      </label>
      <button
        type="button"
        className="button"
        data-testid="batch-export-csv"
        disabled={batch.finished === 0}
        onClick={() => {
          downloadBlob('batch.csv', new Blob([formatBatchCsv(finishedRows(batch.entries))], { type: 'text/csv' }));
        }}
      >
        {says.exportCsv}
      </button>
      {batch.running && (
        <button type="button" className="button" data-testid="batch-cancel" onClick={flow.batch.cancel}>
          {says.cancel}
        </button>
      )}
      {!batch.running && (total > 0 || batch.skipped > 0 || batch.labelRows > 0) && (
        <button type="button" className="button button-quiet" data-testid="batch-clear" onClick={flow.batch.clear}>
          {says.clear}
        </button>
      )}
    </div>
  );
}

function finishedRows(entries: readonly BatchEntry[]) {
  return entries.flatMap(({ row, label, labelClass }) => {
    if (row === null) return [];
    const side = typeof label === 'boolean' ? (label ? 'malignant' : 'benign') : null;
    return [{ ...row, label: side, class: labelClass } as const];
  });
}

function selectWork({ batch, model }: AppState): StepFacts {
  const isRunning = batch.running && model.state === 'ready';
  return { state: isRunning ? 'running' : 'idle', done: batch.finished, total: batch.entries.length };
}

function BatchProgress({ batch }: { readonly batch: BatchFacts }) {
  const isWaitingForModel = useAppState((state) => state.batch.running && state.model.state !== 'ready');
  const msLeft = useMsLeft(selectWork);
  const { entries, finished, skipped } = batch;
  const total = entries.length;
  const unread = entries.filter(({ row }) => row !== null && row.error !== null).length;
  const says = words.batch.progress;
  return (
    <div className={css.progress}>
      <div
        className={`progress-track ${css.track}`}
        role="progressbar"
        aria-label={says.bar}
        data-testid="batch-progress"
        aria-valuemin={0}
        aria-valuemax={total}
        aria-valuenow={finished}
        aria-valuetext={says.value(finished, total)}
      >
        <div className="progress-fill" style={{ transform: `scaleX(${total === 0 ? 0 : finished / total})` }} />
      </div>
      <p className="small soft" data-testid="batch-words">
        {says.words({ finished, total, unread, skipped, isWaitingForModel, msLeft })}
      </p>
    </div>
  );
}
