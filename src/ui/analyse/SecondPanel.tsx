import { REASON_SENTENCES } from '../../domain/photo-quality';
import type { AnalysisFacts } from '../../store/app-state';
import { formatScore } from '../words';
import { AnalysedPhoto } from './PhotoPanel';
import { ScoreScale } from './ScoreScale';

/** The second photo, to compare with, and its score. */
export function SecondPanel({ result }: { readonly result: AnalysisFacts }) {
  const { probability, logit, verdict, reasons, origin, manifest } = result;
  return (
    <section
      className="panel second-panel"
      aria-labelledby="second-title"
      data-testid="score-b"
      data-probability={probability}
      data-logit={logit}
      data-verdict={verdict}
      data-reasons={reasons.join(' ')}
    >
      <div className="panel-head">
        <h2 id="second-title">Photo B</h2>
        {origin !== 'own' && <span className="tag">Synthetic sample</span>}
      </div>
      <AnalysedPhoto result={result} slot="b" />
      {verdict === 'cant-say' ? (
        <>
          <p className="second-score">Can&rsquo;t say</p>
          <ul className="reasons small">
            {reasons.map((reason) => (
              <li key={reason}>{REASON_SENTENCES[reason]}</li>
            ))}
          </ul>
        </>
      ) : (
        <>
          <p className="second-score">
            {formatScore(probability)}
            <span className="score-unit">the model&rsquo;s score for malignant</span>
          </p>
          <ScoreScale probability={probability} threshold={manifest.threshold} />
          <p className="small">The model calls this picture {verdict}.</p>
        </>
      )}
    </section>
  );
}
