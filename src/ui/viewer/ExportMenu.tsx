import { atlasGrid } from '../../domain/atlas';
import { encodeNpy, toChannelLast } from '../../domain/npy';
import type { LayerMaps } from '../../domain/analysis';
import type { AnalysisFacts } from '../../store/app-state';
import { exportName } from '../../viewer/export-name';
import { paintAtlasSheet, paintMapSheet, type ExportPane } from '../../viewer/paint-export';
import type { PaneId, PaneMaps } from '../../viewer/pane';
import { formatStatisticsCsv } from '../../viewer/statistics-csv';
import { useAppState } from '../app-context';
import { downloadBlob, downloadCanvas } from '../download';
import type { ShownMaps } from './MapsShown';

/** Files of what is shown, with model and layer in their names. A photo's own name stays out of them. */
export function ExportMenu({ shown }: { readonly shown: ShownMaps }) {
  const view = useAppState((state) => state.view);
  const result = useAppState((state) => state.photos.a.result);
  const second = useAppState((state) => state.photos.b.result);
  const { a, b, layer, photos, panes, zoomPanes, order, filter, effects } = shown;
  const version = (result ?? second)?.manifest.version;
  if (version === undefined) return null;

  const nameOf = (what: string, extension: 'png' | 'npy' | 'csv', ofFilter: number | null = null): string =>
    exportName({ version, layer, filter: ofFilter, what, extension });
  const named = (list: readonly PaneMaps[]): readonly ExportPane[] =>
    list.map((pane) => ({ ...pane, exportTitle: titleOf(pane.id, result, second) }));
  const captionOf = (what: string): string =>
    `Lesion Lens, model ${version} · ${layer}${what} · scale of colours: ${view.scale} · colours: ${
      photos === 'difference' ? `diverging, ${view.colourMap}` : view.colourMap
    } · ${named(panes)
      .map(({ exportTitle }) => exportTitle)
      .join(', ')}`;

  return (
    <details className="fold export" data-testid="export-menu">
      <summary>Export</summary>
      <div className="viewer-row">
        <button
          type="button"
          className="button small"
          data-testid="export-atlas-png"
          aria-disabled={order.length === 0}
          onClick={() => {
            const [main] = panes;
            if (main === undefined || order.length === 0) return;
            const { channels, side } = main.maps;
            const caption = captionOf(`, ${order.length} of ${channels} maps of ${side}×${side}, order: ${view.order}`);
            const sheet = paintAtlasSheet(named(panes), order, atlasGrid(channels).columns, caption);
            downloadCanvas(nameOf(`atlas-${photos}`, 'png'), sheet);
          }}
        >
          All maps, PNG
        </button>
        <button
          type="button"
          className="button small"
          data-testid="export-map-png"
          aria-disabled={filter === null}
          onClick={() => {
            if (filter === null) return;
            const sheet = paintMapSheet(named(zoomPanes), filter, captionOf(`, filter ${filter}`));
            downloadCanvas(nameOf(`map-${photos}`, 'png', filter), sheet);
          }}
        >
          Filter {filter}, PNG
        </button>
        {a !== null && <PhotoExports id="a" maps={a} effects={effects} nameOf={nameOf} />}
        {b !== null && <PhotoExports id="b" maps={b} effects={null} nameOf={nameOf} />}
      </div>
      <p className="viewer-note">
        .npy holds the layer&rsquo;s activations as float32 [row, column, filter]; the table has a row a filter. Made here, sent
        nowhere.
      </p>
    </details>
  );
}

interface PhotoExportsProps {
  readonly id: 'a' | 'b';
  readonly maps: LayerMaps;
  readonly effects: Float32Array | null;
  readonly nameOf: (what: string, extension: 'npy' | 'csv') => string;
}

function PhotoExports({ id, maps, effects, nameOf }: PhotoExportsProps) {
  const suffix = id === 'a' ? '' : '-b';
  const photo = id.toUpperCase();
  return (
    <>
      <button
        type="button"
        className="button small"
        data-testid={`export-npy${suffix}`}
        onClick={() => {
          const { values, side, channels } = maps;
          const file = encodeNpy(toChannelLast(values, side, channels), [side, side, channels]);
          downloadBlob(nameOf(`maps-${id}`, 'npy'), new Blob([file], { type: 'application/octet-stream' }));
        }}
      >
        Maps of {photo}, .npy
      </button>
      <button
        type="button"
        className="button small"
        data-testid={`export-csv${suffix}`}
        onClick={() => {
          const text = formatStatisticsCsv(maps, effects);
          downloadBlob(nameOf(`statistics-${id}`, 'csv'), new Blob([text], { type: 'text/csv' }));
        }}
      >
        Statistics of {photo}, CSV
      </button>
    </>
  );
}

/** "photo A": a person's photo leaves its name behind; a synthetic sample is named, so that nobody takes it for skin. */
function titleOf(id: PaneId, a: AnalysisFacts | null, b: AnalysisFacts | null): string {
  if (id === 'difference') return 'photo B − photo A';
  const facts = id === 'a' ? a : b;
  const name = `photo ${id.toUpperCase()}`;
  return facts === null || facts.origin === 'own' ? name : `${name} (synthetic: ${facts.fileName})`;
}
