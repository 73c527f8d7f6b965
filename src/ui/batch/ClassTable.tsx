import { useMemo } from 'react';
import { ratePredictions, ratesByClass, type PredictionRates } from '../../domain/batch-metrics';
import type { BatchEntry } from '../../domain/batch-view';
import { words } from '../../words/words';
import { ScrollTable } from '../ScrollTable';

interface ClassTableProps {
  readonly entries: readonly BatchEntry[];
  /** The alarm line. */
  readonly threshold: number;
}

/** What becomes of each class of the labels, as of a diagnosis; nothing where they have none. */
export function ClassTable({ entries, threshold }: ClassTableProps) {
  const rates = useMemo(() => ratesByClass(entries, threshold), [entries, threshold]);
  const predictions = useMemo(() => ratePredictions(entries), [entries]);
  const says = words.batch.classes;
  if (rates.length === 0) return null;
  return (
    <>
      <h3 id="classes-title">{says.title}</h3>
      <p>{says.about}</p>
      <ScrollTable labelledBy="classes-title">
        <table aria-labelledby="classes-title" data-testid="batch-classes">
          <Head columns={says.columns} texts={2} />
          <tbody>
            {rates.map((rate) => (
              <tr key={rate.class} data-class={rate.class} data-n={rate.n} data-called={rate.called_malignant}>
                <th scope="row">{rate.class}</th>
                <td>{says.label(rate.label)}</td>
                <td className="number">{says.count(rate.n)}</td>
                <td className="number">{says.share(rate.called_malignant, rate.called_malignant_rate)}</td>
                <td className="number">{says.share(rate.cant_say, rate.cant_say_rate)}</td>
                <td className="number">{says.mean(rate.mean_score)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollTable>
      {predictions !== null && <Predictions rates={predictions} />}
    </>
  );
}

/** @param texts - So many columns from the left hold no numbers. */
function Head({ columns, texts }: { readonly columns: readonly string[]; readonly texts: number }) {
  return (
    <thead>
      <tr>
        {columns.map((column, i) => (
          <th key={column} scope="col" className={i < texts ? undefined : 'number'}>
            {column}
          </th>
        ))}
      </tr>
    </thead>
  );
}

/** How often a person's own model names the class of the label. */
function Predictions({ rates }: { readonly rates: PredictionRates }) {
  const says = words.batch.predictions;
  return (
    <>
      <h3 id="predictions-title">{says.title}</h3>
      <p data-testid="batch-accuracy" data-accuracy={rates.accuracy} data-n={rates.n}>
        {says.about(rates)}
      </p>
      <ScrollTable labelledBy="predictions-title">
        <table aria-labelledby="predictions-title" data-testid="batch-predictions">
          <Head columns={says.columns} texts={1} />
          <tbody>
            {rates.classes.map((rate) => (
              <tr key={rate.class} data-class={rate.class} data-recall={rate.recall} data-precision={rate.precision}>
                <th scope="row">{rate.class}</th>
                <td className="number">{says.count(rate.n)}</td>
                <td className="number">{says.count(rate.predicted)}</td>
                <td className="number">{says.rate(rate.recall)}</td>
                <td className="number">{says.rate(rate.precision)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollTable>
    </>
  );
}
