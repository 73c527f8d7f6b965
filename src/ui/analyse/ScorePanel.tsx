import type { AnalysisFacts } from '../../store/app-state';
import { formatScore } from '../../words/format';
import { words } from '../../words/words';
import { KeepButton } from '../diary/KeepButton';
import { ErrorRates } from './ErrorRates';
import { ScoreScale } from './ScoreScale';
import css from './score-panels.module.css';

export function ScorePanel({ result }: { readonly result: AnalysisFacts }) {
  const { probability, logit, verdict, reasons, origin, timings, manifest } = result;
  return (
    <section
      className={`panel ${css.score}`}
      aria-labelledby="score-title"
      data-testid="score"
      data-probability={probability}
      data-logit={logit}
      data-verdict={verdict}
      data-reasons={reasons.join(' ')}
      data-forward-ms={timings.forwardMs}
    >
      <div className="panel-head">
        <h2 id="score-title">{words.analyse.score.title}</h2>
        {origin !== 'own' && <span className="tag">{words.analyse.syntheticSample}</span>}
      </div>
      {verdict === 'cant-say' ? (
        <CantSay result={result} />
      ) : (
        <>
          <p className={css.number}>
            <span translate="no">{formatScore(probability)}</span>
            <span className={css.unit}>{words.analyse.score.unit}</span>
          </p>
          <ScoreScale probability={probability} threshold={manifest.threshold} />
          <p className={css.verdict}>
            <span>{words.analyse.score.calls[verdict]}</span>
            <span className="small soft">{words.analyse.score.against[verdict]}</span>
          </p>
        </>
      )}
      {origin !== 'own' && <p className="small">{words.analyse.score.ofSample}</p>}
      <div className={`${css.limits} small`}>
        <ErrorRates manifest={manifest} />
        <p>{words.analyse.score.showDoctor}</p>
        <p>{words.analyse.score.noDevice}</p>
      </div>
      <div className={css.actions}>
        <a className="button" href="#/report" data-testid="report-open">
          {words.analyse.score.report}
        </a>
        {origin === 'own' && <KeepButton key={result.runId} runId={result.runId} />}
      </div>
      <Facts result={result} />
    </section>
  );
}

function CantSay({ result }: { readonly result: AnalysisFacts }) {
  return (
    <>
      <p className={`${css.number} ${css.cantSay}`}>{words.analyse.score.cantSay}</p>
      <ul className={css.reasons}>
        {result.reasons.map((reason) => (
          <li key={reason}>{words.photo.reasons[reason]}</li>
        ))}
      </ul>
      <p className="small soft">{words.analyse.score.notReliable(result.probability)}</p>
    </>
  );
}

function Facts({ result }: { readonly result: AnalysisFacts }) {
  const { decodeMs, preprocessMs, forwardMs } = result.timings;
  return (
    <dl className={`${css.facts} small`}>
      <div>
        <dt>{words.analyse.score.logit}</dt>
        <dd>{words.analyse.score.logitValue(result.logit)}</dd>
      </div>
      <div>
        <dt>{words.analyse.score.computedIn}</dt>
        <dd>{words.analyse.score.computedMs(decodeMs + preprocessMs + forwardMs)}</dd>
      </div>
    </dl>
  );
}
