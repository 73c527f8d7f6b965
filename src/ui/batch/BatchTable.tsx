import { useState } from 'react';
import { ERROR_SENTENCES, isErrorCode } from '../../domain/errors';
import { REASON_SENTENCES } from '../../domain/photo-quality';
import type { BatchRow } from '../../domain/csv';
import type { BatchEntry } from '../../store/app-state';
import { ScrollTable } from '../ScrollTable';
import { formatScore } from '../words';

/** Rows in the document at a time: thousands would make every new row slow. */
const ROWS_PER_PAGE = 50;

export function BatchTable({ entries }: { readonly entries: readonly BatchEntry[] }) {
  const [wantedPage, setWantedPage] = useState(0);
  if (entries.length === 0) return null;
  const lastPage = Math.floor((entries.length - 1) / ROWS_PER_PAGE);
  const page = Math.min(wantedPage, lastPage);
  const first = page * ROWS_PER_PAGE;
  const shown = entries.slice(first, first + ROWS_PER_PAGE);
  return (
    <section aria-labelledby="rows-title">
      <h2 id="rows-title" className="visually-hidden">
        Results
      </h2>
      <ScrollTable labelledBy="rows-title">
        <table className="batch-table" data-testid="batch-table">
          <thead>
            <tr>
              <th scope="col">File</th>
              <th scope="col" className="number">
                Score
              </th>
              <th scope="col">The model calls it</th>
              <th scope="col">Notes</th>
            </tr>
          </thead>
          <tbody>
            {shown.map(({ id, file, row }) => (
              <tr key={id}>
                <th scope="row" className="file-name">
                  {file}
                </th>
                {row === null ? <WaitingCells /> : <ResultCells row={row} />}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollTable>
      {lastPage > 0 && (
        <nav className="pager" aria-label="Pages of results">
          <button
            type="button"
            className="button"
            aria-disabled={page === 0}
            onClick={() => {
              setWantedPage(Math.max(0, page - 1));
            }}
          >
            Previous
          </button>
          <p className="small">
            Rows {first + 1}–{first + shown.length} of {entries.length}
          </p>
          <button
            type="button"
            className="button"
            aria-disabled={page === lastPage}
            onClick={() => {
              setWantedPage(Math.min(lastPage, page + 1));
            }}
          >
            Next
          </button>
        </nav>
      )}
    </section>
  );
}

function WaitingCells() {
  return (
    <>
      <td className="number soft">–</td>
      <td className="soft">waiting</td>
      <td />
    </>
  );
}

function ResultCells({ row }: { readonly row: BatchRow }) {
  return (
    <>
      <td className="number">{row.probability === null ? '–' : formatScore(row.probability)}</td>
      <td>{verdictWords(row)}</td>
      <td className="notes">{notes(row)}</td>
    </>
  );
}

function verdictWords({ verdict }: BatchRow): string {
  if (verdict === null) return 'no score';
  return verdict === 'cant-say' ? 'can’t say' : verdict;
}

function notes({ error, reasons }: BatchRow): string {
  if (error !== null) return isErrorCode(error) ? ERROR_SENTENCES[error] : error;
  return reasons.map((reason) => REASON_SENTENCES[reason]).join(' ');
}
