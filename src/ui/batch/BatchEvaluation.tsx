import { memo, useId, useMemo } from 'react';
import { aucInterval } from '../../domain/auc-interval';
import type { BatchEntry } from '../../domain/batch-view';
import { expectedCalibrationError, rocAuc } from '../../domain/metrics';
import { confusionAt, reliabilityBins, rocCurve, type Confusion, type ReliabilityBin, type RocPoint } from '../../domain/roc';
import { outOfHundred } from '../../domain/score';
import { formatScore } from '../words';

interface BatchEvaluationProps {
  readonly entries: readonly BatchEntry[];
  /** Pictures that tables of labels name, here or not. */
  readonly labelRows: number;
  readonly threshold: number;
  /** null: the model is not loaded. */
  readonly modelThreshold: number | null;
  readonly onThreshold: (threshold: number) => void;
}

/** What the scored pictures of both classes give; the lists go side by side. */
interface Labelled {
  readonly labels: readonly boolean[];
  readonly probabilities: readonly number[];
}

/** What labels say of the scores; nothing where there are none. */
export const BatchEvaluation = memo(function BatchEvaluation({ entries, labelRows, ...choices }: BatchEvaluationProps) {
  const labelled = useMemo((): Labelled => {
    const scored = entries.flatMap(({ label, row }) =>
      typeof label === 'boolean' && row !== null && row.probability !== null ? [{ label, probability: row.probability }] : [],
    );
    return { labels: scored.map(({ label }) => label), probabilities: scored.map(({ probability }) => probability) };
  }, [entries]);
  const withLabel = entries.filter(({ label }) => label !== undefined).length;
  if (withLabel === 0 && labelRows === 0) return null;
  const malignant = labelled.labels.filter(Boolean).length;
  const benign = labelled.labels.length - malignant;
  return (
    <section aria-labelledby="evaluation-title" data-testid="batch-evaluation" data-n={labelled.labels.length}>
      <h2 id="evaluation-title">What the labels say</h2>
      <p data-testid="batch-label-words">{labelWords(entries, withLabel, labelRows)}</p>
      {labelled.labels.length > 0 &&
        (malignant === 0 || benign === 0 ? (
          <p>
            All {labelled.labels.length} are {malignant > 0 ? 'malignant' : 'benign'}: a curve, and the area under it, need scored
            pictures of both classes.
          </p>
        ) : (
          <Figures labelled={labelled} undecided={countUndecided(entries)} {...choices} />
        ))}
    </section>
  );
});

function countUndecided(entries: readonly BatchEntry[]): number {
  return entries.filter(({ label, row }) => typeof label === 'boolean' && row?.verdict === 'cant-say').length;
}

function pictures(count: number): string {
  return count === 1 ? '1 picture' : `${count} pictures`;
}

/** How many pictures are behind the figures, and where the others went. */
function labelWords(entries: readonly BatchEntry[], withLabel: number, labelRows: number): string {
  if (entries.length === 0) return `Labels of ${pictures(labelRows)} are read. Add the pictures.`;
  if (withLabel === 0) {
    return `Labels of ${pictures(labelRows)} are read, but none of them has the name of a picture here. The table needs these pictures’ file names, or their paths in the folder.`;
  }
  const known = entries.filter(({ label }) => typeof label === 'boolean');
  const scored = known.filter(({ row }) => row !== null && row.probability !== null);
  const malignant = scored.filter(({ label }) => label === true).length;
  const failed = known.filter(({ row }) => row !== null && row.probability === null).length;
  const waiting = known.length - scored.length - failed;
  const others = withLabel - known.length;
  const none = entries.length - withLabel;
  return [
    `${pictures(scored.length)} with a label and a score: ${malignant} malignant, ${scored.length - malignant} benign.`,
    waiting > 0 ? `${waiting} with a label still wait.` : '',
    failed > 0 ? `${failed} with a label could not be read.` : '',
    others > 0 ? `${others} labelled as neither are left out.` : '',
    none > 0 ? `${none} have no label.` : '',
    labelRows > 0 ? `The table of labels names ${pictures(labelRows)}.` : '',
  ]
    .filter((sentence) => sentence !== '')
    .join(' ');
}

interface FiguresProps extends Omit<BatchEvaluationProps, 'entries' | 'labelRows'> {
  readonly labelled: Labelled;
  /** Of these, those for which the app says "can't say". */
  readonly undecided: number;
}

function Figures({ labelled, undecided, threshold, modelThreshold, onThreshold }: FiguresProps) {
  const { labels, probabilities } = labelled;
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
      <p
        data-testid="batch-auc"
        data-auc={auc}
        data-auc-low={interval?.[0]}
        data-auc-high={interval?.[1]}
        data-ece={ece}
        className="evaluation-figures"
      >
        Area under the ROC curve: <b>{auc.toFixed(3)}</b>
        {interval === null
          ? ' (too few pictures, or too far apart, for an interval)'
          : `, 95 % interval ${interval[0].toFixed(3)} to ${interval[1].toFixed(3)} (DeLong)`}
        . Expected calibration error in 15 bins: <b>{ece.toFixed(3)}</b>.
        {undecided > 0 && ` ${pictures(undecided)} for which the model can’t say count here by their score.`}
      </p>
      <div className="evaluation-plots">
        <RocPlot curve={figures.curve} confusion={confusion} />
        <ReliabilityPlot bins={figures.bins} />
        <ConfusionTable confusion={confusion} threshold={threshold} modelThreshold={modelThreshold} onThreshold={onThreshold} />
      </div>
    </>
  );
}

/** Both plots show 0-1 against 0-1 on a square of 100 units, with room for the axes' words. */
const SIDE = 100;

