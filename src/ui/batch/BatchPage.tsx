import { formatBatchCsv } from '../../domain/csv';
import type { BatchEntry, BatchFacts } from '../../store/app-state';
import { useApp, useAppState } from '../app-context';
import { BatchTable } from './BatchTable';
import { downloadBlob } from '../download';

export function BatchPage() {
  const { flow } = useApp();
  const batch = useAppState((state) => state.batch);
  const isWaitingForModel = useAppState((state) => state.batch.running && state.model.state !== 'ready');
  const total = batch.entries.length;
  return (
    <div className="page page-wide">
      <h1 tabIndex={-1}>Batch</h1>
      <p className="lead">
        Score many pictures one after another, each by its largest centred square, and take the numbers with you as CSV. For
        research and teaching; nothing leaves this device.
      </p>
      <div className="batch-controls">
        <label className="file-button button-primary">
          {total === 0 ? 'Choose pictures' : 'Add pictures'}
          <input
            type="file"
            accept="image/*,.heic,.heif"
            multiple
            data-testid="batch-input"
            onChange={({ currentTarget }) => {
              const files = [...(currentTarget.files ?? [])];
              currentTarget.value = '';
              void flow.runBatch(files);
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
          Export CSV
        </button>
        {batch.running && (
          <button type="button" className="button" data-testid="batch-cancel" onClick={flow.cancelBatch}>
            Cancel
          </button>
        )}
        {!batch.running && total > 0 && (
          <button type="button" className="button button-quiet" data-testid="batch-clear" onClick={flow.clearBatch}>
            Clear the list
          </button>
        )}
      </div>
      <div className="batch-progress">
        <div
          className="progress-track"
          role="progressbar"
          aria-label="Pictures scored"
          data-testid="batch-progress"
          aria-valuemin={0}
          aria-valuemax={total}
          aria-valuenow={batch.finished}
          aria-valuetext={`${batch.finished} of ${total}`}
        >
          <div className="progress-fill" style={{ transform: `scaleX(${total === 0 ? 0 : batch.finished / total})` }} />
        </div>
        <p className="small soft">{progressWords(batch, isWaitingForModel)}</p>
      </div>
      <BatchTable entries={batch.entries} />
    </div>
  );
}

function finishedRows(entries: readonly BatchEntry[]) {
  return entries.flatMap(({ row }) => (row === null ? [] : [row]));
}

function progressWords({ entries, finished }: BatchFacts, isWaitingForModel: boolean): string {
  if (entries.length === 0) return 'No pictures yet. Choose them above, or drop them anywhere on this page.';
  const unread = entries.filter(({ row }) => row !== null && row.error !== null).length;
  const count = `${finished} of ${entries.length} done`;
  const parts = [count, ...(unread > 0 ? [`${unread} could not be read`] : [])];
  return `${parts.join(', ')}.${isWaitingForModel ? ' The rest starts as soon as the model is ready.' : ''}`;
}
