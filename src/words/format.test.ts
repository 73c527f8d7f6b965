import { expect, test } from 'vitest';
import {
  countWords,
  fileSize,
  formatDay,
  formatNumber,
  formatPercent,
  formatScore,
  formatTime,
  joinSentences,
  roughDuration,
} from './format';

test('a score has three decimals and is never rounded to a certainty', () => {
  expect([0, 0.0001, 0.0006, 0.5, 0.99939, 0.9996, 1].map(formatScore)).toEqual([
    '0.000',
    '<0.001',
    '0.001',
    '0.500',
    '0.999',
    '>0.999',
    '1.000',
  ]);
});

test('sizes, counts, shares and days', () => {
  expect([999, 99_999, 100_000, 33_600_000, 1.25e9].map(fileSize)).toEqual(['1 kB', '100 kB', '0.1 MB', '33.6 MB', '1.3 GB']);
  expect([0, 1, 2, 1200].map((n) => countWords(n, 'entry', 'entries'))).toEqual([
    '0 entries',
    '1 entry',
    '2 entries',
    '1,200 entries',
  ]);
  expect(formatNumber(16_812_353)).toBe('16,812,353');
  expect([0, 0.456, 1].map(formatPercent)).toEqual(['0 %', '46 %', '100 %']);
  expect(formatDay('2026-02-03')).toBe('3 February 2026');
});

test('a time is that of the device', () => {
  expect(formatTime(new Date(2026, 1, 3, 14, 5, 59).toISOString())).toBe('14:05');
  expect(formatTime(new Date(2026, 1, 3, 0, 0).toISOString())).toBe('00:00');
});

test('a paragraph holds the sentences that are there', () => {
  expect(joinSentences('One.', false, null, 'Two.')).toBe('One. Two.');
});

test('how long work still takes is told roughly', () => {
  expect([200, 40_000, 150_000].map(roughDuration)).toEqual(['1 s', '40 s', '3 min']);
});
