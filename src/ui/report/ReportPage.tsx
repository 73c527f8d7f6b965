import { useEffect, useRef, useState, type ReactNode } from 'react';
import { isoDayOf } from '../../domain/diary';
import type { AnalysisFacts } from '../../store/app-state';
import { chooseHeatMap } from '../../viewer/tools/heat-map';
import { HeatPicture } from '../../viewer/tools/HeatPicture';
import { MapPicture } from '../../viewer/tools/PixelPicture';
import { words } from '../../words/words';
import { NetworkInput } from '../analyse/NetworkInput';
import { useApp, useAppState } from '../app-context';
import { downloadBlob } from '../download';
import { CropPicture } from './CropPicture';
import { drawCard, readCardColours, type CardFigure } from './draw-card';
import css from './ReportPage.module.css';
import { useModelFingerprint } from './use-model-fingerprint';

/** More maps do not fit on the page. */
const MAX_MAPS = 4;

/** One analysis on one sheet of paper, or as a picture: no name, no place, no file name, nothing of the file but the square. */
export function ReportPage() {
  const says = words.report;
  const result = useAppState((state) => state.photos.a.result);
  if (result === null) {
    return (
      <div className="page">
        <h1 tabIndex={-1}>{says.none.title}</h1>
        <p>{says.none.words}</p>
      </div>
    );
  }
  if (result.manifest.own) {
    return (
      <div className="page">
        <h1 tabIndex={-1}>{says.none.title}</h1>
        <p>{says.ofOwn(result.manifest.version)}</p>
      </div>
    );
  }
  return <Report key={result.runId} result={result} />;
}

function Report({ result }: { readonly result: AnalysisFacts }) {
  const says = words.report;
  const sheet = useRef<HTMLElement>(null);
  const [day] = useState(() => isoDayOf(new Date()));
  const fingerprint = useModelFingerprint(result.manifest);
  const savePicture = (): void => {
    if (sheet.current === null) return;
    const card = drawCard({
      figures: readFigures(sheet.current),
      lines: readLines(sheet.current),
      score: says.score.value(result),
      colours: readCardColours(sheet.current),
    });
    card.toBlob((blob) => {
      if (blob !== null) downloadBlob('lesion-lens-report.png', blob);
    }, 'image/png');
  };
  return (
    <div className="page">
      <div className={css.actions}>
        <a className="button" href="#/">
          {says.actions.back}
        </a>
        <button
          type="button"
          className="button button-primary"
          data-testid="report-print"
          onClick={() => {
            print();
          }}
        >
          {says.actions.print}
        </button>
        <button type="button" className="button" data-testid="report-png" onClick={savePicture}>
          {says.actions.savePicture}
        </button>
      </div>
      <article className={css.sheet} ref={sheet} data-testid="report" aria-labelledby="report-title">
        <header>
          <h1 id="report-title" tabIndex={-1}>
            {says.title}
          </h1>
          <p className="small soft">{says.made(day)}</p>
        </header>
        <div className={css.top}>
          <div className={css.pictures}>
            <figure data-card={says.square}>
              <CropPicture result={result} />
              <figcaption>{says.square}</figcaption>
            </figure>
            <Seen result={result} />
          </div>
          <ScoreWords result={result} />
        </div>
        <div className={css.maps}>
          <Maps result={result} />
          <Heat result={result} />
        </div>
        <footer className="small">
          <p data-line>{says.model(result.manifest.version, fingerprint, day)}</p>
          <p data-line>{says.limits}</p>
        </footer>
      </article>
    </div>
  );
}

