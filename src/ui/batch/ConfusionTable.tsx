import { ratesOf, type Confusion } from '../../domain/roc';
import { words } from '../../words/words';
import { ScrollTable } from '../ScrollTable';
import css from './ConfusionTable.module.css';

interface ConfusionTableProps {
  readonly confusion: Confusion;
  readonly threshold: number;
  /** null: the model is not loaded. */
  readonly modelThreshold: number | null;
  readonly onThreshold: (threshold: number) => void;
}

/** How often the model errs at a threshold, which is chosen here. */
export function ConfusionTable({ confusion, threshold, modelThreshold, onThreshold }: ConfusionTableProps) {
  const says = words.batch.confusion;
  return (
    <div className={css.confusion}>
      <label className="field">
        <span>{says.threshold(threshold)}</span>
        <input
          className={css.range}
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
            {says.reset(modelThreshold)}
          </button>
        </p>
      )}
      <Counts confusion={confusion} />
      <p>{says.rates(ratesOf(confusion))}</p>
    </div>
  );
}

function Counts({ confusion }: { readonly confusion: Confusion }) {
  const says = words.batch.confusion;
  return (
    <ScrollTable labelledBy="confusion-caption">
      <table data-testid="batch-confusion">
        <caption className="visually-hidden" id="confusion-caption">
          {says.caption}
        </caption>
        <thead>
          <tr>
            <th scope="col">{says.label}</th>
            <th scope="col" className="number">
              {says.calledMalignant}
            </th>
            <th scope="col" className="number">
              {says.calledBenign}
            </th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">{says.malignant}</th>
            <td className="number">{says.count(confusion.truePositives)}</td>
            <td className="number">{says.count(confusion.falseNegatives)}</td>
          </tr>
          <tr>
            <th scope="row">{says.benign}</th>
            <td className="number">{says.count(confusion.falsePositives)}</td>
            <td className="number">{says.count(confusion.trueNegatives)}</td>
          </tr>
        </tbody>
      </table>
    </ScrollTable>
  );
}
