import { useState } from 'react';
import { atlasGrid } from '../../domain/atlas';
import { encodeNpy, toChannelLast } from '../../domain/npy';
import type { LayerMaps } from '../../domain/analysis';
import type { AnalysisFacts, Slot } from '../../store/app-state';
import { exportName } from '../../viewer/export-name';
import { paintAtlasSheet, paintMapSheet, type ExportPane } from '../../viewer/paint-export';
import type { PaneId, PaneMaps } from '../../viewer/pane';
import plate from '../../viewer/plate.module.css';
import { formatStatisticsCsv } from '../../viewer/statistics-csv';
import { words } from '../../words/words';
import { useApp, useAppState } from '../app-context';
import { downloadBlob, downloadCanvas } from '../download';
import { Menu } from '../Menu';
import type { ShownMaps } from './MapsShown';

/** Files of what is shown, with model and layer in their names. A photo's own name stays out of them. */
export function ExportMenu({ shown }: { readonly shown: ShownMaps }) {
  const view = useAppState((state) => state.view);
  const result = useAppState((state) => state.photos.a.result);
  const second = useAppState((state) => state.photos.b.result);
  const { a, b, layer, photos, panes, zoomPanes, order, filter, effects } = shown;
  if (result === null && second === null) return null;

  const versionA = (result ?? second)!.manifest.version;
  const versionB = second?.manifest.version ?? versionA;
  const nameOf = (version: string, what: string, extension: 'png' | 'npy' | 'csv', ofFilter: number | null = null): string =>
    exportName({ version, layer, filter: ofFilter, what, extension });
  const isOfTwo = versionA !== versionB && (photos === 'both' || photos === 'difference');
  const shownVersion = photos === 'b' ? versionB : versionA;
  const sheetVersion = isOfTwo ? `${versionA}-vs-${versionB}` : shownVersion;
  const named = (list: readonly PaneMaps[]): readonly ExportPane[] =>
    list.map((pane) => ({ ...pane, exportTitle: titleOf(pane.id, result, second) }));
  const { title, allMaps, oneMap, about, atlasCaption, mapCaption } = words.viewer.exports;
  const facts = {
    version: isOfTwo ? words.own.compare.versionOf(versionA, versionB) : shownVersion,
    layer,
    scale: view.scale,
    colourMap: view.colourMap,
    isDifference: photos === 'difference',
    titles: named(panes).map(({ exportTitle }) => exportTitle),
  };

  return (
    <Menu label={title} testId="export-menu" className="small">
      <div className={plate.row}>
        <button
          type="button"
          className="button small"
          data-testid="export-atlas-png"
          aria-disabled={order.length === 0}
          onClick={() => {
            const [main] = panes;
            if (main === undefined || order.length === 0) return;
            const { channels, side } = main.maps;
            const caption = atlasCaption(facts, order.length, channels, side, view.order);
            const sheet = paintAtlasSheet(named(panes), order, atlasGrid(channels).columns, caption);
            downloadCanvas(nameOf(sheetVersion, `atlas-${photos}`, 'png'), sheet);
          }}
        >
          {allMaps}
        </button>
        <button
          type="button"
          className="button small"
          data-testid="export-map-png"
          aria-disabled={filter === null}
          onClick={() => {
            if (filter === null) return;
            const sheet = paintMapSheet(named(zoomPanes), filter, mapCaption(facts, filter));
            downloadCanvas(nameOf(sheetVersion, `map-${photos}`, 'png', filter), sheet);
          }}
        >
          {oneMap(filter)}
        </button>
        {result !== null && (
          <AllLayers
            slot="a"
            name={exportName({ version: versionA, layer: null, filter: null, what: 'maps-a', extension: 'zip' })}
          />
        )}
        {second !== null && (
          <AllLayers
            slot="b"
            name={exportName({ version: versionB, layer: null, filter: null, what: 'maps-b', extension: 'zip' })}
          />
        )}
        {a !== null && <PhotoExports id="a" maps={a} effects={effects} nameOf={nameOf.bind(null, versionA)} />}
        {b !== null && <PhotoExports id="b" maps={b} effects={null} nameOf={nameOf.bind(null, versionB)} />}
      </div>
      <p className={plate.note}>{about}</p>
    </Menu>
  );
}

/** Every layer's maps in one file. */
function AllLayers({ slot, name }: { readonly slot: Slot; readonly name: string }) {
  const { flow } = useApp();
  const [isBusy, setIsBusy] = useState(false);
  return (
    <button
      type="button"
      className="button small"
      data-testid={slot === 'a' ? 'export-layers' : 'export-layers-b'}
      aria-disabled={isBusy}
      onClick={() => {
        if (isBusy) return;
        setIsBusy(true);
        void flow.view.exportLayers(slot).then((blob) => {
          setIsBusy(false);
          if (blob !== null) downloadBlob(name, blob);
        });
      }}
    >
      {words.viewer.exports.allLayers(slot)}
    </button>
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
        {words.viewer.exports.values(id)}
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
        {words.viewer.exports.statistics(id)}
      </button>
    </>
  );
}

/** "photo A": a person's photo leaves its name behind; a synthetic sample is named, so that nobody takes it for skin. */
function titleOf(id: PaneId, a: AnalysisFacts | null, b: AnalysisFacts | null): string {
  const { differenceTitle, photoTitle, sampleTitle } = words.viewer.exports;
  if (id === 'difference') return differenceTitle;
  const facts = id === 'a' ? a : b;
  return facts === null || facts.origin === 'own' ? photoTitle(id) : sampleTitle(id, facts.fileName);
}
