import { expect, it } from 'vitest';
import { createEngineTimesShelf, ENGINE_TIMES_KEY } from './engine-times-shelf';

const TIMES = {
  renderer: 'Mali-G78',
  threads: 4,
  appVersion: '0.1.0',
  modelVersion: 'v3',
  kernelsMs: 40,
  webglMs: 12,
  webglFault: null,
  measuredAt: '2026-01-02T03:04:05.000Z',
};

it('keeps what was measured, and takes what is spoilt for nothing', () => {
  const items = new Map<string, string>();
  const storage = {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
  };
  const shelf = createEngineTimesShelf(() => storage);
  expect(shelf.read()).toBeNull();
  shelf.keep(TIMES);
  expect(createEngineTimesShelf(() => storage).read()).toEqual(TIMES);
  items.set(ENGINE_TIMES_KEY, '{"kernelsMs":');
  expect(shelf.read()).toBeNull();
});

it('goes on where storage throws', () => {
  const blocked = createEngineTimesShelf(() => {
    throw new DOMException('blocked', 'SecurityError');
  });
  expect(blocked.read()).toBeNull();
  expect(() => blocked.keep(TIMES)).not.toThrow();
});
