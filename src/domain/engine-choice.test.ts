import { describe, expect, it } from 'vitest';
import { fasterWay, isSameSite, orderWays, readEngineTimes, type EngineTimes } from './engine-choice';

const TIMES: EngineTimes = {
  renderer: 'Mali-G78',
  threads: 4,
  appVersion: '0.1.0',
  modelVersion: 'v3',
  kernelsMs: 40,
  webglMs: 12,
  webglFault: null,
  measuredAt: '2026-01-02T03:04:05.000Z',
};
const SLOW_WEBGL: EngineTimes = { ...TIMES, webglMs: 90 };
const WRONG_WEBGL: EngineTimes = { ...TIMES, webglMs: null, webglFault: 'self-test "lesion" failed' };

describe('orderWays', () => {
  const wish = { isForced: false, choice: 'auto', times: null } as const;

  it('begins with the kernels where nothing was measured', () => {
    expect(orderWays(wish)).toEqual({ ways: ['kernels', 'webgl', 'tfjs-wasm', 'cpu'], reason: 'not-measured' });
  });

  it.each([
    ['WebGL where it was faster', TIMES, 'webgl'],
    ['the kernels where they were', SLOW_WEBGL, 'kernels'],
    ['the kernels where WebGL failed', WRONG_WEBGL, 'kernels'],
    ['the kernels at equal times', { ...TIMES, webglMs: 40 }, 'kernels'],
  ])('begins with %s', (_, times, first) => {
    const { ways, reason } = orderWays({ ...wish, times });
    expect(ways[0]).toBe(first);
    expect([...ways].sort()).toEqual(['cpu', 'kernels', 'tfjs-wasm', 'webgl']);
    expect(reason).toBe('measured');
    expect(fasterWay(times)).toBe(first);
  });

  it('obeys the person before what was measured, and keeps the other ways behind', () => {
    expect(orderWays({ ...wish, choice: 'tfjs-wasm', times: TIMES })).toEqual({
      ways: ['tfjs-wasm', 'kernels', 'webgl', 'cpu'],
      reason: 'preference',
    });
    expect(orderWays({ ...wish, choice: 'kernels', times: TIMES }).ways[0]).toBe('kernels');
    expect(orderWays({ ...wish, choice: 'webgl', times: SLOW_WEBGL }).ways[0]).toBe('webgl');
  });

  it('lets the address overrule both', () => {
    expect(orderWays({ isForced: true, choice: 'webgl', times: TIMES })).toMatchObject({ reason: 'address' });
  });
});

it('times hold for the same renderer, threads, app and model alone', () => {
  const { renderer, threads, appVersion, modelVersion } = TIMES;
  const site = { renderer, threads, appVersion, modelVersion };
  expect(isSameSite(TIMES, site)).toBe(true);
  for (const change of [{ renderer: 'Mali-G77' }, { threads: 2 }, { appVersion: '0.2.0' }, { modelVersion: 'v4' }]) {
    expect(isSameSite(TIMES, { ...site, ...change })).toBe(false);
  }
});

describe('readEngineTimes', () => {
  it.each([TIMES, SLOW_WEBGL, WRONG_WEBGL])('reads what was kept', (times) => {
    expect(readEngineTimes(JSON.stringify(times))).toEqual(times);
  });

  it.each([
    null,
    '',
    '{',
    '7',
    '[]',
    '{}',
    JSON.stringify({ ...TIMES, renderer: 7 }),
    JSON.stringify({ ...TIMES, kernelsMs: -1 }),
    JSON.stringify({ ...TIMES, kernelsMs: '40' }),
    JSON.stringify({ ...TIMES, webglMs: null }),
    JSON.stringify({ ...TIMES, measuredAt: 1 }),
  ])('takes %s for nothing', (text) => {
    expect(readEngineTimes(text)).toBeNull();
  });
});
