import type { LoadedModel } from '../../domain/loaded-model';
import { SLOTS, type AppState, type LoadStep } from '../../store/app-state';
import { selectStatus } from '../../store/select-status';
import { words } from '../../words/words';
import { useAppState } from '../app-context';
import css from './AppStatus.module.css';

/** What the app is doing, and on what it computes. A live region: it is read out when its words change. */
export function AppStatus() {
  const status = useAppState(selectStatus);
  const model = useAppState((state) => state.model);
  const runs = useAppState((state) => state.runs);
  const says = useAppState(statusWords);
  const facts = model.state === 'ready' ? model.facts : null;
  return (
    <div className={css.place}>
      <div
        className={css.status}
        role="status"
        data-testid="app-status"
        data-state={status}
        data-backend={facts?.backend ?? ''}
        data-model={facts?.manifest.version ?? ''}
        data-runs={runs}
      >
        <p className={css.words}>
          <span className={css.lamp} aria-hidden="true" />
          <span>{says}</span>
        </p>
        {facts !== null && (
          <p className={`small soft ${css.device}`} data-testid="status-device" title={words.shell.backend(facts)}>
            {words.shell.status.runsOn(facts)}
          </p>
        )}
      </div>
      {model.state === 'loading' && <LoadBar step={model.step} />}
      {facts !== null && facts.rejected.length > 0 && <PassedOver rejected={facts.rejected} />}
    </div>
  );
}

function statusWords(state: AppState): string {
  const { model, batch } = state;
  const says = words.shell.status;
  const phases = SLOTS.map((slot) => state.photos[slot].phase.state);
  if (model.state === 'failed') return says.modelFailed;
  if (model.state === 'idle') return says.opening;
  if (model.state === 'loading') return says.loadStep(model.step);
  if (phases.includes('running')) return says.analysing;
  if (batch.running) return says.scoring;
  if (state.selfTest.state === 'running') return says.checking;
  if (state.intakeError !== null || phases.includes('failed')) return says.photoFailed;
  return state.photos.a.result === null ? says.ready : says.done;
}

function LoadBar({ step }: { readonly step: LoadStep }) {
  const share = step.phase === 'download' && step.totalBytes > 0 ? step.loadedBytes / step.totalBytes : null;
  return (
    <div className={css.loadBar}>
      <div
        className="progress-track"
        role="progressbar"
        aria-label={words.shell.status.download}
        aria-valuemin={0}
        aria-valuemax={100}
        {...(share === null ? {} : { 'aria-valuenow': Math.round(share * 100) })}
      >
        <div
          className={share === null ? 'progress-fill progress-busy' : 'progress-fill'}
          style={{ transform: `scaleX(${share ?? 1})` }}
        />
      </div>
      {step.phase === 'download' && (
        <p className="small soft">{words.shell.status.downloaded(step.loadedBytes, step.totalBytes)}</p>
      )}
    </div>
  );
}

function PassedOver({ rejected }: Pick<LoadedModel, 'rejected'>) {
  return (
    <details className={`${css.passedOver} small`}>
      <summary>{words.shell.status.passedOver(rejected.map(({ backend }) => backend))}</summary>
      <ul>
        {rejected.map(({ backend, reason }) => (
          <li key={`${backend} ${reason}`}>{words.shell.status.passedOverFor(backend, reason)}</li>
        ))}
      </ul>
    </details>
  );
}
