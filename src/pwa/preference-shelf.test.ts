import { expect, it } from 'vitest';
import { NO_PREFERENCES } from '../domain/preferences';
import { createPreferenceShelf, PREFERENCES_KEY } from './preference-shelf';

function memory(text: string | null) {
  const items = new Map<string, string>(text === null ? [] : [[PREFERENCES_KEY, text]]);
  return {
    items,
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
  };
}

it('keeps what is set and leaves the rest', () => {
  const storage = memory(null);
  const shelf = createPreferenceShelf(() => storage);
  expect(shelf.read()).toEqual(NO_PREFERENCES);
  expect(storage.items.size).toBe(0);
  shelf.keep({ line: 0.2 });
  shelf.keep({ baseRate: 7 });
  expect(createPreferenceShelf(() => storage).read()).toEqual({ ...NO_PREFERENCES, line: 0.2, baseRate: 7 });
  shelf.keep({ line: null });
  expect(shelf.read()).toEqual({ ...NO_PREFERENCES, baseRate: 7 });
});

it('takes spoilt ones for none, and mends them with the next', () => {
  const storage = memory('{"line":"high"');
  const shelf = createPreferenceShelf(() => storage);
  expect(shelf.read()).toEqual(NO_PREFERENCES);
  shelf.keep({ line: 0.3 });
  expect(shelf.read().line).toBe(0.3);
});

it('goes on where storage throws, when it is asked for or written', () => {
  const blocked = createPreferenceShelf(() => {
    throw new DOMException('blocked', 'SecurityError');
  });
  expect(blocked.read()).toEqual(NO_PREFERENCES);
  expect(() => blocked.keep({ line: 0.2 })).not.toThrow();
  const full = createPreferenceShelf(() => ({
    getItem: () => null,
    setItem: () => {
      throw new DOMException('full', 'QuotaExceededError');
    },
  }));
  expect(() => full.keep({ line: 0.2 })).not.toThrow();
});
