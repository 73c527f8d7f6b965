import { useEffect } from 'react';
import type { DiaryEntry } from '../../domain/diary';
import { EMPTY_REPORT_NOTE, reportNoteOf, type ReportNote } from '../../domain/report-note';
import type { AnalysisFacts } from '../../store/app-state';
import { useApp, useAppState } from '../app-context';

/** `entry`: what the diary has of the photo; undefined: nothing. */
interface NoteAndEntry {
  readonly note: ReportNote;
  readonly entry: DiaryEntry | undefined;
}

/** What the person wrote for this photo's report; before that, what the diary says of the photo where it is in there. */
export function useReportNote({ runId, diaryId }: AnalysisFacts): NoteAndEntry {
  const { flow } = useApp();
  const written = useAppState((state) => (state.report?.runId === runId ? state.report.note : null));
  const entry = useAppState((state) => state.diary.entries.find(({ id }) => id === diaryId));
  useEffect(() => {
    if (diaryId !== undefined) void flow.diary.open();
  }, [flow, diaryId]);
  return { note: written ?? (entry === undefined ? EMPTY_REPORT_NOTE : reportNoteOf(entry)), entry };
}
