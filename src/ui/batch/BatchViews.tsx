import type { BatchFacts } from '../../store/batch-state';
import { words } from '../../words/words';
import { useApp } from '../app-context';
import css from './BatchPage.module.css';

/** Whether pictures are judged turned and mirrored too, and how many were not: their verdict may differ from a single photo's. */
export function BatchViews({ batch: { entries, withViews } }: { readonly batch: BatchFacts }) {
  const { flow } = useApp();
  const without = entries.filter(({ row }) => row?.views === false).length;
  const says = words.batch.views;
  return (
    <div className={css.views}>
      <label className={css.choice}>
        <input
          type="checkbox"
          checked={withViews}
          data-testid="batch-with-views"
          onChange={({ currentTarget }) => {
            flow.batch.setWithViews(currentTarget.checked);
          }}
        />
        <span>{says.choice}</span>
      </label>
      {(without > 0 || !withViews) && (
        <p className="small soft" data-testid="batch-views-words" data-without={without}>
          {without > 0 ? says.without(without) : says.off}
        </p>
      )}
    </div>
  );
}
