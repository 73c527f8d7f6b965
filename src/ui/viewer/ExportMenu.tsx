import { useState } from 'react';
import { atlasGrid } from '../../domain/atlas';
import { encodeNpy, toChannelLast } from '../../domain/npy';
import type { LayerMaps } from '../../domain/analysis';
import { formatRoute } from '../../domain/view-route';
import type { ModelManifest } from '../../domain/manifest';
import type { AnalysisFacts, Slot } from '../../store/app-state';
import { selectSample } from '../../store/select-status';
import { exportName } from '../../viewer/export-name';
import { exportNumbers } from '../../viewer/export-numbers';
import { formatFigureSvg } from '../../viewer/figure-svg';
import {
  paintAtlasFigure,
  paintAtlasSheet,
  paintMapFigure,
  paintMapSheet,
  readFigureColours,
  type ExportPane,
} from '../../viewer/paint-export';
import type { PaneId, PaneMaps } from '../../viewer/pane';
import plate from '../../viewer/plate.module.css';
import { formatStatisticsCsv } from '../../viewer/statistics-csv';
import { words } from '../../words/words';
import { useApp, useAppState } from '../app-context';
import { CopyOutcome } from '../CopyOutcome';
import { downloadBlob, downloadCanvas } from '../download';
import { Menu } from '../Menu';
import { useModelFingerprint } from '../report/use-model-fingerprint';
import { useCopying } from '../use-copying';
import { routeOfView } from '../use-route';
import type { ShownMaps } from './MapsShown';

/** Files of what is shown, with model and layer in their names. A photo's own name stays out of them. */
export function ExportMenu({ shown }: { readonly shown: ShownMaps }) {
  const result = useAppState((state) => state.photos.a.result);
  const second = useAppState((state) => state.photos.b.result);
  const manifestA = (result ?? second)?.manifest;
  if (manifestA === undefined) return null;
  const manifestB = second?.manifest ?? manifestA;
  const { a, b, layer, effects } = shown;
  const { title, about } = words.viewer.exports;
  const nameAll = (version: string, what: string): string =>
    exportName({ version, layer: null, filter: null, what, extension: 'zip' });
  const nameWith =
    ({ version }: ModelManifest): NameFile =>
    (what, extension) =>
      exportName({ version, layer, filter: null, what, extension });
  return (
    <Menu label={title} testId="export-menu" className="small">
      <div className={plate.row}>
        <Pictures shown={shown} manifestA={manifestA} manifestB={manifestB} />
        {result !== null && <AllLayers slot="a" name={nameAll(manifestA.version, 'maps-a')} />}
        {second !== null && <AllLayers slot="b" name={nameAll(manifestB.version, 'maps-b')} />}
        {a !== null && <PhotoExports id="a" maps={a} effects={effects} nameOf={nameWith(manifestA)} />}
        {b !== null && <PhotoExports id="b" maps={b} effects={null} nameOf={nameWith(manifestB)} />}
      </div>
      <CopyLink />
      <p className={plate.note}>{about}</p>
    </Menu>
  );
}

/** A link to this layer, filter and way of showing it; the photo stays here. */
function CopyLink() {
  const view = useAppState((state) => state.view);
  const line = useAppState((state) => state.preferences.line);
  const sample = useAppState(selectSample);
  const isTutorial = useAppState((state) => state.tutorial !== null);
  const { copied, copyText } = useCopying();
  const { link } = words.viewer.exports;
  // What the tutorial shows is no view of the person's photo.
  if (isTutorial) return null;
  return (
    <div>
      <button
        type="button"
        className="button small"
        data-testid="copy-link"
        onClick={() => {
          const hash = formatRoute(routeOfView({ ...view, isChosen: true }, line, sample));
          // What the address says before it is this person's own: which engine computes.
          void copyText(`${location.origin}${location.pathname}${hash}`);
        }}
      >
        {link.copy}
      </button>
      <CopyOutcome copied={copied} says={link} />
      <p className={plate.note}>{link.about(sample !== null)}</p>
    </div>
  );
}

type NameFile = (what: string, extension: 'npy' | 'csv') => string;

interface PicturesProps {
  readonly shown: ShownMaps;
  /** Of the models that computed photo A and photo B. */
  readonly manifestA: ModelManifest;
  readonly manifestB: ModelManifest;
}

