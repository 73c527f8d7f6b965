import type { TestMetrics } from '../../domain/manifest';
import { words } from '../../words/words';
import { ScrollTable } from '../ScrollTable';

interface MetricsTableProps {
  readonly metrics: readonly TestMetrics[];
  readonly threshold: number;
}

export function MetricsTable({ metrics, threshold }: MetricsTableProps) {
  const { columns, cells, legend } = words.pages.model.metrics;
  return (
    <>
      <ScrollTable labelledBy="metrics-title">
        <table data-testid="model-metrics">
          <thead>
            <tr>
              <th scope="col">{columns.pictures}</th>
              <th scope="col" className="number">
                {columns.auc}
              </th>
              <th scope="col" className="number">
                {columns.missed}
              </th>
              <th scope="col" className="number">
                {columns.falseAlarms}
              </th>
              <th scope="col" className="number">
                {columns.calibrationError}
              </th>
            </tr>
          </thead>
          <tbody>
            {metrics.map((set) => (
              <tr key={set.name}>
                <th scope="row">
                  <b>{cells.name(set.name)}</b>
                  <br />
                  <span className="soft">{cells.counts(set)}</span>
                </th>
                <td className="number">{cells.auc(set)}</td>
                <td className="number">{cells.missed(set)}</td>
                <td className="number">{cells.falseAlarms(set)}</td>
                <td className="number">{cells.calibrationError(set)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollTable>
      <p className="small soft">{legend(threshold)}</p>
    </>
  );
}
