import { toErrorFacts } from '../domain/errors';
import type { FlowContext } from './flow-context';
import { whenModelReady } from './load-model';

/** What the device keeps, so that the app works without a network. None rejects: each ends in a state on the screen. */
export function createOfflineUseCases(context: FlowContext) {
  const { store, engine, shell, installPrompt } = context;

  /** Follows the app's own files and the model's until both lie on the device, checked. "Ready" means nothing less. */
  async function keepOffline(): Promise<void> {
    store.setState({ offline: { state: 'caching' } });
    try {
      await Promise.all([shell.whenKept(), whenModelReady(store).then(() => engine.keepModel())]);
      store.setState({ offline: { state: 'ready' } });
    } catch (error) {
      store.setState({ offline: { state: 'not-ready', error: toErrorFacts(error) } });
    }
  }

  function watchUpdates(): void {
    shell.onUpdate(() => {
      store.setState({ isUpdateReady: true });
    });
  }

  function watchInstall(): void {
    installPrompt.onChange((canInstall) => {
      store.setState({ canInstall });
    });
  }

  return {
    keepOffline,
    watchUpdates,
    watchInstall,
    update: () => shell.update(),
    install: () => installPrompt.ask(),
  };
}

/** What the page and the engine asked the network for while a photo was open. */
export function createRequestUseCases({ store, engine, listPageRequests }: FlowContext) {
  let pageBefore = 0;
  /** How many the engine had made before. */
  let engineBefore: Promise<number> = Promise.resolve(0);

  /** From here on requests count. */
  function noteOpening(): void {
    pageBefore = listPageRequests().length;
    engineBefore = engine.listRequests().then(
      (requests) => requests.length,
      () => 0,
    );
    store.setState({ requests: [] });
  }

  /** Brings the list up to date; does nothing before a photo was opened. */
  async function countRequests(): Promise<void> {
    if (store.getState().requests === null) return;
    const before = engineBefore;
    try {
      const [count, made] = [await before, await engine.listRequests()];
      if (before !== engineBefore) return;
      // An engine that was started anew meanwhile begins its list anew.
      const ofEngine = made.length < count ? made : made.slice(count);
      const requests = [...listPageRequests().slice(pageBefore), ...ofEngine];
      if (requests.length !== store.getState().requests?.length) store.setState({ requests });
    } catch {
      // An engine that died asks for nothing more.
    }
  }

  return { noteOpening, countRequests };
}