/** The maps as pictures with what they show: model, layer, scale of the colours. */
function Pictures({ shown, manifestA, manifestB }: PicturesProps) {
  const { scale, colourMap, order: orderName } = useAppState((state) => state.view);
  const result = useAppState((state) => state.photos.a.result);
  const second = useAppState((state) => state.photos.b.result);
  const hashA = useModelFingerprint(manifestA);
  const hashB = useModelFingerprint(manifestB);
  const { layer, photos, panes, zoomPanes, order, filter } = shown;
  const says = words.viewer.exports;
  const named = (list: readonly PaneMaps[], ofFilter: number | null): readonly ExportPane[] =>
    list.map((pane) => ({
      ...pane,
      exportTitle: titleOf(pane.id, result, second),
      numbers: exportNumbers(pane, ofFilter, scale),
    }));
  const titles = panes.map(({ id }) => titleOf(id, result, second));
  const isOfTwo = manifestA.version !== manifestB.version && (photos === 'both' || photos === 'difference');
  const [modelA, modelB] = [says.model(manifestA.version, hashA), says.model(manifestB.version, hashB)];
  const facts = {
    model: isOfTwo ? words.own.compare.versionOf(modelA, modelB) : photos === 'b' ? modelB : modelA,
    layer,
    scale,
    colourMap,
    isDifference: photos === 'difference',
    titles,
  };
  const version = isOfTwo ? `${manifestA.version}-vs-${manifestB.version}` : (photos === 'b' ? manifestB : manifestA).version;
  const nameOf = (what: string, extension: 'png' | 'svg', ofFilter: number | null = null): string =>
    exportName({ version, layer, filter: ofFilter, what, extension });
  const { channels, side } = panes[0]?.maps ?? { channels: 0, side: 0 };
  const hasMaps = order.length > 0 && panes.length > 0;
  const atlasCaption = (): string => says.atlasCaption(facts, order.length, channels, side, orderName);

  const saveFigure = (name: string, title: string, caption: string, list: ReturnType<typeof paintAtlasFigure>): void => {
    const svg = formatFigureSvg({ title, caption, panes: list, colours: readFigureColours() });
    downloadBlob(name, new Blob([svg], { type: 'image/svg+xml' }));
  };
  const choices: readonly {
    readonly testId: string;
    readonly label: string;
    readonly isOn: boolean;
    readonly save: (chosen: number) => void;
  }[] = [
    {
      testId: 'export-atlas-png',
      label: says.allMaps,
      isOn: hasMaps,
      save: () => {
        const sheet = paintAtlasSheet(named(panes, null), order, atlasGrid(channels).columns, atlasCaption());
        downloadCanvas(nameOf(`atlas-${photos}`, 'png'), sheet);
      },
    },
    {
      testId: 'export-map-png',
      label: says.oneMap(filter),
      isOn: filter !== null,
      save: (chosen) => {
        const sheet = paintMapSheet(named(zoomPanes, chosen), chosen, says.mapCaption(facts, chosen));
        downloadCanvas(nameOf(`map-${photos}`, 'png', chosen), sheet);
      },
    },
    {
      testId: 'export-figure-svg',
      label: says.atlasFigure,
      isOn: hasMaps,
      save: () => {
        const title = says.atlasTitle(layer, order.length, side);
        saveFigure(nameOf(`atlas-${photos}`, 'svg'), title, atlasCaption(), paintAtlasFigure(named(panes, null), order));
      },
    },
    {
      testId: 'export-map-svg',
      label: says.mapFigure(filter),
      isOn: filter !== null,
      save: (chosen) => {
        const list = paintMapFigure(named(zoomPanes, chosen), chosen);
        saveFigure(nameOf(`map-${photos}`, 'svg', chosen), says.mapTitle(layer, chosen), says.mapCaption(facts, chosen), list);
      },
    },
  ];
  return choices.map(({ testId, label, isOn, save }) => (
    <button
      key={testId}
      type="button"
      className="button small"
      data-testid={testId}
      aria-disabled={!isOn}
      onClick={() => {
        if (isOn) save(filter ?? 0);
      }}
    >
      {label}
    </button>
  ));
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
  readonly nameOf: NameFile;
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
