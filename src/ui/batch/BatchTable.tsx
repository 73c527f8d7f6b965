import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef } from 'react';
import { isWrong, type BatchEntry } from '../../domain/batch-view';
import type { BatchRow } from '../../domain/csv';
import { ERROR_SENTENCES, isErrorCode } from '../../domain/errors';
import { NOTE_SENTENCES, REASON_SENTENCES } from '../../domain/photo-quality';
import { useApp } from '../app-context';
import { formatScore } from '../words';
import { BatchThumb } from './BatchThumb';

/** Height of a row in CSS pixels: all are alike, so that any number of them scrolls smoothly. */
const ROW_PX = 64;
/** Rows kept above and below those in sight. */
const OVERSCAN = 8;
const HEAD_ROWS = 1;

interface BatchTableProps {
  readonly entries: readonly BatchEntry[];
  readonly threshold: number;
  readonly hasLabels: boolean;
}

/** Only the rows in sight are in the page: thousands would make every new one slow. */
export function BatchTable({ entries, threshold, hasLabels }: BatchTableProps) {
  const scroller = useRef<HTMLDivElement>(null);
  // eslint-disable-next-line react-hooks/incompatible-library -- no compiler memoises here
  const rows = useVirtualizer({
    count: entries.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: OVERSCAN,
    getItemKey: (index) => entries[index]?.id ?? index,
  });
  const items = rows.getVirtualItems();
  const above = items[0]?.start ?? 0;
  const below = rows.getTotalSize() - (items.at(-1)?.end ?? 0);
  const columns = hasLabels ? 6 : 5;
  return (
    // Without a tab stop a keyboard cannot scroll it (axe: scrollable-region-focusable).
    <div className="table-scroll batch-scroll" ref={scroller} tabIndex={0} role="region" aria-label="Rows of results">
      <table className="batch-table" data-testid="batch-table" aria-rowcount={entries.length + HEAD_ROWS}>
        <thead>
          <tr aria-rowindex={1}>
            <th scope="col">
              <span className="visually-hidden">What the network saw</span>
            </th>
            <th scope="col">File</th>
            <th scope="col" className="number">
              Score
            </th>
            <th scope="col">The model calls it</th>
            {hasLabels && <th scope="col">Label</th>}
            <th scope="col">Notes</th>
          </tr>
        </thead>
        <tbody>
          <Spacer heightPx={above} columns={columns} />
          {items.map(({ index }) => {
            const entry = entries[index]!;
            return (
              <tr
                key={entry.id}
                aria-rowindex={index + 1 + HEAD_ROWS}
                className={hasLabels && isWrong(entry, threshold) ? 'batch-wrong' : undefined}
                data-file={entry.file}
              >
                <EntryCells entry={entry} hasLabels={hasLabels} isWrong={hasLabels && isWrong(entry, threshold)} />
              </tr>
            );
          })}
          <Spacer heightPx={below} columns={columns} />
        </tbody>
      </table>
    </div>
  );
}

/** Stands for the rows that are out of sight. */
function Spacer({ heightPx, columns }: { readonly heightPx: number; readonly columns: number }) {
  return heightPx <= 0 ? null : (
    <tr className="batch-spacer" aria-hidden="true">
      <td colSpan={columns} style={{ height: heightPx }} />
    </tr>
  );
}

interface EntryCellsProps {
  readonly entry: BatchEntry;
  readonly hasLabels: boolean;
  readonly isWrong: boolean;
}

function EntryCells({ entry, hasLabels, isWrong }: EntryCellsProps) {
  const { flow } = useApp();
  const { id, path, row, label } = entry;
  const isScored = row !== null && row.error === null;
  return (
    <>
      <td className="batch-thumb">{isScored && <BatchThumb id={id} />}</td>
      <th scope="row" className="file-name">
        {isScored ? (
          <a
            href="#/"
            title={`Open ${path} in the viewer`}
            onClick={() => {
              const file = flow.batchFile(id);
              if (file !== null) void flow.analysePhoto(file);
            }}
          >
            {path}
          </a>
        ) : (
          path
        )}
      </th>
      <td className="number">{row?.probability == null ? '–' : formatScore(row.probability)}</td>
      <td>{row === null ? <span className="soft">waiting</span> : verdictWords(row)}</td>
      {hasLabels && (
        <td>
          {labelWords(label)}
          {isWrong && <b> wrong</b>}
        </td>
      )}
      <td className="notes">
        <span className="batch-notes" title={noteWords(entry)}>
          {noteWords(entry)}
        </span>
      </td>
    </>
  );
}

function verdictWords({ verdict }: BatchRow): string {
  if (verdict === null) return 'no score';
  return verdict === 'cant-say' ? 'can’t say' : verdict;
}

function labelWords(label: BatchEntry['label']): string {
  if (label === undefined) return '–';
  if (label === null) return 'other';
  return label ? 'malignant' : 'benign';
}

function noteWords({ row, notes }: BatchEntry): string {
  if (row === null) return '';
  if (row.error !== null) return isErrorCode(row.error) ? ERROR_SENTENCES[row.error] : row.error;
  return [...row.reasons.map((reason) => REASON_SENTENCES[reason]), ...notes.map((note) => NOTE_SENTENCES[note])].join(' ');
}
