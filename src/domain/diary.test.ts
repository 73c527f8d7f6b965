import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { checkDiaryWords, groupByMole, isIsoDay, isoDayOf, isSameEntry, modelFingerprint, newDiaryId, parseDiaryEntry } from './diary';
import { diaryEntry } from './testdata/diary-entry';

const ENTRY = diaryEntry({});

describe('parseDiaryEntry', () => {
  it('gives a record back as it was after JSON, whatever the order of its fields', () => {
    const text = JSON.stringify(ENTRY);
    const reversed = Object.fromEntries(Object.entries(JSON.parse(text) as object).reverse());
    const parsed = parseDiaryEntry({ ...reversed, extra: 1 });
    expect(JSON.stringify(parsed)).toBe(text);
    expect(parsed !== null && isSameEntry(parsed, ENTRY)).toBe(true);
  });

  it.each([
    ['id', '../../etc'],
    ['id', '__proto__'],
    ['moleId', ''],
    ['moleName', ''],
    ['moleName', 'x'.repeat(61)],
    ['site', 'liver'],
    ['date', '2026-02-29'],
    ['savedAt', 'yesterday'],
    ['notes', 'x'.repeat(2001)],
    ['logit', null],
    ['logit', Number.NaN],
    ['probability', 1.0001],
    ['probability', '0.5'],
    ['verdict', 'cancer'],
    ['reasons', ['<b>']],
    ['reasons', 'too-dark'],
    ['threshold', -0.1],
    ['calibration', { slope: 1 }],
    ['calibration', null],
    ['model', { version: 'v1', sha256: 'abc' }],
    ['backend', 3],
    ['inputSha256', 'A'.repeat(64)],
    ['viewSha256', undefined],
  ])('refuses %s = %j', (field, value) => {
    expect(parseDiaryEntry({ ...ENTRY, [field]: value })).toBeNull();
  });

  it.each([null, 'x', 3, [], [ENTRY]])('refuses %j as a record', (value) => {
    expect(parseDiaryEntry(value)).toBeNull();
  });
});

it('checks what the person says, and trims it', () => {
  const { moleId, site, date } = ENTRY;
  const words = { moleId, moleName: ' Back ', site, date, notes: ' x\n' };
  expect(checkDiaryWords(words)).toEqual({ moleId, moleName: 'Back', site, date, notes: 'x' });
  for (const wrong of [{ moleName: '  ' }, { date: '' }, { date: '2026-13-01' }, { notes: 'x'.repeat(2001) }]) {
    expect(() => checkDiaryWords({ ...words, ...wrong })).toThrow('diary-entry-invalid');
  }
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

it('makes ids that it accepts, never twice', () => {
  const ids = new Set(Array.from({ length: 100 }, newDiaryId));
  expect(ids.size).toBe(100);
  for (const id of ids) expect(parseDiaryEntry({ ...ENTRY, id })?.id).toBe(id);
});

it('names a model by the hashes of all its files', async () => {
  const files = ['a', 'b'].map((digit) => ({ path: 'x', sizeBytes: 1, sha256: digit.repeat(64) }));
  const wanted = createHash('sha256').update('a'.repeat(64) + 'b'.repeat(64)).digest('hex');
  expect(await modelFingerprint({ files } as unknown as Parameters<typeof modelFingerprint>[0])).toBe(wanted);
});