function Axes({ x, y }: { readonly x: string; readonly y: string }) {
  return (
    <>
      <rect className="plot-frame" x="0" y="0" width={SIDE} height={SIDE} />
      <path className="plot-diagonal" d={`M0 ${SIDE} L${SIDE} 0`} />
      {[0, 0.5, 1].map((tick) => (
        <g key={tick} className="plot-text">
          <text x={tick * SIDE} y={SIDE + 7} textAnchor={tick === 0 ? 'start' : tick === 1 ? 'end' : 'middle'}>
            {tick}
          </text>
          <text x="-2" y={(1 - tick) * SIDE + (tick === 1 ? 5 : tick === 0 ? 0 : 2)} textAnchor="end">
            {tick}
          </text>
        </g>
      ))}
      <text className="plot-text" x={SIDE / 2} y={SIDE + 14} textAnchor="middle">
        {x}
      </text>
      <text className="plot-text" transform={`translate(-11 ${SIDE / 2}) rotate(-90)`} textAnchor="middle">
        {y}
      </text>
    </>
  );
}

const VIEW_BOX = `-17 -3 ${SIDE + 21} ${SIDE + 20}`;

function RocPlot({ curve, confusion }: { readonly curve: readonly RocPoint[]; readonly confusion: Confusion }) {
  const title = useId();
  const line = useMemo(
    () => curve.map(({ falsePositiveRate: x, truePositiveRate: y }) => `${x * SIDE} ${(1 - y) * SIDE}`).join(' L'),
    [curve],
  );
  const { sensitivity, specificity } = rates(confusion);
  return (
    <figure>
      <svg className="plot" viewBox={VIEW_BOX} role="img" aria-labelledby={title}>
        <title id={title}>
          ROC curve. At the threshold: {percent(sensitivity)} of the malignant pictures and {percent(1 - specificity)} of the
          benign ones are called malignant.
        </title>
        <Axes x="benign called malignant" y="malignant called malignant" />
        <path className="plot-line" d={`M${line}`} />
        <circle className="plot-point" cx={(1 - specificity) * SIDE} cy={(1 - sensitivity) * SIDE} r="2.2" />
      </svg>
      <figcaption className="small soft">ROC curve; the dot is the threshold.</figcaption>
    </figure>
  );
}

function ReliabilityPlot({ bins }: { readonly bins: readonly ReliabilityBin[] }) {
  const title = useId();
  const largest = Math.max(...bins.map(({ count }) => count));
  return (
    <figure>
      <svg className="plot" viewBox={VIEW_BOX} role="img" aria-labelledby={title}>
        <title id={title}>
          Calibration:{' '}
          {bins
            .map((bin) => `score ${bin.meanProbability.toFixed(2)}, ${percent(bin.malignantShare)} malignant of ${bin.count}`)
            .join('; ')}
        </title>
        <Axes x="mean score" y="share that is malignant" />
        {bins.map(({ meanProbability, malignantShare, count }) => (
          <circle
            key={meanProbability}
            className="plot-bin"
            cx={meanProbability * SIDE}
            cy={(1 - malignantShare) * SIDE}
            r={1.2 + 2.8 * Math.sqrt(count / largest)}
          />
        ))}
      </svg>
      <figcaption className="small soft">Calibration in 15 bins; larger dots hold more pictures.</figcaption>
    </figure>
  );
}

function rates({ truePositives, falseNegatives, falsePositives, trueNegatives }: Confusion) {
  return {
    sensitivity: truePositives / (truePositives + falseNegatives),
    specificity: trueNegatives / (trueNegatives + falsePositives),
  };
}

function percent(share: number): string {
  return `${(share * 100).toFixed(0)} %`;
}

interface ConfusionTableProps {
  readonly confusion: Confusion;
  readonly threshold: number;
  readonly modelThreshold: number | null;
  readonly onThreshold: (threshold: number) => void;
}

function ConfusionTable({ confusion, threshold, modelThreshold, onThreshold }: ConfusionTableProps) {
  const { sensitivity, specificity } = rates(confusion);
  return (
    <div className="confusion">
      <label className="field">
        <span>
          Called malignant from a score of <b className="mono">{formatScore(threshold)}</b>
        </span>
        <input
          type="range"
          min="0"
          max="1"
          step="0.001"
          value={threshold}
          data-testid="batch-threshold"
          onChange={({ currentTarget }) => {
            onThreshold(Number(currentTarget.value));
          }}
        />
      </label>
      {modelThreshold !== null && threshold !== modelThreshold && (
        <p>
          <button
            type="button"
            className="button small"
            onClick={() => {
              onThreshold(modelThreshold);
            }}
          >
            Back to the model&rsquo;s own, {formatScore(modelThreshold)}
          </button>
        </p>
      )}
      <table data-testid="batch-confusion">
        <caption className="visually-hidden">Pictures by label and by what the model calls them</caption>
        <thead>
          <tr>
            <th scope="col">Label</th>
            <th scope="col" className="number">
              called malignant
            </th>
            <th scope="col" className="number">
              called benign
            </th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">malignant</th>
            <td className="number">{confusion.truePositives}</td>
            <td className="number">{confusion.falseNegatives}</td>
          </tr>
          <tr>
            <th scope="row">benign</th>
            <td className="number">{confusion.falsePositives}</td>
            <td className="number">{confusion.trueNegatives}</td>
          </tr>
        </tbody>
      </table>
      <p>
        Of 100 malignant pictures it misses <b>{outOfHundred(1 - sensitivity)}</b>; of 100 benign ones it calls{' '}
        <b>{outOfHundred(1 - specificity)}</b> malignant. (Sensitivity {sensitivity.toFixed(3)}, specificity{' '}
        {specificity.toFixed(3)}.)
      </p>
    </div>
  );
}
