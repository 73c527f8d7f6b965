import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useLayoutEffect, useRef, type CSSProperties } from 'react';
import { isWrong, type BatchEntry, type BatchOrder } from '../../domain/batch-view';
import { useMedia, WIDE } from '../../viewer/use-media';
import { words } from '../../words/words';
import css from './batch-table.module.css';
import { BatchCells } from './BatchCells';

/** Height of a row in CSS pixels: all are alike, so that any number of them scrolls smoothly. Larger text is measured. */
const ROW_PX = 64;
/** On a phone the notes stand below the file's name. */
const NARROW_ROW_PX = 88;
/** Rows kept above and below those in sight. */
const OVERSCAN = 8;
const HEAD_ROWS = 1;

interface Column {
  readonly name: keyof typeof words.batch.results.columns;
  /** What pressing the heading goes through. */
  readonly orders: readonly BatchOrder[];
  readonly className?: string;
}

const FILE: Column = { name: 'file', orders: ['file', 'file-down'] };
const SCORE: Column = { name: 'score', orders: ['score-high', 'score-low'], className: 'number' };
const VERDICT: Column = { name: 'verdict', orders: ['verdict'] };
const LABEL: Column = { name: 'label', orders: ['label'] };
const NOTES: Column = { name: 'notes', orders: ['notes'] };

const SORT_OF: Partial<Readonly<Record<BatchOrder, 'ascending' | 'descending'>>> = {
  file: 'ascending',
  'file-down': 'descending',
  'score-high': 'descending',
  'score-low': 'ascending',
  verdict: 'ascending',
  label: 'descending',
  notes: 'descending',
};

interface BatchTableProps {
  readonly entries: readonly BatchEntry[];
  /** The alarm line; null: none is known, as nothing is scored. */
  readonly threshold: number | null;
  readonly hasLabels: boolean;
  readonly order: BatchOrder;
  readonly onOrder: (order: BatchOrder) => void;
}

/** Only the rows in sight are in the page: thousands would make every new one slow. */
export function BatchTable({ entries, threshold, hasLabels, order, onOrder }: BatchTableProps) {
  const isWide = useMedia(WIDE);
  const scroller = useRef<HTMLDivElement>(null);
  const rowPx = isWide ? ROW_PX : NARROW_ROW_PX;
  // eslint-disable-next-line react-hooks/incompatible-library -- no compiler memoises here
  const rows = useVirtualizer({
    count: entries.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowPx,
    overscan: OVERSCAN,
    getItemKey: (index) => entries[index]?.id ?? index,
  });
  useEffect(() => {
    rows.measure();
  }, [rows, rowPx]);
  const items = rows.getVirtualItems();
  const above = items[0]?.start ?? 0;
  const below = rows.getTotalSize() - (items.at(-1)?.end ?? 0);
  const columns = [FILE, SCORE, VERDICT, ...(hasLabels && isWide ? [LABEL] : []), ...(isWide ? [NOTES] : [])];
  const keepFocus = useKeptFocus(scroller);
  return (
    // Without a tab stop a keyboard cannot scroll it (axe: scrollable-region-focusable).
    <div
      className={`table-scroll ${css.scroller}`}
      ref={scroller}
      tabIndex={0}
      role="region"
      aria-label={words.batch.results.rows}
      {...keepFocus}
    >
      <table
        className={isWide ? css.table : `${css.table} ${css.narrow}`}
        style={{ '--row-height': `${rowPx}px` } as CSSProperties}
        data-testid="batch-table"
        aria-rowcount={entries.length + HEAD_ROWS}
      >
        <thead>
          <tr aria-rowindex={1}>
            <th scope="col">
              <span className="visually-hidden">{words.batch.results.thumb}</span>
            </th>
            {columns.map((column) => (
              <Heading key={column.name} column={column} order={order} onOrder={onOrder} />
            ))}
          </tr>
        </thead>
        <tbody>
          <Spacer heightPx={above} columns={columns.length + 1} />
          {items.map(({ index }) => {
            const entry = entries[index]!;
            const wrong = hasLabels && isWrong(entry, threshold);
            return (
              <tr
                key={entry.id}
                ref={rows.measureElement}
                data-index={index}
                aria-rowindex={index + 1 + HEAD_ROWS}
                className={wrong ? `${css.row} ${css.wrong}` : css.row}
                data-file={entry.file}
              >
                <BatchCells entry={entry} hasLabels={hasLabels} isWrong={wrong} isWide={isWide} />
              </tr>
            );
          })}
          <Spacer heightPx={below} columns={columns.length + 1} />
        </tbody>
      </table>
    </div>
  );
}

/**
 * A row that is scrolled out of sight leaves the page, and takes the focus with it when it is there: then the table itself has it,
 * so that the keys go on scrolling.
 */
function useKeptFocus(scroller: React.RefObject<HTMLDivElement | null>) {
  const hasFocus = useRef(false);
  useLayoutEffect(() => {
    if (hasFocus.current && document.activeElement === document.body) scroller.current?.focus({ preventScroll: true });
  });
  return {
    onFocus: () => {
      hasFocus.current = true;
    },
    onBlur: ({ relatedTarget, target }: React.FocusEvent) => {
      // A target that is gone was taken away, not left.
      if (relatedTarget !== null || target.isConnected) hasFocus.current = scroller.current?.contains(relatedTarget) === true;
    },
  };
}

interface HeadingProps {
  readonly column: Column;
  readonly order: BatchOrder;
  readonly onOrder: (order: BatchOrder) => void;
}

/** Sorts by its column; pressed again the other way round, or back to the order in which the files came. */
function Heading({ column: { name, orders, className = '' }, order, onOrder }: HeadingProps) {
  const at = orders.indexOf(order);
  const sort = at < 0 ? undefined : SORT_OF[order];
  return (
    <th scope="col" className={`${css.sortable} ${className}`} aria-sort={sort}>
      <button
        type="button"
        className={css.sort}
        onClick={() => {
          onOrder(orders[at + 1] ?? 'added');
        }}
      >
        <span>{words.batch.results.columns[name]}</span>
        <span aria-hidden="true" className={css.sortMark}>
          {sort === undefined ? '' : sort === 'ascending' ? '▲' : '▼'}
        </span>
      </button>
    </th>
  );
}

/** Stands for the rows that are out of sight. */
function Spacer({ heightPx, columns }: { readonly heightPx: number; readonly columns: number }) {
  return heightPx <= 0 ? null : (
    <tr className={css.spacer} aria-hidden="true">
      <td colSpan={columns} style={{ height: heightPx }} />
    </tr>
  );
}
