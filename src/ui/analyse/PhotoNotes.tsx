import type { AnalysisFacts, Slot } from '../../store/app-state';
import { words } from '../../words/words';
import css from './PhotoNotes.module.css';

interface PhotoNotesProps {
  readonly result: AnalysisFacts;
  readonly slot: Slot;
}

/** What the picture's measures, and the camera's coach, say besides the score. Notes change no verdict. */
export function PhotoNotes({ result, slot }: PhotoNotesProps) {
  const { notes, reasons, coachNotes } = result;
  const hasNotes = notes.length + coachNotes.length > 0;
  return (
    <div
      className={`${css.notes} small`}
      data-testid={slot === 'a' ? 'photo-notes' : 'photo-notes-b'}
      data-notes={notes.join(' ')}
      data-coach={coachNotes.join(' ')}
    >
      {hasNotes && (
        <ul aria-label={words.analyse.notes.title}>
          {notes.map((note) => (
            <li key={note}>{words.photo.notes[note]}</li>
          ))}
          {coachNotes.map((code) => (
            <li key={code}>{words.photo.coachNotes[code]}</li>
          ))}
        </ul>
      )}
      {!hasNotes && reasons.length === 0 && <p className="soft">{words.analyse.notes.nothing}</p>}
    </div>
  );
}
