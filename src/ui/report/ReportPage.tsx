import { useEffect, useRef, useState, type ReactNode } from 'react';
import { NOTE_SENTENCES, REASON_SENTENCES } from '../../domain/photo-quality';
import type { AnalysisFacts } from '../../store/app-state';
import { chooseHeatMap } from '../../viewer/tools/heat-map';
import { HeatPicture } from '../../viewer/tools/HeatPicture';
import { MapPicture } from '../../viewer/tools/PixelPicture';
import { NetworkInput } from '../analyse/NetworkInput';
import { useApp, useAppState } from '../app-context';
import { downloadBlob } from '../download';
import { formatScore } from '../words';
import { CropPicture } from './CropPicture';
import { drawCard, type CardFigure } from './draw-card';
import { errorWords, verdictWords } from './report-words';
import { useModelFingerprint } from './use-model-fingerprint';
import '../styles/report.css';

/** More maps do not fit on the page. */
const MAX_MAPS = 4;

/** One analysis on one sheet of paper, or as a picture: no name, no place, no file name, nothing of the file but the square. */
export function ReportPage() {
  const result = useAppState((state) => state.photos.a.result);
  if (result === null) {
    return (
      <div className="page">
        <h1 tabIndex={-1}>Report</h1>
        <p>
          There is no analysis to report yet. <a href="#/">Choose a photo first</a>.
        </p>
      </div>
    );
  }
  return <Report key={result.runId} result={result} />;
}

function Report({ result }: { readonly result: AnalysisFacts }) {
  const sheet = useRef<HTMLElement>(null);
  const [made] = useState(() => new Date());
  const day = made.toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric' });
  const fingerprint = useModelFingerprint(result.manifest);
  const savePicture = (): void => {
    if (sheet.current === null) return;
    const card = drawCard({ figures: readFigures(sheet.current), lines: readLines(sheet.current), score: scoreWords(result) });
    card.toBlob((blob) => {
      if (blob !== null) downloadBlob('lesion-lens-report.png', blob);
    }, 'image/png');
  };
  return (
    <div className="page report-page">
      <div className="report-actions">
        <a className="button" href="#/">
          Back
        </a>
        <button
          type="button"
          className="button button-primary"
          data-testid="report-print"
          onClick={() => {
            print();
          }}
        >
          Print or save as PDF
        </button>
        <button type="button" className="button" data-testid="report-png" onClick={savePicture}>
          Save as picture
        </button>
      </div>
      <article className="report" ref={sheet} data-testid="report" aria-labelledby="report-title">
        <header>
          <h1 id="report-title" tabIndex={-1}>
            Lesion Lens: report of one picture
          </h1>
          <p className="small soft">Made on {day}, on the device of the person who made it. Not a medical finding.</p>
        </header>
        <div className="report-top">
          <div className="report-pictures">
            <figure data-card="The square that was analysed">
              <CropPicture result={result} />
              <figcaption>The square that was analysed</figcaption>
            </figure>
            <Seen result={result} />
          </div>
          <ScoreWords result={result} />
        </div>
        <div className="report-maps">
          <Maps result={result} />
          <Heat result={result} />
        </div>
        <footer className="small">
          <p data-line>
            Model {result.manifest.version}, fingerprint of its files {fingerprint ?? '…'} (SHA-256). Made on {day}.
          </p>
          <p data-line>
            Educational and research model, not a medical device. Whatever the score: show a doctor a spot that is new, that
            changes, that bleeds, or that looks unlike your others.
          </p>
        </footer>
      </article>
    </div>
  );
}

function scoreWords({ verdict, probability }: AnalysisFacts): string {
  return verdict === 'cant-say' ? 'can’t say' : formatScore(probability);
}

function ScoreWords({ result }: { readonly result: AnalysisFacts }) {
  const { reasons, notes, origin, manifest, crop, source } = result;
  return (
    <div className="report-score">
      <h2>The model&rsquo;s score for malignant</h2>
      <p className="report-number" data-testid="report-score">
        {scoreWords(result)}
      </p>
      <p data-line>{verdictWords(result)}</p>
      {origin !== 'own' && <p data-line>A program drew this lesion: it is a synthetic sample.</p>}
      <p data-line>{errorWords(manifest)}</p>
      {reasons.map((reason) => (
        <p key={reason} data-line>
          {REASON_SENTENCES[reason]}
        </p>
      ))}
      {notes.map((note) => (
        <p key={note} data-line>
          {NOTE_SENTENCES[note]}
        </p>
      ))}
      <p className="small soft" data-line>
        Square of {Math.round(crop.size)} pixels out of a photo of {source.width} × {source.height}.
      </p>
    </div>
  );
}

function Seen({ result }: { readonly result: AnalysisFacts }) {
  const rgb = useApp().cache.photo(result.runId)?.inputRgb ?? null;
  const { side } = result.manifest.network.input;
  const caption = `What the network saw: ${side} × ${side} pixels`;
  return rgb === null ? null : (
    <figure data-card={caption}>
      <NetworkInput rgb={rgb} />
      <figcaption>{caption}</figcaption>
    </figure>
  );
}

/** The pinned maps; where none is pinned, the one that is enlarged in the viewer. */
function Maps({ result }: { readonly result: AnalysisFacts }) {
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
    const name = `${layer}, filter ${filter}`;
    return (
      <figure key={name} data-card={name}>
        <MapPicture values={values} side={side} colourMap={view.colourMap} label={`Map of ${name}`} />
        <figcaption>{name}</figcaption>
      </figure>
    );
  });
}

function Heat({ result }: { readonly result: AnalysisFacts }) {
  const { flow, cache } = useApp();
  const version = useAppState((state) => state.heavyVersion);
  const colourMap = useAppState((state) => state.view.colourMap);
  useEffect(() => {
    void flow.explain.readHead();
  }, [flow, result.runId]);
  const heat = chooseHeatMap('hires-cam', { head: cache.head(result.runId), occlusion: null }, colourMap);
  if (heat === null) return null;
  const caption = `HiResCAM: where the network responds, ${heat.side} × ${heat.side} cells; not a reason`;
  return (
    <figure data-card={caption}>
      <HeatPicture {...heat} version={version} name="HiResCAM" />
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
