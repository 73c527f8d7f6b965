import { expect, test, vi } from 'vitest';
import { actOnKey, type KeyActions } from './act-on-key';

const AT = { place: 9, columns: 8, count: 20 };

function spies() {
  return {
    choose: vi.fn(),
    mute: vi.fn(),
    pin: vi.fn(),
    stepLayer: vi.fn(),
    zoom: vi.fn(),
    moveTo: vi.fn(),
  } satisfies KeyActions;
}

test('each key does one thing, and only that', () => {
  const cases: readonly (readonly [string, keyof KeyActions, readonly unknown[]])[] = [
    ['Enter', 'choose', []],
    [' ', 'choose', []],
    ['m', 'mute', []],
    ['p', 'pin', []],
    ['[', 'stepLayer', [-1]],
    [']', 'stepLayer', [1]],
    ['+', 'zoom', ['in']],
    ['=', 'zoom', ['in']],
    ['-', 'zoom', ['out']],
    ['0', 'zoom', ['back']],
    ['ArrowUp', 'moveTo', [1]],
    ['End', 'moveTo', [19]],
  ];
  for (const [key, name, args] of cases) {
    const actions = spies();
    expect(actOnKey(key, AT, actions), key).toBe(true);
    for (const [other, spy] of Object.entries(actions))
      expect(spy.mock.calls, `${key}: ${other}`).toEqual(other === name ? [args] : []);
  }
});

test('any other key is left to the browser', () => {
  const actions = spies();
  expect(actOnKey('x', AT, actions)).toBe(false);
  expect(Object.values(actions).every((spy) => spy.mock.calls.length === 0)).toBe(true);
});
