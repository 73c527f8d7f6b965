import type { TestMetrics } from '../../domain/manifest';
import { outOfHundred } from '../../domain/score';
import { ScrollTable } from '../ScrollTable';

interface MetricsTableProps {
  readonly metrics: readonly TestMetrics[];
  readonly threshold: number;
}

export function MetricsTable({ metrics, threshold }: MetricsTableProps) {
  return (
    <>
      <ScrollTable labelledBy="metrics-title">
        <table data-testid="model-metrics">
          <thead>
            <tr>
              <th scope="col">Pictures</th>
              <th scope="col" className="number">
                AUC (95 % interval)
              </th>
              <th scope="col" className="number">
                Of 100 malignant, missed
              </th>
              <th scope="col" className="number">
                Of 100 benign, called malignant
              </th>
              <th scope="col" className="number">
                Calibration error
              </th>
            </tr>
          </thead>
          <tbody>
            {metrics.map((set) => (
              <tr key={set.name}>
                <th scope="row">
                  <b>{set.name}</b>
                  <br />
                  <span className="soft">
                    {set.images.toLocaleString('en')} pictures, {set.malignant.toLocaleString('en')} malignant
                    {set.heldOut ? '' : '; took part in choosing or calibrating'}
                  </span>
                </th>
                <td className="number">
                  {set.auc.toFixed(3)} ({set.aucCi95[0].toFixed(3)}–{set.aucCi95[1].toFixed(3)})
                </td>
                <td className="number">{outOfHundred(1 - set.sensitivity)}</td>
                <td className="number">{outOfHundred(1 - set.specificity)}</td>
                <td className="number">{set.ece.toFixed(3)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollTable>
      <p className="small soft">
        Missed and called malignant: at the model&rsquo;s threshold of {threshold.toFixed(2)}. AUC: how often a malignant picture
        gets a higher score than a benign one, taken from all pairs; 0.5 is chance, 1 is perfect. Calibration error: how far
        scores are from observed frequencies, on average.
      </p>
    </>
  );
}
