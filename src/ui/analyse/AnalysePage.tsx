import { words } from '../../words/words';
import { useAppState } from '../app-context';
import css from './AnalysePage.module.css';
import { ComparePanel } from './ComparePanel';
import { OwnScore } from './OwnScore';
import { PartTabs } from './PartTabs';
import { PhotoPanel } from './PhotoPanel';
import { ScorePanel } from './ScorePanel';
import { SecondPanel } from './SecondPanel';
import { ViewerPanel } from './ViewerPanel';

export function AnalysePage() {
  const result = useAppState((state) => state.photos.a.result);
  const second = useAppState((state) => state.photos.b.result);
  const part = useAppState((state) => state.part);
  // While the tutorial's samples are on their way, its card stays where it is.
  const isFirst = useAppState((state) => state.photos.a.result === null && state.tutorial === null);
  return (
    <div className={css.page} {...(isFirst ? {} : { 'data-part': part })}>
      <div className={isFirst ? css.promise : 'visually-hidden'}>
        <h1 tabIndex={-1}>{words.analyse.title}</h1>
        <p className="soft">{words.analyse.promise}</p>
      </div>
      {!isFirst && <PartTabs />}
      <div className={isFirst ? css.side : `${css.side} ${css.sideDone}`}>
        <PhotoPanel />
        {result !== null && (
          <>
            {result.manifest.own ? <OwnScore result={result} slot="a" /> : <ScorePanel result={result} />}
            <ComparePanel />
            {second !== null && (second.manifest.own ? <OwnScore result={second} slot="b" /> : <SecondPanel result={second} />)}
          </>
        )}
      </div>
      <div className={css.viewer}>
        <ViewerPanel />
      </div>
    </div>
  );
}
