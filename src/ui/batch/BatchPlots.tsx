import { useId, useMemo } from 'react';
import { ratesOf, type Confusion, type ReliabilityBin, type RocPoint } from '../../domain/roc';
import { words } from '../../words/words';
import css from './BatchPlots.module.css';

/** Both plots show 0-1 against 0-1 on a square of 100 units, with room for the axes' words. */
const SIDE = 100;
const VIEW_BOX = `-17 -3 ${SIDE + 21} ${SIDE + 20}`;

function Axes({ x, y }: { readonly x: string; readonly y: string }) {
  return (
    <>
      <rect className={css.frame} x="0" y="0" width={SIDE} height={SIDE} />
      <path className={css.diagonal} d={`M0 ${SIDE} L${SIDE} 0`} />
      {[0, 0.5, 1].map((tick) => (
        <g key={tick} className={css.text}>
          <text x={tick * SIDE} y={SIDE + 7} textAnchor={tick === 0 ? 'start' : tick === 1 ? 'end' : 'middle'}>
            {words.batch.plots.tick(tick)}
          </text>
          <text x="-2" y={(1 - tick) * SIDE + (tick === 1 ? 5 : tick === 0 ? 0 : 2)} textAnchor="end">
            {words.batch.plots.tick(tick)}
          </text>
        </g>
      ))}
      <text className={css.text} x={SIDE / 2} y={SIDE + 14} textAnchor="middle">
        {x}
      </text>
      <text className={css.text} transform={`translate(-11 ${SIDE / 2}) rotate(-90)`} textAnchor="middle">
        {y}
      </text>
    </>
  );
}

export function RocPlot({ curve, confusion }: { readonly curve: readonly RocPoint[]; readonly confusion: Confusion }) {
  const title = useId();
  const line = useMemo(
    () => curve.map(({ falsePositiveRate: x, truePositiveRate: y }) => `${x * SIDE} ${(1 - y) * SIDE}`).join(' L'),
    [curve],
  );
  const rates = ratesOf(confusion);
  const says = words.batch.plots;
  return (
    <figure>
      <svg className={css.plot} viewBox={VIEW_BOX} role="img" aria-labelledby={title}>
        <title id={title}>{says.roc(rates)}</title>
        <Axes x={says.rocX} y={says.rocY} />
        <path className={css.line} d={`M${line}`} />
        <circle className={css.point} cx={(1 - rates.specificity) * SIDE} cy={(1 - rates.sensitivity) * SIDE} r="2.2" />
      </svg>
      <figcaption className="small soft">{says.rocCaption}</figcaption>
    </figure>
  );
}

export function ReliabilityPlot({ bins }: { readonly bins: readonly ReliabilityBin[] }) {
  const title = useId();
  const largest = Math.max(...bins.map(({ count }) => count));
  const says = words.batch.plots;
  return (
    <figure>
      <svg className={css.plot} viewBox={VIEW_BOX} role="img" aria-labelledby={title}>
        <title id={title}>{says.reliability(bins)}</title>
        <Axes x={says.reliabilityX} y={says.reliabilityY} />
        {bins.map(({ meanProbability, malignantShare, count }) => (
          <circle
            key={meanProbability}
            className={css.bin}
            cx={meanProbability * SIDE}
            cy={(1 - malignantShare) * SIDE}
            r={1.2 + 2.8 * Math.sqrt(count / largest)}
          />
        ))}
      </svg>
      <figcaption className="small soft">{says.reliabilityCaption}</figcaption>
    </figure>
  );
}
