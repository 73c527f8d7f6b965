/** The page's side of the service worker: registers it, tells of updates, says when the app's files are kept. */
import { LensError } from '../domain/errors';

export interface AppShell {
  /**
   * Resolves when every file of the app lies on the device and the service worker is in charge of the next load.
   * @throws LensError `storage-blocked` (no service worker here) or `shell-not-kept` (the download broke off).
   */
  whenKept(): Promise<void>;
  /** Calls the listener when a newer version lies ready; at once if it does already. */
  onUpdate(listener: () => void): void;
  /** Puts the newer version in charge and reloads the page. */
  update(): void;
}

/** @param url - Absolute, of the service worker's script. */
export function registerShell(url: string, container: ServiceWorkerContainer | undefined): AppShell {
  const registered: Promise<ServiceWorkerRegistration> =
    container === undefined
      ? Promise.reject(new LensError('storage-blocked', 'no service worker'))
      : container.register(url, { type: 'classic', updateViaCache: 'none' }).catch((error: unknown) => {
          const name = error instanceof Error ? error.name : String(error);
          // A script that could not be fetched is a TypeError; what the browser forbids is a SecurityError.
          throw new LensError(name === 'TypeError' ? 'shell-not-kept' : 'storage-blocked', String(error));
        });
  // Whoever asks is told; nobody asking is no fault.
  registered.catch(() => undefined);
  let waiting: ServiceWorker | null = null;
  /** A newer version is in charge already: another tab agreed to it. */
  let isOvertaken = false;
  let isUpdating = false;
  let hadController = container?.controller != null;
  const listeners: (() => void)[] = [];

  function tell(): void {
    for (const listener of listeners) listener();
  }

  function noteWaiting(worker: ServiceWorker | null): void {
    if (worker === null || container?.controller == null) return; // the first one takes over by itself
    waiting = worker;
    tell();
  }

  void registered.then(
    (registration) => {
      noteWaiting(registration.waiting);
      registration.addEventListener('updatefound', () => {
        const worker = registration.installing;
        worker?.addEventListener('statechange', () => {
          if (worker.state === 'installed') noteWaiting(registration.waiting);
        });
      });
    },
    () => undefined,
  );
  container?.addEventListener('controllerchange', () => {
    if (isUpdating) {
      location.reload();
    } else if (hadController) {
      isOvertaken = true;
      tell();
    }
    hadController = true;
  });

  return {
    async whenKept() {
      const { active, installing, waiting: next } = await registered;
      if (active !== null) return;
      await whenActive(installing ?? next);
    },
    onUpdate(listener) {
      listeners.push(listener);
      if (waiting !== null || isOvertaken) listener();
    },
    update() {
      if (isOvertaken || waiting === null) {
        location.reload();
        return;
      }
      isUpdating = true;
      waiting.postMessage({ type: 'SKIP_WAITING' });
    },
  };
}

function whenActive(worker: ServiceWorker | null): Promise<void> {
  return new Promise((resolve, reject) => {
    const look = (): void => {
      if (worker?.state === 'activated') resolve();
      else if (worker === null || worker.state === 'redundant') {
        reject(new LensError('shell-not-kept', 'the service worker was not installed'));
      }
    };
    worker?.addEventListener('statechange', look);
    look();
  });
}
