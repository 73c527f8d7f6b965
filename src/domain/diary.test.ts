import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import {
  checkDiaryWords,
  groupByMole,
  isDiaryId,
  isIsoDay,
  isoDayOf,
  modelFingerprint,
  momentOf,
  newDiaryId,
  shotsOfDays,
  type BodySide,
} from './diary';
import { diaryEntry } from './testdata/diary-entry';

const ENTRY = diaryEntry({});

it('checks what the person says, and trims it', () => {
  const { moleId, site, date } = ENTRY;
  const words = { moleId, moleName: ' Back ', site, date, notes: ' x\n' };
  expect(checkDiaryWords(words)).toEqual({ moleId, moleName: 'Back', site, date, notes: 'x' });
  for (const wrong of [{ moleName: '  ' }, { date: '' }, { date: '2026-13-01' }, { notes: 'x'.repeat(2001) }]) {
    expect(() => checkDiaryWords({ ...words, ...wrong })).toThrow('diary-entry-invalid');
  }
  expect(checkDiaryWords({ ...words, side: 'right' })).toMatchObject({ site, side: 'right' });
  expect(() => checkDiaryWords({ ...words, side: 'front' as BodySide })).toThrow('diary-entry-invalid');
});

it('knows the calendar', () => {
  expect(['2024-02-29', '1900-01-01', '2199-12-31'].every(isIsoDay)).toBe(true);
  expect(['2023-02-29', '1899-12-31', '2026-1-1', '2026-04-31', ''].some(isIsoDay)).toBe(false);
  expect(isoDayOf(new Date(2026, 1, 3, 23, 59))).toBe('2026-02-03');
});

it('groups by mole and orders by day, then by when it was saved; the newest name counts', () => {
  const [late, early, same, other] = [
    diaryEntry({ id: 'aaaaaaa1', date: '2026-02-01', moleName: 'new name' }),
    diaryEntry({ id: 'aaaaaaa2', date: '2025-12-31', savedAt: '2026-02-03T04:05:08.000Z' }),
    diaryEntry({ id: 'aaaaaaa3', date: '2025-12-31', savedAt: '2026-02-03T04:05:07.000Z' }),
    diaryEntry({ id: 'aaaaaaa4', moleId: 'mole0002', moleName: 'Arm' }),
  ];
  const moles = groupByMole([late, early, same, other]);
  expect(moles.map(({ name, entries }) => [name, entries.map(({ id }) => id)])).toEqual([
    ['Arm', ['aaaaaaa4']],
    ['new name', ['aaaaaaa3', 'aaaaaaa2', 'aaaaaaa1']],
  ]);
});

it('takes the side of a mole from the newest entry that says one', () => {
  const sideOf = (...sides: readonly (BodySide | null)[]) =>
    groupByMole(sides.map((side, i) => diaryEntry({ id: `aaaaaaa${i}`, date: `2026-02-0${i + 1}`, ...(side && { side }) })))[0]
      ?.side;
  expect([sideOf(null), sideOf('left', null), sideOf('left', 'right'), sideOf(null, 'middle')]).toEqual([
    undefined,
    'left',
    'right',
    'middle',
  ]);
});

it('tells entries of one day apart, and says nothing of one that is alone on its day', () => {
  const [first, second] = ['2026-02-03T04:05:06.007Z', '2026-02-03T10:00:00.000Z'] as const;
  const entries = [
    diaryEntry({ id: 'aaaaaaa1', date: '2025-12-31' }),
    diaryEntry({ id: 'aaaaaaa2', savedAt: first }),
    diaryEntry({ id: 'aaaaaaa3', savedAt: second }),
  ];
  expect(entries.map((entry) => momentOf(entry, entries))).toEqual([
    { date: '2025-12-31', sameDay: null },
    { date: '2026-01-31', sameDay: { number: 1, savedAt: first } },
    { date: '2026-01-31', sameDay: { number: 2, savedAt: second } },
  ]);
});

it('gives the spread of several photos of a day, of the same weights and with a verdict', () => {
  const shot = (date: string, probability: number, change: Partial<typeof ENTRY> = {}) =>
    diaryEntry({ date, probability, verdict: 'benign', ...change });
  const { model } = diaryEntry({});
  const other = { version: 'other', sha256: 'f'.repeat(64) };
  expect(
    shotsOfDays([
      shot('2026-02-01', 0.2),
      shot('2026-02-03', 0.4),
      shot('2026-02-01', 0.1),
      shot('2026-02-01', 0.9, { verdict: 'cant-say' }),
      shot('2026-02-01', 0.95, { model: other }),
      shot('2026-03-01', 0.3),
      shot('2026-03-01', 0.35),
      shot('2026-03-01', 0.3, { model: other }),
      shot('2026-03-01', 0.5, { model: other }),
    ]),
  ).toEqual([
    { date: '2026-03-01', count: 2, low: 0.3, high: 0.35, model },
    { date: '2026-03-01', count: 2, low: 0.3, high: 0.5, model: other },
    { date: '2026-02-01', count: 2, low: 0.1, high: 0.2, model },
  ]);
});

it('makes ids that it accepts, never twice', () => {
  const ids = new Set(Array.from({ length: 100 }, newDiaryId));
  expect(ids.size).toBe(100);
  expect([...ids].every(isDiaryId)).toBe(true);
});

it('names a model by the hashes of all its files', async () => {
  const files = ['a', 'b'].map((digit) => ({ path: 'x', sizeBytes: 1, sha256: digit.repeat(64) }));
  const wanted = createHash('sha256')
    .update('a'.repeat(64) + 'b'.repeat(64))
    .digest('hex');
  expect(await modelFingerprint({ files })).toBe(wanted);
});
