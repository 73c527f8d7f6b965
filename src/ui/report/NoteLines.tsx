import { isIsoDay } from '../../domain/diary';
import type { AnalysisFacts } from '../../store/app-state';
import { words } from '../../words/words';
import css from './ReportPage.module.css';
import { useReportNote } from './use-report-note';

/** What the person said of the photo, as it stands on the sheet; nothing where nothing was said. */
export function NoteLines({ result }: { readonly result: AnalysisFacts }) {
  const { site, side, date, notes } = useReportNote(result).note;
  const says = words.report.note;
  const lines = [
    ...(site === null && side === null ? [] : [says.place(site, side)]),
    ...(isIsoDay(date) ? [says.taken(date)] : []),
  ];
  const hasNotes = notes.trim() !== '';
  if (lines.length === 0 && !hasNotes) return null;
  return (
    <div className={css.note} data-testid="report-note">
      {lines.map((line) => (
        <p key={line} data-line>
          {line}
        </p>
      ))}
      {hasNotes && (
        <p className={css.notes} data-line>
          {says.printed(notes.trim())}
        </p>
      )}
    </div>
  );
}
