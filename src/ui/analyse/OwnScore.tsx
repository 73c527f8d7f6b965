import type { CSSProperties } from 'react';
import { classValues } from '../../domain/own-manifest';
import type { AnalysisFacts, Slot } from '../../store/app-state';
import { words } from '../../words/words';
import { useAppState } from '../app-context';
import { AnalysedPhoto } from './AnalysedPhoto';
import css from './OwnScore.module.css';
import panels from './score-panels.module.css';

interface OwnScoreProps {
  readonly result: AnalysisFacts;
  readonly slot: Slot;
}

/** What a person's own model answers, as it gives it. */
export function OwnScore({ result, slot }: OwnScoreProps) {
  const { manifest, outputs = [], probability, logit, verdict, threshold, timings, origin } = result;
  const { own } = manifest;
  const isBesideOther = useAppState((state) => state.own.compared !== null);
  const isOtherModel = isBesideOther && slot === 'b';
  const alone = slot === 'a' ? words.own.score.title(manifest.version) : words.own.score.titleSecond;
  if (own === undefined) return null;
  const { facts, settings } = own;
  const says = words.own.score;
  const isShare = facts.output.activation !== 'linear';
  const id = `own-score-${slot}`;
  return (
    <section
      className={`panel ${slot === 'a' ? panels.score : panels.second}`}
      aria-labelledby={id}
      data-testid={slot === 'a' ? 'score' : 'score-b'}
      data-model={manifest.version}
      data-probability={probability}
      data-logit={logit}
      data-verdict={verdict}
      data-reasons=""
      data-kind="unknown"
      data-threshold={threshold}
      data-forward-ms={timings.forwardMs}
    >
      <div className="panel-head">
        <h2 id={id} className={css.title}>
          {isBesideOther ? words.own.compare.titleOf(slot, says.title(manifest.version)) : alone}
        </h2>
        {origin !== 'own' && <span className="tag">{words.analyse.syntheticSample}</span>}
      </div>
      {slot === 'b' && !isOtherModel && <AnalysedPhoto result={result} slot="b" />}
      {isOtherModel && <p className="small soft">{words.own.compare.samePhoto}</p>}
      <ol className={css.classes} data-testid={slot === 'a' ? 'own-outputs' : 'own-outputs-b'}>
        {classValues(outputs, facts).map((value, i) => (
          <li key={i} data-value={value} aria-current={i === settings.watched || undefined}>
            <span className={css.label}>
              <span>{settings.labels[i] ?? String(i)}</span>{' '}
              {i === settings.watched && <small className="soft">{says.followed}</small>}
            </span>
            <span className="mono">{says.value(value, isShare)}</span>
            {isShare && <span className={css.bar} style={{ '--share': value } as CSSProperties} aria-hidden="true" />}
          </li>
        ))}
      </ol>
      {(slot === 'a' || isOtherModel) && (
        <div className={`${panels.limits} small`}>
          <p>{says.raw}</p>
          <p>
            <span>{says.noDevice}</span> <a href="#/model">{says.model}</a>
          </p>
          <p className="soft">{says.forward(timings.forwardMs)}</p>
        </div>
      )}
    </section>
  );
}
