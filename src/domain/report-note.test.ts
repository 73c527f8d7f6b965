import { expect, it } from 'vitest';
import { parseWidthMm, reportNoteOf } from './report-note';
import { diaryEntry } from './testdata/diary-entry';

it('reads a width in millimetres, and nothing that is none', () => {
  expect(['30', ' 12.5 ', '12,5', '500'].map(parseWidthMm)).toEqual([30, 12.5, 12.5, 500]);
  for (const text of ['', '0', '-3', '501', '1e2', '3 mm', '.5', '1,000.5', 'NaN']) expect(parseWidthMm(text), text).toBeNull();
});

it('takes over what the diary says, but not the mole’s name, and no width', () => {
  const note = reportNoteOf(diaryEntry({ moleName: 'Jane’s back', side: 'left', notes: 'brown' }));
  expect(note).toEqual({ site: 'upper back', side: 'left', date: '2026-01-31', notes: 'brown', widthMm: '' });
  expect(reportNoteOf(diaryEntry({})).side).toBeNull();
});
