import { describe, expect, it } from 'vitest';
import { isSameEntry } from './diary';
import { readDiaryRecord, writeDiaryRecord } from './diary-record';
import { diaryEntry } from './testdata/diary-entry';

const ENTRY = diaryEntry({});

describe('readDiaryRecord', () => {
  it('gives a record back as it was after JSON, whatever the order of its fields', () => {
    const text = JSON.stringify(ENTRY);
    const reversed = Object.fromEntries(Object.entries(JSON.parse(text) as object).reverse());
    const record = readDiaryRecord({ ...reversed, extra: 1 });
    expect(record.kind === 'entry' && JSON.stringify(record.entry)).toBe(text);
    expect(record.kind === 'entry' && isSameEntry(record.entry, ENTRY)).toBe(true);
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
    ['side', 'front'],
    ['side', null],
    ['saidKind', 'camera'],
    ['saidKind', null],
  ])('calls %s = %j damaged and names the place', (field, value) => {
    const fault = expect.stringMatching(new RegExp(`^${field}\\b.* is `)) as string;
    expect(readDiaryRecord({ ...ENTRY, [field]: value })).toEqual({ kind: 'damaged', fault });
  });

  it.each([null, 'x', 3, [], [ENTRY]])('calls %j no record', (value) => {
    expect(readDiaryRecord(value)).toMatchObject({ kind: 'damaged' });
  });

  it('knows a newer version by its number, whatever else is in the record', () => {
    expect(readDiaryRecord({ ...ENTRY, formatVersion: 3 })).toEqual({ kind: 'newer', version: 3 });
    expect(readDiaryRecord({ formatVersion: 7, other: true })).toEqual({ kind: 'newer', version: 7 });
    expect(readDiaryRecord({ ...ENTRY, formatVersion: 'x' })).toMatchObject({ kind: 'damaged' });
  });

  it('reads what it wrote, and what was written before there were versions', () => {
    expect(writeDiaryRecord(ENTRY)).toEqual({ formatVersion: 2, ...ENTRY });
    expect(readDiaryRecord(writeDiaryRecord(ENTRY))).toEqual({ kind: 'entry', entry: ENTRY });
    expect(readDiaryRecord(ENTRY)).toEqual({ kind: 'entry', entry: ENTRY });
    const said = diaryEntry({ saidKind: 'phone' });
    expect(readDiaryRecord(writeDiaryRecord(said))).toEqual({ kind: 'entry', entry: said });
  });

  it('keeps the side of the body, and reads records of the version before, which could not say it', () => {
    const sided = diaryEntry({ side: 'left' });
    expect(writeDiaryRecord(sided)).toMatchObject({ formatVersion: 2, side: 'left' });
    expect(readDiaryRecord(writeDiaryRecord(sided))).toEqual({ kind: 'entry', entry: sided });
    const old = readDiaryRecord({ formatVersion: 1, ...ENTRY });
    expect(old).toEqual({ kind: 'entry', entry: ENTRY });
    expect(old.kind === 'entry' && old.entry).not.toHaveProperty('side');
  });
});
