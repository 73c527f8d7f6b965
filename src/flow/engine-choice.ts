/** Which way computes: what the person chooses, and the measurement where they leave it to the app. */
import { APP_VERSION } from '../domain/app-version';
import { fasterWay, isSameSite, type EngineChoice, type EngineSite, type EngineTimes } from '../domain/engine-choice';
import { toErrorFacts } from '../domain/errors';
import type { LoadRequest } from '../engine/protocol';
import type { AppState } from '../store/app-state';
import { selectIsBusy } from '../store/select-status';
import type { FlowContext } from './flow-context';

/** Something else was computed meanwhile: the times are worth nothing. So often it is tried until the next photo. */
const MAX_TRIES = 2;

/** The request of a load that begins now. */
export function currentLoadRequest({ store, loadRequest, engineTimes }: FlowContext): LoadRequest {
  return { ...loadRequest, choice: store.getState().preferences.engine, times: engineTimes.read() };
}

/** The address names what computes. */
export function isForced({ backend, kernels }: LoadRequest): boolean {
  return backend !== 'auto' || kernels === 'tfjs';
}

export function createEngineChoiceUseCases(context: FlowContext) {
  const { store, engine, loadRequest, engineTimes, preferences: shelf, whenIdle, now } = context;
  /** Measuring, or nothing is left to measure on this visit. */
  let isSettled = false;
  store.setState({ engine: { isForced: isForced(loadRequest), times: engineTimes.read(), webglObjection: null } });

  /** Keeps the choice and computes by it from now on; the photos on the screen stay, and their maps are computed anew when they are asked for. */
  async function choose(choice: EngineChoice): Promise<void> {
    const { preferences, model, own } = store.getState();
    store.setState({ preferences: { ...preferences, engine: choice } });
    shelf.keep({ engine: choice });
    // A person's own model computes on its own way; the choice counts when the one that ships computes again.
    if (isForced(loadRequest) || model.state !== 'ready' || own.active !== null) return;
    try {
      await engine.reopen(currentLoadRequest(context));
    } catch (error) {
      store.setState({ model: { state: 'failed', error: toErrorFacts(error) } });
    }
  }

  async function untilIdle(): Promise<AppState> {
    for (;;) {
      await whenIdle();
      const state = store.getState();
      if (!selectIsBusy(state) && state.offline.state !== 'caching') return state;
    }
  }

  /** null: WebGL's own code did not come, which says nothing of WebGL. */
  async function timeBoth(site: EngineSite): Promise<EngineTimes | null> {
    let webgl: Pick<EngineTimes, 'webglMs' | 'webglFault'>;
    try {
      webgl = { webglMs: await engine.timeAside({ ...loadRequest, backend: 'webgl' }), webglFault: null };
    } catch (error) {
      const { code, detail } = toErrorFacts(error);
      if (code === 'model-download-failed') return null;
      webgl = { webglMs: null, webglFault: detail || code };
    }
    return { ...site, ...webgl, kernelsMs: await engine.timePass(), measuredAt: now().toISOString() };
  }

  /** @returns false: later it may be worth another try. Rejects where the engine does. */
  async function measure(): Promise<boolean> {
    for (let tries = 0; tries < MAX_TRIES; tries++) {
      const { model, offline, preferences, runs } = await untilIdle();
      // Without the weights on the device a second worker would download them again.
      if (model.state !== 'ready' || offline.state !== 'ready') return false;
      if (preferences.engine !== 'auto' || model.facts.way !== 'kernels') return false;
      const { renderer, threads, webglObjection } = await engine.describeCompute();
      if (webglObjection !== null) {
        store.setState({ engine: { ...store.getState().engine, times: null, webglObjection } });
        return true;
      }
      const site = { renderer, threads, appVersion: APP_VERSION, modelVersion: model.facts.manifest.version };
      const known = engineTimes.read();
      // Where WebGL was faster and the kernels compute all the same, it failed since.
      if (known !== null && isSameSite(known, site) && fasterWay(known) === 'kernels') return true;
      const times = await timeBoth(site);
      if (times === null) return false;
      const after = store.getState();
      if (after.runs !== runs || selectIsBusy(after)) continue;
      engineTimes.keep(times);
      store.setState({ engine: { ...after.engine, times, webglObjection: null } });
      return true;
    }
    return false;
  }

  /**
   * WebGL on a graphics processor against the kernels, once on each device and version, when nothing else is asked of the engine.
   * The faster one computes from the next load on: the photos of this visit stay with what computed them. Never rejects.
   */
  async function measureWhenIdle(): Promise<void> {
    if (isSettled || isForced(loadRequest)) return;
    isSettled = true;
    isSettled = await measure().catch(() => true);
  }

  return { choose, measureWhenIdle };
}
