import type { BatchEntry } from '../../domain/batch-view';
import { parseCrop } from '../../domain/crop';
import { isErrorCode } from '../../domain/errors';
import { words } from '../../words/words';
import { useApp } from '../app-context';
import css from './batch-table.module.css';
import { BatchThumb } from './BatchThumb';

interface BatchCellsProps {
  readonly entry: BatchEntry;
  readonly hasLabels: boolean;
  readonly isWrong: boolean;
  /** Else the notes stand below the file's name and the label below the verdict. */
  readonly isWide: boolean;
}

/** One file's cells. */
export function BatchCells({ entry, hasLabels, isWrong, isWide }: BatchCellsProps) {
  const { id, row, label } = entry;
  const says = words.batch.cells;
  const notes = (
    <span className={css.notes} title={noteWords(entry)}>
      {noteWords(entry)}
    </span>
  );
  return (
    <>
      <td className={css.thumb}>{row !== null && row.error === null && <BatchThumb id={id} />}</td>
      <th scope="row" className={css.fileCell}>
        <FileName entry={entry} />
        {!isWide && notes}
      </th>
      <td className="number">{says.score(row?.probability ?? null)}</td>
      <td>
        {row === null ? <span className="soft">{says.waiting}</span> : <span>{says.verdict(row.verdict, row.probability)}</span>}
        {hasLabels && !isWide && label !== undefined && (
          <span className={`${css.label} soft`}>{says.labelBelow(label, isWrong)}</span>
        )}
      </td>
      {hasLabels && isWide && <td>{says.label(label, isWrong)}</td>}
      {isWide && <td className={css.notesCell}>{notes}</td>}
    </>
  );
}

/** Opens a scored photo in the viewer. */
function FileName({ entry: { id, path, row } }: { readonly entry: BatchEntry }) {
  const { flow } = useApp();
  if (row === null || row.error !== null) {
    return (
      <span className={css.path} title={path}>
        {path}
      </span>
    );
  }
  return (
    <a
      className={css.path}
      href="#/"
      title={words.batch.cells.open(path)}
      onClick={() => {
        const file = flow.batch.fileOf(id);
        const crop = parseCrop(row.crop);
        const choice = crop === null ? null : ({ crop, quarterTurns: 0 } as const);
        if (file !== null) void flow.photo.analyse(file, 'a', { choice });
      }}
    >
      {path}
    </a>
  );
}

function noteWords({ row, notes, cropNote }: BatchEntry): string {
  if (row === null) return '';
  if (row.error !== null) return isErrorCode(row.error) ? words.error[row.error] : row.error;
  const cropWords = cropNote === null ? [] : [words.batch.crop.notes[cropNote]];
  return [
    ...cropWords,
    ...row.reasons.map((reason) => words.photo.reasons[reason]),
    ...notes.map((note) => words.photo.notes[note]),
  ].join(' ');
}
