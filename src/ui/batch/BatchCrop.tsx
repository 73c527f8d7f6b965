import { CROP_WAYS, type CropWay } from '../../domain/batch-view';
import { TABLE_ACCEPT } from '../../domain/file-names';
import type { BatchFacts } from '../../store/batch-state';
import { words } from '../../words/words';
import { useApp } from '../app-context';
import { FileButton } from '../FileButton';
import css from './BatchCrop.module.css';

/** Which square of each picture is scored. What was scored keeps its own. */
export function BatchCrop({ batch: { entries, crop } }: { readonly batch: BatchFacts }) {
  const { flow } = useApp();
  const { way, table, error } = crop;
  const others = entries.filter(({ cropWay }) => cropWay !== way).length;
  const says = words.batch.crop;
  return (
    <div className={css.crop}>
      <div className={css.choices}>
        <label className="field">
          <span>{says.choice}</span>
          <select
            value={way}
            data-testid="batch-crop"
            onChange={({ currentTarget }) => {
              flow.batch.setCropWay(currentTarget.value as CropWay);
            }}
          >
            {CROP_WAYS.map((name) => (
              <option key={name} value={name}>
                {says.ways[name]}
              </option>
            ))}
          </select>
        </label>
        {way === 'table' && (
          <FileButton
            label={says.chooseTable(table !== null)}
            accept={TABLE_ACCEPT}
            testId="batch-crop-table"
            onFile={(file) => void flow.batch.readCropTable(file)}
          />
        )}
      </div>
      {way === 'table' && error !== null && (
        <p className="check-failed" role="alert" data-testid="batch-crop-error" data-code={error.code} data-line={error.line}>
          {says.failed(words.error[error.code], error.line)}
        </p>
      )}
      {way !== 'centre' && (
        <p className="small soft" data-testid="batch-crop-words" data-pictures={table?.pictures}>
          {way === 'table' ? says.table(table) : says.finding}
        </p>
      )}
      {others > 0 && (
        <p className="small soft" data-testid="batch-crop-others" data-others={others}>
          {says.others(others)}
        </p>
      )}
    </div>
  );
}
