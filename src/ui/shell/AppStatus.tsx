import type { Backend, LoadedModel } from '../../domain/loaded-model';
import { SLOTS, type AppState, type LoadStep } from '../../store/app-state';
import { selectStatus } from '../../store/select-status';
import { useAppState } from '../app-context';
import { backendName, backendWords, loadStepWords, megabytes } from '../words';

/** What the app is doing, and on what it computes. A live region: it is read out when its words change. */
export function AppStatus() {
  const status = useAppState(selectStatus);
  const model = useAppState((state) => state.model);
  const runs = useAppState((state) => state.runs);
  const words = useAppState(statusWords);
  const facts = model.state === 'ready' ? model.facts : null;
  return (
    <div className="status">
      <div
        className="app-status"
        role="status"
        data-testid="app-status"
        data-state={status}
        data-backend={facts?.backend ?? ''}
        data-model={facts?.manifest.version ?? ''}
        data-runs={runs}
      >
        <p className="status-words">
          <span className="status-lamp" aria-hidden="true" />
          {words}
        </p>
        {facts !== null && (
          <p className="small soft status-device" title={backendWords(facts)}>
            Runs on this device: {backendWords(facts)}
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
  const phases = SLOTS.map((slot) => state.photos[slot].phase.state);
  if (model.state === 'failed') return 'The model is not loaded';
  if (model.state === 'idle') return 'Opening the model';
  if (model.state === 'loading') return loadStepWords(model.step);
  if (phases.includes('running')) return 'Analysing the photo';
  if (batch.running) return 'Scoring the batch';
  if (state.selfTest.state === 'running') return 'Checking this device';
  if (state.intakeError !== null || phases.includes('failed')) return 'The last photo could not be analysed';
  return state.photos.a.result === null ? 'Ready' : 'Done';
}

function LoadBar({ step }: { readonly step: LoadStep }) {
  const share = step.phase === 'download' && step.totalBytes > 0 ? step.loadedBytes / step.totalBytes : null;
  return (
    <div className="load-bar">
      <div
        className="progress-track"
        role="progressbar"
        aria-label="Model download"
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
        <p className="small soft">
          {megabytes(step.loadedBytes)} of {megabytes(step.totalBytes)} MB
        </p>
      )}
    </div>
  );
}

const SHORT_NAMES: Readonly<Record<Backend, string>> = { webgl: 'WebGL', wasm: 'WebAssembly', cpu: 'JavaScript' };

function PassedOver({ rejected }: Pick<LoadedModel, 'rejected'>) {
  return (
    <details className="passed-over small">
      <summary>{rejected.map(({ backend }) => SHORT_NAMES[backend]).join(', ')} passed over</summary>
      <ul>
        {rejected.map(({ backend, reason }) => (
          <li key={`${backend} ${reason}`}>
            <b>{backendName(backend)}</b>: {reason}
          </li>
        ))}
      </ul>
    </details>
  );
}
