/** The browser's offer to install the app, kept until the person asks for it. */

/**
 * Not in the DOM's types; Chromium alone has it.
 * @see https://developer.mozilla.org/docs/Web/API/BeforeInstallPromptEvent
 */
interface BeforeInstallPromptEvent extends Event {
  prompt(): Promise<unknown>;
}

export interface InstallPrompt {
  /** Calls the listener whenever the app can, or can no longer, be installed by a press of a button; at once if it can. */
  onChange(listener: (canInstall: boolean) => void): void;
  /** Opens the browser's dialog. Each offer can be used once; a refusal is no fault. */
  ask(): Promise<void>;
}

/** @param page - The window: it tells of offers, and of an installation however it came about. */
export function watchInstallPrompt(page: EventTarget): InstallPrompt {
  let offer: BeforeInstallPromptEvent | null = null;
  const listeners: ((canInstall: boolean) => void)[] = [];

  function setOffer(next: BeforeInstallPromptEvent | null): void {
    offer = next;
    for (const listener of listeners) listener(offer !== null);
  }

  page.addEventListener('beforeinstallprompt', (event) => {
    // The app's own button takes the place of the browser's bar, which would lie over the page unasked.
    event.preventDefault();
    setOffer(event as BeforeInstallPromptEvent);
  });
  page.addEventListener('appinstalled', () => {
    setOffer(null);
  });

  return {
    onChange(listener) {
      listeners.push(listener);
      if (offer !== null) listener(true);
    },
    async ask() {
      const used = offer;
      setOffer(null);
      await used?.prompt().catch(() => undefined);
    },
  };
}
