import { measureLine } from '../../domain/operating-point';
import type { AnalysisFacts } from '../../store/app-state';
import { words } from '../../words/words';
import { useAppState } from '../app-context';
import { AnalysedPhoto } from './AnalysedPhoto';
import { CantSay, VerdictChange } from './CantSay';
import { PhotoKindChoice } from './PhotoKindChoice';
import { ScoreNumber } from './ScoreNumber';
import { ScoreScale } from './ScoreScale';
import css from './score-panels.module.css';

/** The second photo, to compare with, and its score. */
export function SecondPanel({ result }: { readonly result: AnalysisFacts }) {
  const { probability, logit, verdict, threshold, reasons, kind, viewRange, viewLogits, origin } = result;
  const { second, score, syntheticSample } = words.analyse;
  const isOtherModel = useAppState((state) => state.own.compared !== null);
  return (
    <section
      className={`panel ${css.second}`}
      aria-labelledby="second-title"
      data-testid="score-b"
      data-model={result.manifest.version}
      data-probability={probability}
      data-logit={logit}
      data-verdict={verdict}
      data-reasons={reasons.join(' ')}
      data-kind={kind}
      data-range={viewRange === null ? undefined : `${viewRange.low} ${viewRange.high}`}
    >
      <div className="panel-head">
        <h2 id="second-title">
          {isOtherModel ? words.own.compare.titleOf('b', score.titleOf(result.manifest.version)) : second.title}
        </h2>
        {origin !== 'own' && <span className="tag">{syntheticSample}</span>}
      </div>
      {isOtherModel ? <p className="small soft">{words.own.compare.samePhoto}</p> : <AnalysedPhoto result={result} slot="b" />}
      <VerdictChange result={result} slot="b" />
      {verdict === 'cant-say' ? (
        <CantSay result={result} slot="b" />
      ) : (
        <>
          <ScoreNumber probability={probability} unit={second.unit} isSecond />
          <ScoreScale probability={probability} threshold={threshold} range={viewRange} isSettled={viewLogits.length > 0} />
          <p className="small" data-testid="score-b-headline">
            {words.line.headline(verdict, measureLine(result)?.rates ?? null)}
          </p>
        </>
      )}
      <PhotoKindChoice result={result} slot="b" />
    </section>
  );
}
