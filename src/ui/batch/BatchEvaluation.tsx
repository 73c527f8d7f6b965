import { memo, useMemo } from 'react';
import { aucInterval } from '../../domain/auc-interval';
import { labelledScores, type LabelledScores } from '../../domain/batch-metrics';
import type { BatchEntry } from '../../domain/batch-view';
import { expectedCalibrationError, rocAuc } from '../../domain/metrics';
import { confusionAt, reliabilityBins, rocCurve } from '../../domain/roc';
import { words } from '../../words/words';
import { useAppState } from '../app-context';
import css from './BatchEvaluation.module.css';
import { ReliabilityPlot, RocPlot } from './BatchPlots';
import { ClassTable } from './ClassTable';
import { ConfusionTable } from './ConfusionTable';
import { EvaluationFiles } from './EvaluationFiles';

interface BatchEvaluationProps {
  readonly entries: readonly BatchEntry[];
  /** Pictures that tables of labels name, here or not. */
  readonly labelRows: number;
  /** The alarm line; null: none is known, as nothing is scored. */
  readonly threshold: number | null;
  /** null: the model is not loaded. */
  readonly modelThreshold: number | null;
  readonly onThreshold: (threshold: number) => void;
}

/** What labels say of the scores; nothing where there are none. */
export const BatchEvaluation = memo(function BatchEvaluation({
  entries,
  labelRows,
  threshold,
  ...choices
}: BatchEvaluationProps) {
  // Drawn from memory unless something changes: the words do.
  useAppState((state) => state.language.now);
  const labelled = useMemo(() => labelledScores(entries), [entries]);
  const withLabel = entries.filter(({ label }) => label !== undefined).length;
  if (withLabel === 0 && labelRows === 0) return null;
  const malignant = labelled.labels.filter(Boolean).length;
  const benign = labelled.labels.length - malignant;
  const says = words.batch.evaluation;
  return (
    <section aria-labelledby="evaluation-title" data-testid="batch-evaluation" data-n={labelled.labels.length}>
      <h2 id="evaluation-title">{says.title}</h2>
      <p data-testid="batch-label-words">{labelWords(entries, withLabel, labelRows)}</p>
      {labelled.labels.length > 0 &&
        threshold !== null &&
        (malignant === 0 || benign === 0 ? (
          <p>{says.oneClass(labelled.labels.length, malignant > 0)}</p>
        ) : (
          <Figures labelled={labelled} threshold={threshold} {...choices} />
        ))}
      {threshold !== null && <ClassTable entries={entries} threshold={threshold} />}
      {labelled.labels.length > 0 && threshold !== null && <EvaluationFiles entries={entries} threshold={threshold} />}
    </section>
  );
});

/** How many pictures are behind the figures, and where the others went. */
function labelWords(entries: readonly BatchEntry[], withLabel: number, inTable: number): string {
  const says = words.batch.evaluation;
  if (entries.length === 0) return says.noPictures(inTable);
  if (withLabel === 0) return says.noneFits(inTable);
  const known = entries.filter(({ label }) => typeof label === 'boolean');
  const scored = known.filter(({ row }) => row !== null && row.probability !== null);
  const failed = known.filter(({ row }) => row !== null && row.probability === null).length;
  return says.counts({
    inTable,
    scored: scored.length,
    malignant: scored.filter(({ label }) => label === true).length,
    waiting: known.length - scored.length - failed,
    failed,
    others: withLabel - known.length,
    unlabelled: entries.length - withLabel,
  });
}

interface FiguresProps extends Omit<BatchEvaluationProps, 'entries' | 'labelRows' | 'threshold'> {
  readonly threshold: number;
  readonly labelled: LabelledScores;
}

function Figures({ labelled, threshold, modelThreshold, onThreshold }: FiguresProps) {
  const { labels, probabilities, undecided } = labelled;
  const figures = useMemo(
    () => ({
      auc: rocAuc(labels, probabilities),
      interval: aucInterval(labels, probabilities),
      ece: expectedCalibrationError(labels, probabilities),
      curve: rocCurve(labels, probabilities),
      bins: reliabilityBins(labels, probabilities),
    }),
    [labels, probabilities],
  );
  const confusion = confusionAt(labels, probabilities, threshold);
  const { auc, interval, ece } = figures;
  return (
    <>
      <p data-testid="batch-auc" data-auc={auc} data-auc-low={interval?.[0]} data-auc-high={interval?.[1]} data-ece={ece}>
        {words.batch.evaluation.figures({ auc, interval, ece, undecided })}
      </p>
      <div className={css.plots}>
        <RocPlot curve={figures.curve} confusion={confusion} />
        <ReliabilityPlot bins={figures.bins} />
        <ConfusionTable confusion={confusion} threshold={threshold} modelThreshold={modelThreshold} onThreshold={onThreshold} />
      </div>
    </>
  );
}
