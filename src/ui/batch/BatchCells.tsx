import type { BatchEntry } from '../../domain/batch-view';
import type { BatchRow } from '../../domain/csv';
import { ERROR_SENTENCES, isErrorCode } from '../../domain/errors';
import { NOTE_SENTENCES, REASON_SENTENCES } from '../../domain/photo-quality';
import { useApp } from '../app-context';
import { formatScore } from '../words';
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
  const notes = (
    <span className="batch-notes" title={noteWords(entry)}>
      {noteWords(entry)}
    </span>
  );
  const labelled = (
    <>
      {labelWords(label)}
      {isWrong && <b> wrong</b>}
    </>
  );
  return (
    <>
      <td className="batch-thumb">{row !== null && row.error === null && <BatchThumb id={id} />}</td>
      <th scope="row" className="file-name">
        <FileName entry={entry} />
        {!isWide && notes}
      </th>
      <td className="number">{row?.probability == null ? '–' : formatScore(row.probability)}</td>
      <td>
        {row === null ? <span className="soft">waiting</span> : verdictWords(row)}
        {hasLabels && !isWide && label !== undefined && <span className="batch-label soft">label: {labelled}</span>}
      </td>
      {hasLabels && isWide && <td>{labelled}</td>}
      {isWide && <td className="notes">{notes}</td>}
    </>
  );
}

/** Opens a scored photo in the viewer. */
function FileName({ entry: { id, path, row } }: { readonly entry: BatchEntry }) {
  const { flow } = useApp();
  if (row === null || row.error !== null) {
    return (
      <span className="batch-path" title={path}>
        {path}
      </span>
    );
  }
  return (
    <a
      className="batch-path"
      href="#/"
      title={`Open ${path} in the viewer`}
      onClick={() => {
        const file = flow.batch.fileOf(id);
        if (file !== null) void flow.photo.analyse(file);
      }}
    >
      {path}
    </a>
  );
}

function verdictWords({ verdict }: BatchRow): string {
  if (verdict === null) return 'no score';
  return verdict === 'cant-say' ? 'can’t say' : verdict;
}

function labelWords(label: BatchEntry['label']): string {
  if (label === undefined) return '–';
  if (label === null) return 'neither';
  return label ? 'malignant' : 'benign';
}

function noteWords({ row, notes }: BatchEntry): string {
  if (row === null) return '';
  if (row.error !== null) return isErrorCode(row.error) ? ERROR_SENTENCES[row.error] : row.error;
  return [...row.reasons.map((reason) => REASON_SENTENCES[reason]), ...notes.map((note) => NOTE_SENTENCES[note])].join(' ');
}
