import { expect, it } from 'vitest';
import { withThreads } from './thread-count';

it('shows tfjs twice the threads, and only while it starts', async () => {
  // As in browsers: a getter on the prototype.
  class FakeNavigator {
    get hardwareConcurrency(): number {
      return 2;
    }
  }
  const before = Object.getOwnPropertyDescriptor(globalThis, 'navigator');
  Object.defineProperty(globalThis, 'navigator', { configurable: true, value: new FakeNavigator() });
  try {
    expect(await withThreads(2, () => Promise.resolve(navigator.hardwareConcurrency))).toBe(4);
    expect(navigator.hardwareConcurrency).toBe(2);
    await expect(withThreads(3, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(navigator.hardwareConcurrency).toBe(2);
  } finally {
    if (before === undefined) delete (globalThis as { navigator?: unknown }).navigator;
    else Object.defineProperty(globalThis, 'navigator', before);
  }
});
