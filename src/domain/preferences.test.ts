import { expect, it } from 'vitest';
import { NO_PREFERENCES, prevalenceOf, readPreferences } from './preferences';

it.each([
  [null, NO_PREFERENCES],
  ['', NO_PREFERENCES],
  ['{', NO_PREFERENCES],
  ['null', NO_PREFERENCES],
  ['7', NO_PREFERENCES],
  ['[0.5]', NO_PREFERENCES],
  ['{"line":0.25,"baseRate":12}', { ...NO_PREFERENCES, line: 0.25, baseRate: 12 }],
  ['{"engine":"tfjs-wasm"}', { ...NO_PREFERENCES, engine: 'tfjs-wasm' }],
  ['{"engine":"cpu"}', NO_PREFERENCES],
  ['{"language":"es"}', { ...NO_PREFERENCES, language: 'es' }],
  ['{"language":"xx","line":0.5}', { ...NO_PREFERENCES, line: 0.5 }],
  ['{"line":0,"baseRate":"urgent-referral"}', { ...NO_PREFERENCES, line: 0, baseRate: 'urgent-referral' }],
  // One that is spoilt leaves the other.
  ['{"line":"0.25","baseRate":12}', { ...NO_PREFERENCES, baseRate: 12 }],
  ['{"line":1.01}', NO_PREFERENCES],
  ['{"line":1e999}', NO_PREFERENCES],
  ['{"line":0.5,"baseRate":0}', { ...NO_PREFERENCES, line: 0.5 }],
  ['{"baseRate":12.5}', NO_PREFERENCES],
  ['{"baseRate":1000}', NO_PREFERENCES],
  ['{"baseRate":"toString"}', NO_PREFERENCES],
])('%s', (text, wanted) => {
  expect(readPreferences(text)).toEqual(wanted);
});

it('gives the share behind a choice', () => {
  expect(prevalenceOf('app-users')).toBe(0.03);
  expect(prevalenceOf(12)).toBe(0.012);
});
