import { useMemo } from 'react';
import { ratesByClass } from '../../domain/batch-metrics';
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
  const says = words.batch.classes;
  if (rates.length === 0) return null;
  return (
    <ScrollTable labelledBy="classes-caption">
      <table data-testid="batch-classes">
        <caption id="classes-caption">{says.caption}</caption>
        <thead>
          <tr>
            {says.columns.map((column, i) => (
              <th key={column} scope="col" className={i < 2 ? undefined : 'number'}>
                {column}
              </th>
            ))}
          </tr>
        </thead>
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
  );
}
