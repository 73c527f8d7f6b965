import { REASON_SENTENCES } from '../../domain/photo-quality';
import type { AnalysisFacts } from '../../store/app-state';
import { KeepButton } from '../diary/KeepButton';
import { formatScore } from '../words';
import { ErrorRates } from './ErrorRates';
import { ScoreScale } from './ScoreScale';

export function ScorePanel({ result }: { readonly result: AnalysisFacts }) {
  const { probability, logit, verdict, reasons, origin, timings, manifest } = result;
  const totalMs = timings.decodeMs + timings.preprocessMs + timings.forwardMs;
  return (
    <section
      className="panel score"
      aria-labelledby="score-title"
      data-testid="score"
      data-probability={probability}
      data-logit={logit}
      data-verdict={verdict}
      data-reasons={reasons.join(' ')}
      data-forward-ms={timings.forwardMs}
    >
      <div className="panel-head">
        <h2 id="score-title">The model&rsquo;s score for malignant</h2>
        {origin !== 'own' && <span className="tag">Synthetic sample</span>}
      </div>
      {verdict === 'cant-say' ? (
        <CantSay result={result} />
      ) : (
        <>
          <p className="score-number">
            {formatScore(probability)}
            <span className="score-unit">on a scale from 0 to 1</span>
          </p>
          <ScoreScale probability={probability} threshold={manifest.threshold} />
          <p className="verdict">
            The model calls this picture {verdict}.
            <span className="small soft">
              Its score is {verdict === 'malignant' ? 'at or above' : 'below'} the model&rsquo;s threshold.
            </span>
          </p>
        </>
      )}
      {origin !== 'own' && (
        <p className="small">A program drew this lesion. Its score says nothing about anybody&rsquo;s skin.</p>
      )}
      <div className="score-limits small">
        <ErrorRates manifest={manifest} />
        <p>
          Whatever this number says: show a doctor a spot that is new, that changes, that bleeds, or that looks unlike your
          others.
        </p>
        <p>Educational and research model, not a medical device.</p>
      </div>
      <div className="score-actions">
        <a className="button" href="#/report" data-testid="report-open">
          Report
        </a>
        {origin === 'own' && <KeepButton key={result.runId} runId={result.runId} />}
      </div>
      <dl className="facts small">
        <div>
          <dt>Uncalibrated logit</dt>
          <dd>{logit.toFixed(4)}</dd>
        </div>
        <div>
          <dt>Computed in</dt>
          <dd>{Math.round(totalMs)} ms</dd>
        </div>
      </dl>
    </section>
  );
}

function CantSay({ result }: { readonly result: AnalysisFacts }) {
  return (
    <>
      <p className="score-number score-cant-say">Can&rsquo;t say</p>
      <ul className="reasons">
        {result.reasons.map((reason) => (
          <li key={reason}>{REASON_SENTENCES[reason]}</li>
        ))}
      </ul>
      <p className="small soft">
        The network still gave a number, {formatScore(result.probability)}, but on such a picture it should not be relied on.
      </p>
    </>
  );
}
