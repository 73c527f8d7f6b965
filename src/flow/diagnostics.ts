import { formatDiagnostics, type DeviceFacts } from '../domain/diagnostics';
import { selectError } from '../store/select-status';
import type { FlowContext } from './flow-context';

/** Errors that are remembered for the report. */
const MAX_ERRORS = 20;

/** What a person can send along with "it does not work": nothing of the photo, not even its name. */
export function createDiagnosticsUseCases({ store, engine, describeDevice }: FlowContext) {
  const errors: string[] = [];
  let last: string | null = null;
  store.subscribe(() => {
    const error = selectError(store.getState());
    // Details of a photo's error may speak of the photo.
    const line =
      error === null ? null : error.source !== 'model' && error.source !== 'maps' ? error.code : `${error.code}: ${error.detail}`;
    if (line !== null && line !== last) errors.push(line);
    if (errors.length > MAX_ERRORS) errors.shift();
    last = line;
  });

  /** Plain text. Never rejects. */
  async function describeState(): Promise<string> {
    const { model, photos, runs, offline, engine: engineFacts, preferences } = store.getState();
    const { result } = photos.a;
    const device: DeviceFacts = describeDevice();
    const memory = model.state === 'ready' ? await engine.memory().catch(() => null) : null;
    const facts = model.state === 'ready' ? model.facts : null;
    return formatDiagnostics({
      device,
      model: facts && {
        version: facts.manifest.version,
        backend: facts.backend,
        way: facts.way,
        chosenBy: facts.chosenBy,
        backendDetail: facts.backendDetail,
        loadMs: facts.loadMs,
        selfTestMs: facts.selfTest.ms,
        passedOver: facts.rejected.map(({ backend, reason }) => `${backend}: ${reason}`),
      },
      modelState: model.state,
      engine: { choice: preferences.engine, times: engineFacts.times, webglObjection: engineFacts.webglObjection },
      offline: offline.state,
      runs,
      timings: result?.timings ?? null,
      memory,
      errors: [...errors],
    });
  }

  return { describeState };
}
