import { useRef, useState } from 'react';
import { isoDayOf } from '../../domain/diary';
import type { AnalysisFacts } from '../../store/app-state';
import { words } from '../../words/words';
import { useAppState } from '../app-context';
import { downloadBlob } from '../download';
import { drawCard, readCardColours } from './draw-card';
import { NoteForm } from './NoteForm';
import { NoteLines } from './NoteLines';
import { readFigures, readLines } from './read-sheet';
import { HeatFigure, MapFigures, SeenFigure, SquareFigure } from './ReportFigures';
import css from './ReportPage.module.css';
import { useModelFingerprint } from './use-model-fingerprint';

/**
 * One analysis on one sheet of paper, or as a picture: no name, no file name, nothing of the file but the square, and of the
 * person's own words what stands in the form.
 */
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
      <NoteForm result={result} />
      <article className={css.sheet} ref={sheet} data-testid="report" aria-labelledby="report-title">
        <header>
          <h1 id="report-title" tabIndex={-1}>
            {says.title}
          </h1>
          <p className="small soft">{says.made(day)}</p>
        </header>
        <div className={css.top}>
          <div className={css.pictures}>
            <SquareFigure result={result} />
            <SeenFigure result={result} />
          </div>
          <div className={css.words}>
            <NoteLines result={result} />
            <ScoreWords result={result} />
          </div>
        </div>
        <div className={css.maps}>
          <MapFigures result={result} />
          <HeatFigure result={result} />
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
