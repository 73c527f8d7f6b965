import { SHORTCUTS } from '../../domain/shortcut-masks';
import type { AppState } from '../../store/app-state';
import type { BatchLeaningFacts } from '../../store/batch-state';
import { WorkProgress } from '../../viewer/tools/WorkProgress';
import { words } from '../../words/words';
import { useApp, useAppState } from '../app-context';
import { ScrollTable } from '../ScrollTable';
import { useMsLeft } from '../use-ms-left';
import css from './BatchLeaning.module.css';

const selectLeaning = ({ batch }: AppState): BatchLeaningFacts | null => batch.leaning;

/** How the scores of all pictures move when hairs, ink, border or the lesion are erased. */
export function BatchLeaning() {
  const { flow } = useApp();
  const leaning = useAppState(selectLeaning);
  const isReady = useAppState(
    ({ batch }) => !batch.running && batch.entries.some(({ row }) => row !== null && row.error === null),
  );
  const msLeft = useMsLeft(selectLeaning);
  const says = words.batch.leaning;
  if (!isReady && leaning === null) return null;
  const isRunning = leaning?.state === 'running';
  return (
    <details className={css.leaning} data-testid="batch-leaning" data-state={leaning?.state ?? 'idle'}>
      <summary>{says.title}</summary>
      <p>{says.about}</p>
      <div className={css.buttons}>
        <button
          type="button"
          className="button small"
          data-testid="batch-leaning-start"
          disabled={!isReady || isRunning}
          onClick={() => void flow.batch.measureLeaning()}
        >
          {says.start}
        </button>
        {isRunning && (
          <button type="button" className="button small" data-testid="batch-leaning-cancel" onClick={flow.batch.cancelLeaning}>
            {says.cancel}
          </button>
        )}
      </div>
      {isRunning && <WorkProgress label={says.progress} done={leaning.done} total={leaning.total} msLeft={msLeft} />}
      {leaning?.error != null && <p role="alert">{words.error[leaning.error.code]}</p>}
      {leaning !== null && leaning.done > 0 && <Moves leaning={leaning} />}
    </details>
  );
}

function Moves({ leaning }: { readonly leaning: BatchLeaningFacts }) {
  const says = words.batch.leaning;
  return (
    <ScrollTable labelledBy="leaning-caption">
      <table data-testid="batch-leaning-moves" data-pictures={leaning.done}>
        <caption id="leaning-caption">{says.caption(leaning.done)}</caption>
        <thead>
          <tr>
            {says.columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {SHORTCUTS.map((shortcut) => {
            const { pictures, sum, sumOfSizes, crossed } = leaning.moves[shortcut];
            return (
              <tr key={shortcut} data-shortcut={shortcut} data-mean={pictures === 0 ? undefined : sum / pictures}>
                <th scope="row">{words.viewer.tools.leaning.names[shortcut]}</th>
                <td className="number">{says.pictures(pictures)}</td>
                <td className="number">{says.mean(sum, pictures)}</td>
                <td className="number">{says.meanSize(sumOfSizes, pictures)}</td>
                <td className="number">{says.pictures(crossed)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </ScrollTable>
  );
}
