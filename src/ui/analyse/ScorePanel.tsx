import { measureLine } from '../../domain/operating-point';
import type { AnalysisFacts } from '../../store/app-state';
import { FoldOnPhone } from '../../viewer/FoldOnPhone';
import { words } from '../../words/words';
import { useAppState } from '../app-context';
import { KeepButton } from '../diary/KeepButton';
import { BaseRate } from './BaseRate';
import { CantSay, VerdictChange } from './CantSay';
import { OperatingPoint } from './OperatingPoint';
import { PhotoKindChoice } from './PhotoKindChoice';
import { ScoreNumber } from './ScoreNumber';
import { ScoreScale } from './ScoreScale';
import css from './score-panels.module.css';

export function ScorePanel({ result }: { readonly result: AnalysisFacts }) {
  const { probability, logit, verdict, threshold, reasons, kind, viewRange, viewLogits, origin, timings } = result;
  const measured = measureLine(result);
  const isBesideOther = useAppState((state) => state.own.compared !== null);
  const says = words.analyse.score;
  return (
    <section
      className={`panel ${css.score}`}
      aria-labelledby="score-title"
      data-testid="score"
      data-model={result.manifest.version}
      data-probability={probability}
      data-logit={logit}
      data-verdict={verdict}
      data-reasons={reasons.join(' ')}
      data-kind={kind}
      data-range={viewRange === null ? undefined : `${viewRange.low} ${viewRange.high}`}
      data-forward-ms={timings.forwardMs}
    >
      <div className="panel-head">
        <h2 id="score-title">
          {isBesideOther ? words.own.compare.titleOf('a', says.titleOf(result.manifest.version)) : says.title}
        </h2>
        {origin !== 'own' && <span className="tag">{words.analyse.syntheticSample}</span>}
      </div>
      <VerdictChange result={result} slot="a" />
      {verdict === 'cant-say' ? (
        <CantSay result={result} slot="a" />
      ) : (
        <>
          <ScoreNumber probability={probability} unit={says.unit} />
          <ScoreScale probability={probability} threshold={threshold} range={viewRange} isSettled={viewLogits.length > 0} />
          <p className={css.verdict} data-testid="score-headline">
            {words.line.headline(verdict, measured?.rates ?? null)}
          </p>
          {measured !== null && <BaseRate call={verdict} rates={measured.rates} />}
        </>
      )}
      {origin !== 'own' && <p className="small">{says.ofSample}</p>}
      <PhotoKindChoice result={result} slot="a" />
      <FoldOnPhone summary={words.line.control.label(threshold)} className={undefined}>
        <OperatingPoint result={result} />
      </FoldOnPhone>
      <div className={`${css.limits} small`}>
        <p>{says.showDoctor}</p>
        <p>
          <span>{says.noDevice}</span> <a href="#/model">{says.moreOnModel}</a>
        </p>
      </div>
      <div className={css.actions}>
        <a className="button" href="#/report" data-testid="report-open">
          {says.report}
        </a>
        {origin === 'own' && <KeepButton key={result.runId} runId={result.runId} />}
      </div>
      <Facts result={result} />
    </section>
  );
}

function Facts({ result }: { readonly result: AnalysisFacts }) {
  const { decodeMs, preprocessMs, forwardMs } = result.timings;
  return (
    <details className="small">
      <summary>{words.analyse.score.details}</summary>
      <dl className={css.facts}>
        <div>
          <dt>{words.analyse.score.logit}</dt>
          <dd>{words.analyse.score.logitValue(result.logit)}</dd>
        </div>
        <div>
          <dt>{words.analyse.score.computedIn}</dt>
          <dd>{words.analyse.score.computedMs(decodeMs + preprocessMs + forwardMs)}</dd>
        </div>
      </dl>
    </details>
  );
}
