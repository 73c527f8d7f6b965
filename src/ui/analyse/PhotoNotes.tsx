import { NOTE_SENTENCES } from '../../domain/photo-quality';
import type { AnalysisFacts, Slot } from '../../store/app-state';

interface PhotoNotesProps {
  readonly result: AnalysisFacts;
  readonly slot: Slot;
}

/** What the picture's measures say besides the score. Notes change no verdict. */
export function PhotoNotes({ result, slot }: PhotoNotesProps) {
  const { notes, reasons } = result;
  return (
    <div
      className="photo-notes small"
      data-testid={slot === 'a' ? 'photo-notes' : 'photo-notes-b'}
      data-notes={notes.join(' ')}
    >
      {notes.length > 0 && (
        <ul aria-label="Notes on the photo">
          {notes.map((note) => (
            <li key={note}>{NOTE_SENTENCES[note]}</li>
          ))}
        </ul>
      )}
      {notes.length === 0 && reasons.length === 0 && (
        <p className="soft">Sharpness, light and resolution of the square: nothing to remark.</p>
      )}
    </div>
  );
}
