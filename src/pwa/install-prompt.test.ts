import { describe, expect, it, vi } from 'vitest';
import { watchInstallPrompt } from './install-prompt';

function makeOffer(prompt: () => Promise<unknown>): Event {
  return Object.assign(new Event('beforeinstallprompt', { cancelable: true }), { prompt });
}

describe('watchInstallPrompt', () => {
  it('keeps the offer for the button and uses it once', async () => {
    const page = new EventTarget();
    const install = watchInstallPrompt(page);
    const told: boolean[] = [];
    install.onChange((canInstall) => told.push(canInstall));
    const prompt = vi.fn(() => Promise.resolve());
    const offer = makeOffer(prompt);
    page.dispatchEvent(offer);
    expect(offer.defaultPrevented).toBe(true);
    const late: boolean[] = [];
    install.onChange((canInstall) => late.push(canInstall));
    expect([told, late]).toEqual([[true], [true]]);
    await install.ask();
    await install.ask();
    expect(prompt).toHaveBeenCalledTimes(1);
    expect(told.at(-1)).toBe(false);
  });

  it('ends with the installation, and survives a browser that refuses', async () => {
    const page = new EventTarget();
    const install = watchInstallPrompt(page);
    const told: boolean[] = [];
    install.onChange((canInstall) => told.push(canInstall));
    page.dispatchEvent(makeOffer(() => Promise.resolve()));
    page.dispatchEvent(new Event('appinstalled'));
    page.dispatchEvent(makeOffer(() => Promise.reject(new DOMException('no gesture', 'NotAllowedError'))));
    await expect(install.ask()).resolves.toBeUndefined();
    expect(told).toEqual([true, false, true, false]);
  });
});
