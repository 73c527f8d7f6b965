import { useId } from 'react';
import { BODY_SITES, MAX_NOTES } from '../../domain/diary';
import { parseWidthMm, type ReportNote } from '../../domain/report-note';
import type { AnalysisFacts } from '../../store/app-state';
import { words } from '../../words/words';
import { useApp } from '../app-context';
import diary from '../diary/diary.module.css';
import { SideField } from '../diary/SideField';
import css from './NoteForm.module.css';
import { useReportNote } from './use-report-note';

/** What the report says besides the analysis; it is not on the sheet itself, and nothing of it has to be filled in. */
export function NoteForm({ result }: { readonly result: AnalysisFacts }) {
  const { flow } = useApp();
  const { note, entry } = useReportNote(result);
  const id = useId();
  const says = words.report.note;
  const write = (change: Partial<ReportNote>): void => {
    flow.report.write(result.runId, { ...note, ...change });
  };
  const isWrongWidth = note.widthMm.trim() !== '' && parseWidthMm(note.widthMm) === null;
  return (
    <div className={`panel ${css.panel}`} role="group" aria-labelledby={`${id}-title`} data-testid="report-form">
      <h2 id={`${id}-title`}>{says.title}</h2>
      <p className="small soft">{entry === undefined ? says.about : says.aboutDiary}</p>
      <div className={`${diary.form} ${css.fields}`}>
        <div className="field">
          <label htmlFor={`${id}-site`}>{words.diary.keep.site}</label>
          <select
            id={`${id}-site`}
            data-testid="report-site"
            value={note.site ?? ''}
            onChange={({ target }) => write({ site: BODY_SITES.find((known) => known === target.value) ?? null })}
          >
            <option value="">{words.diary.keep.noSide}</option>
            {BODY_SITES.map((known) => (
              <option key={known} value={known}>
                {words.diary.sites[known]}
              </option>
            ))}
          </select>
        </div>
        <SideField testId="report-side" side={note.side} onSide={(side) => write({ side })} />
        <div className="field">
          <label htmlFor={`${id}-date`}>{words.diary.entry.date}</label>
          <input
            id={`${id}-date`}
            type="date"
            min="1900-01-01"
            max="2199-12-31"
            data-testid="report-date"
            value={note.date}
            onChange={({ target }) => write({ date: target.value })}
          />
        </div>
        <div className="field">
          <label htmlFor={`${id}-width`}>{says.width}</label>
          <input
            id={`${id}-width`}
            type="text"
            inputMode="decimal"
            autoComplete="off"
            maxLength={10}
            aria-invalid={isWrongWidth}
            aria-describedby={`${id}-width-help`}
            data-testid="report-width"
            value={note.widthMm}
            onChange={({ target }) => write({ widthMm: target.value })}
          />
          <p id={`${id}-width-help`} className="small soft" role={isWrongWidth ? 'alert' : undefined}>
            {isWrongWidth ? says.widthWrong : says.widthHelp}
          </p>
        </div>
        <div className={`field ${css.wide}`}>
          <label htmlFor={`${id}-notes`}>{says.notes}</label>
          <textarea
            id={`${id}-notes`}
            rows={3}
            maxLength={MAX_NOTES}
            data-testid="report-notes"
            value={note.notes}
            onChange={({ target }) => write({ notes: target.value })}
          />
        </div>
      </div>
    </div>
  );
}
