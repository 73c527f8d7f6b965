import { words } from '../../words/words';
import { useAppState } from '../app-context';
import css from './AnalysePage.module.css';
import { OwnScore } from './OwnScore';
import { PhotoPanel } from './PhotoPanel';
import { PrivacyLine } from './PrivacyLine';
import { Samples } from './Samples';
import { ScorePanel } from './ScorePanel';
import { SecondPanel } from './SecondPanel';
import { ViewerPanel } from './ViewerPanel';

export function AnalysePage() {
  const result = useAppState((state) => state.photos.a.result);
  const second = useAppState((state) => state.photos.b.result);
  return (
    <div className={css.page}>
      <h1 className="visually-hidden" tabIndex={-1}>
        {words.analyse.title}
      </h1>
      <div className={result === null ? css.side : `${css.side} ${css.sideDone}`}>
        <PhotoPanel />
        {result !== null && (
          <>
            {result.manifest.own ? <OwnScore result={result} slot="a" /> : <ScorePanel result={result} />}
            {second !== null && (second.manifest.own ? <OwnScore result={second} slot="b" /> : <SecondPanel result={second} />)}
            <section className={`panel ${css.samples}`} aria-labelledby="samples-title">
              <Samples title={words.analyse.samples.title} />
              <PrivacyLine />
            </section>
          </>
        )}
      </div>
      <ViewerPanel />
    </div>
  );
}