function ScoreWords({ result }: { readonly result: AnalysisFacts }) {
  const says = words.report.score;
  const { reasons, notes, origin, crop, source, manifest } = result;
  const headline = says.headline(result);
  const baseRate = says.baseRate(
    result,
    useAppState((state) => state.preferences.baseRate),
  );
  return (
    <div className={css.score}>
      <h2>{says.title}</h2>
      <p className={css.number} data-testid="report-score">
        {says.value(result)}
      </p>
      <p data-line>{says.verdict(result)}</p>
      {headline !== null && <p data-line>{headline}</p>}
      {says.range(result) !== null && <p data-line>{says.range(result)}</p>}
      {manifest.probes !== null && origin === 'own' && <p data-line>{says.kind(result)}</p>}
      {origin !== 'own' && <p data-line>{says.synthetic}</p>}
      <p data-line>{says.cost(result)}</p>
      {baseRate !== null && <p data-line>{baseRate}</p>}
      {reasons.map((reason) => (
        <p key={reason} data-line>
          {words.photo.reasons[reason]}
        </p>
      ))}
      {notes.map((note) => (
        <p key={note} data-line>
          {words.photo.notes[note]}
        </p>
      ))}
      <p className="small soft" data-line>
        {says.source(crop.size, source.width, source.height)}
      </p>
    </div>
  );
}

function Seen({ result }: { readonly result: AnalysisFacts }) {
  const says = words.report;
  const rgb = useApp().cache.photo(result.runId)?.inputRgb ?? null;
  const { side } = result.manifest.network.input;
  const caption = says.seen(side);
  return rgb === null ? null : (
    <figure data-card={caption}>
      <NetworkInput rgb={rgb} />
      <figcaption>{caption}</figcaption>
    </figure>
  );
}

/** The pinned maps; where none is pinned, the one that is enlarged in the viewer. */
function Maps({ result }: { readonly result: AnalysisFacts }) {
  const says = words.report;
  const { cache } = useApp();
  const pins = useAppState((state) => state.pins);
  const view = useAppState((state) => state.view);
  const chosen: readonly { readonly layer: string; readonly filter: number }[] =
    pins.length > 0 ? pins.slice(-MAX_MAPS) : view.filter === null ? [] : [{ layer: view.layer, filter: view.filter }];
  return chosen.map(({ layer, filter }): ReactNode => {
    const layerMaps = cache.layer(result.runId, layer);
    const map = cache.map(result.runId, layer, filter);
    const side = map?.side ?? layerMaps?.side;
    const values = map?.values ?? layerMaps?.values.subarray(filter * (side ?? 0) ** 2, (filter + 1) * (side ?? 0) ** 2);
    if (values === undefined || side === undefined) return null;
    const name = says.map(layer, filter);
    return (
      <figure key={name} data-card={name}>
        <MapPicture values={values} side={side} colourMap={view.colourMap} label={says.mapLabel(layer, filter)} />
        <figcaption>{name}</figcaption>
      </figure>
    );
  });
}

function Heat({ result }: { readonly result: AnalysisFacts }) {
  const says = words.report.heat;
  const { flow, cache } = useApp();
  const version = useAppState((state) => state.heavyVersion);
  const colourMap = useAppState((state) => state.view.colourMap);
  useEffect(() => {
    void flow.explain.readHead();
  }, [flow, result.runId]);
  const heat = chooseHeatMap('hires-cam', { head: cache.head(result.runId), occlusion: null }, colourMap);
  if (heat === null) return null;
  const caption = says.caption(heat.side);
  return (
    <figure data-card={caption}>
      <HeatPicture {...heat} version={version} name={says.name} />
      <figcaption>{caption}</figcaption>
    </figure>
  );
}

/** What stands on the sheet is what the picture shows. */
function readFigures(sheet: HTMLElement): readonly CardFigure[] {
  return [...sheet.querySelectorAll<HTMLElement>('figure[data-card]')].flatMap((figure) => {
    const canvas = figure.querySelector('canvas');
    return canvas === null ? [] : [{ canvas, caption: figure.dataset['card'] ?? '' }];
  });
}

function readLines(sheet: HTMLElement): readonly string[] {
  return [...sheet.querySelectorAll('[data-line]')].map(({ textContent }) => textContent.trim());
}
