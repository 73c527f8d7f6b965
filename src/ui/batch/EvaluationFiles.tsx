import { formatMetrics, labelledScores, measureBatch } from '../../domain/batch-metrics';
import type { BatchEntry } from '../../domain/batch-view';
import { rocCurve } from '../../domain/roc';
import { drawRocSvg } from '../../domain/roc-svg';
import { words } from '../../words/words';
import { downloadBlob } from '../download';
import css from './BatchEvaluation.module.css';

interface EvaluationFilesProps {
  readonly entries: readonly BatchEntry[];
  /** The alarm line. */
  readonly threshold: number;
}

/** The evaluation as files. Of one class alone there is no curve. */
export function EvaluationFiles({ entries, threshold }: EvaluationFilesProps) {
  const says = words.batch.files;
  const known = entries.filter(({ row }) => row !== null && row.probability !== null);
  const hasBoth = [true, false].every((label) => known.some((entry) => entry.label === label));
  const saveCurve = (): void => {
    const { labels, probabilities } = labelledScores(entries);
    const metrics = measureBatch(entries, threshold);
    const svg = drawRocSvg(metrics, rocCurve(labels, probabilities), says.rocTexts(metrics));
    downloadBlob('batch-roc.svg', new Blob([svg], { type: 'image/svg+xml' }));
  };
  return (
    <div className={css.files}>
      <button
        type="button"
        className="button small"
        data-testid="batch-export-metrics"
        onClick={() => {
          const json = formatMetrics(measureBatch(entries, threshold));
          downloadBlob('batch-metrics.json', new Blob([json], { type: 'application/json' }));
        }}
      >
        {says.metrics}
      </button>
      {hasBoth && (
        <button type="button" className="button small" data-testid="batch-export-roc" onClick={saveCurve}>
          {says.roc}
        </button>
      )}
    </div>
  );
}
