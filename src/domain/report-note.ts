/** What the person adds to a report; nothing of it is computed. */
import type { BodySide, BodySite, DiaryEntry } from './diary';

export interface ReportNote {
  /** null: not said. */
  readonly site: BodySite | null;
  readonly side: BodySide | null;
  /** The day of the photo, ISO 8601; empty: not said. */
  readonly date: string;
  readonly notes: string;
  /** How wide the square is on the skin, in millimetres, as the person wrote it; empty: not measured. */
  readonly widthMm: string;
}

export const EMPTY_REPORT_NOTE: ReportNote = { site: null, side: null, date: '', notes: '', widthMm: '' };

/** What the diary says of the photo. */
export function reportNoteOf({ site, side, date, notes }: DiaryEntry): ReportNote {
  return { ...EMPTY_REPORT_NOTE, site, side: side ?? null, date, notes };
}

export const MAX_WIDTH_MM = 500;

/** @param text - With a point or a comma. @returns millimetres, above 0 up to `MAX_WIDTH_MM`; null: no such number. */
export function parseWidthMm(text: string): number | null {
  const trimmed = text.trim();
  if (!/^\d+(?:[.,]\d+)?$/.test(trimmed)) return null;
  const width = Number(trimmed.replace(',', '.'));
  return width > 0 && width <= MAX_WIDTH_MM ? width : null;
}
