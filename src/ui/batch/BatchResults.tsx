import { memo, useMemo, useState } from 'react';
import { BATCH_FILTERS, viewBatch, type BatchEntry, type BatchFilter, type BatchOrder } from '../../domain/batch-view';
import { words } from '../../words/words';
import { useAppState } from '../app-context';
import css from './BatchResults.module.css';
import { BatchTable } from './BatchTable';

/** Orders that make sense without labels. */
const PLAIN_ORDERS: readonly BatchOrder[] = ['added', 'file', 'file-down', 'score-high', 'score-low', 'verdict', 'notes'];

interface BatchResultsProps {
  readonly entries: readonly BatchEntry[];
  /** The alarm line; null: none is known, as nothing is scored. */
  readonly threshold: number | null;
}

/** The table of a batch with its search, filter and order. */
export const BatchResults = memo(function BatchResults({ entries, threshold }: BatchResultsProps) {
  // Drawn from memory unless something changes: the words do.
  useAppState((state) => state.language.now);
  const [filter, setFilter] = useState<BatchFilter>('all');
  const [order, setOrder] = useState<BatchOrder>('added');
  const [text, setText] = useState('');
  const hasLabels = entries.some(({ label }) => label !== undefined);
  const shown = useMemo(() => viewBatch(entries, { filter, order, text, threshold }), [entries, filter, order, text, threshold]);
  const filters = BATCH_FILTERS.filter((name) => hasLabels || name !== 'wrong');
  const says = words.batch.results;
  const orders = hasLabels ? [...PLAIN_ORDERS, 'label' as const, 'wrong-first' as const] : PLAIN_ORDERS;
  return (
    <section aria-labelledby="rows-title">
      <h2 id="rows-title">{says.title}</h2>
      <div className={css.choices}>
        <label className="field">
          <span>{says.search}</span>
          <input
            type="search"
            value={text}
            data-testid="batch-search"
            onChange={({ currentTarget }) => {
              setText(currentTarget.value);
            }}
          />
        </label>
        <label className="field">
          <span>{says.filter}</span>
          <select
            value={filter}
            data-testid="batch-filter"
            onChange={({ currentTarget }) => {
              setFilter(currentTarget.value as BatchFilter);
            }}
          >
            {filters.map((name) => (
              <option key={name} value={name}>
                {says.filters[name]}
              </option>
            ))}
          </select>
        </label>
        <label className="field">
          <span>{says.order}</span>
          <select
            value={order}
            data-testid="batch-order"
            onChange={({ currentTarget }) => {
              setOrder(currentTarget.value as BatchOrder);
            }}
          >
            {orders.map((name) => (
              <option key={name} value={name}>
                {says.orders[name]}
              </option>
            ))}
          </select>
        </label>
      </div>
      <p className="small soft" role="status" data-testid="batch-shown">
        {says.shown(shown.length, entries.length)}
      </p>
      <BatchTable entries={shown} threshold={threshold} hasLabels={hasLabels} order={order} onOrder={setOrder} />
    </section>
  );
});
