import { useMemo, useState } from 'react';
import type { LayerMaps } from '../../domain/analysis';
import { COMPARED, compareMaps, orderComparison, type ComparisonOrder } from '../../domain/compare-maps';
import { exportName } from '../../viewer/export-name';
import { formatComparisonCsv } from '../../viewer/statistics-csv';
import tools from '../../viewer/tools/tools.module.css';
import { words } from '../../words/words';
import { useApp, useAppState } from '../app-context';
import { downloadBlob } from '../download';
import tool from './tool.module.css';
import css from './ToolsComparison.module.css';

interface Sorting {
  readonly order: ComparisonOrder;
  readonly isDescending: boolean;
}

/** How a column is sorted when its heading is pressed first: the least alike on top. */
const DESCENDING_FIRST: Readonly<Record<ComparisonOrder, boolean>> = {
  index: false,
  correlation: false,
  difference: true,
  meanA: true,
  meanB: true,
};

/** The maps of the layer in view on photo A beside those on photo B, filter by filter. */
export function ComparisonTool() {
  const { cache } = useApp();
  const keyA = useAppState((state) => state.photos.a.mapsKey);
  const keyB = useAppState((state) => state.photos.b.mapsKey);
  useAppState((state) => state.heavyVersion);
  const a = keyA === null ? null : cache.layer(keyA.runId, keyA.layer);
  const b = keyB === null ? null : cache.layer(keyB.runId, keyB.layer);
  // One of them may lag behind the choice of the layer.
  if (a === null || b === null || a.layer !== b.layer) return <p>{words.viewer.tools.computing}</p>;
  return <Comparison a={a} b={b} />;
}

function Comparison({ a, b }: { readonly a: LayerMaps; readonly b: LayerMaps }) {
  const { flow } = useApp();
  const filter = useAppState((state) => state.view.filter);
  const version = useAppState(({ photos }) => {
    const [ofA, ofB] = [photos.a, photos.b].map(({ result }) => result?.manifest.version ?? '');
    return ofA === ofB ? (ofA ?? '') : `${ofA}-vs-${ofB}`;
  });
  const [sorting, setSorting] = useState<Sorting>({ order: 'difference', isDescending: true });
  const comparison = useMemo(() => compareMaps(a.values, b.values, a.channels), [a, b]);
  const { filter: filterName, comparison: says } = words.viewer.tools;
  return (
    <div className={tool.column} data-testid="ab-statistics" data-layer={a.layer} data-order={sorting.order}>
      <p className={tool.lead}>{says.about(<span className="mono">{a.layer}</span>)}</p>
      <div className={tool.buttons}>
        <button
          type="button"
          className="button small"
          data-testid="ab-statistics-csv"
          onClick={() => {
            const name = exportName({ version, layer: a.layer, filter: null, what: 'comparison-a-b', extension: 'csv' });
            downloadBlob(name, new Blob([formatComparisonCsv(comparison)], { type: 'text/csv' }));
          }}
        >
          {says.csv}
        </button>
      </div>
      <div className={css.scroller} tabIndex={0} role="region" aria-label={says.table}>
        <table className={css.table}>
          <thead>
            <tr>
              {(['index', ...COMPARED] as const).map((order) => (
                <Heading key={order} order={order} sorting={sorting} onSort={setSorting} />
              ))}
            </tr>
          </thead>
          <tbody>
            {orderComparison(comparison, sorting.order, sorting.isDescending).map((k) => (
              <tr key={k} data-filter={k}>
                <th scope="row">
                  <button
                    type="button"
                    className={`button ${tools.chip}`}
                    aria-pressed={k === filter}
                    aria-label={filterName(k)}
                    onClick={() => void flow.view.selectFilter(k)}
                  >
                    {k}
                  </button>
                </th>
                {COMPARED.map((column) => (
                  <td key={column} className="number">
                    {says.value(column, comparison[column][k]!)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}

interface HeadingProps {
  readonly order: ComparisonOrder;
  readonly sorting: Sorting;
  readonly onSort: (sorting: Sorting) => void;
}

/** Sorts by its column; pressed again the other way round. */
function Heading({ order, sorting, onSort }: HeadingProps) {
  const isOwn = sorting.order === order;
  const sort = isOwn ? (sorting.isDescending ? 'descending' : 'ascending') : undefined;
  return (
    <th scope="col" aria-sort={sort} className={order === 'index' ? undefined : 'number'}>
      <button
        type="button"
        className={css.sort}
        data-testid={`ab-order-${order}`}
        onClick={() => {
          onSort({ order, isDescending: isOwn ? !sorting.isDescending : DESCENDING_FIRST[order] });
        }}
      >
        <span>{words.viewer.tools.comparison.columns[order]}</span>
        <span aria-hidden="true" className={css.mark}>
          {sort === undefined ? '' : sort === 'ascending' ? '▲' : '▼'}
        </span>
      </button>
    </th>
  );
}
