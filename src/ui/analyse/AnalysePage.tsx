import { useAppState } from '../app-context';
import { PhotoPanel, PrivacyLine } from './PhotoPanel';
import { Samples } from './Samples';
import { ScorePanel } from './ScorePanel';
import { SecondPanel } from './SecondPanel';
import { ViewerPanel } from './ViewerPanel';
import '../styles/crop.css';

export function AnalysePage() {
  const result = useAppState((state) => state.photos.a.result);
  const second = useAppState((state) => state.photos.b.result);
  return (
    <div className={result === null ? 'analyse' : 'analyse analyse-done'}>
      <h1 className="visually-hidden" tabIndex={-1}>
        Analyse a photo
      </h1>
      <div className="analyse-side">
        <PhotoPanel />
        {result !== null && (
          <>
            <ScorePanel result={result} />
            {second !== null && <SecondPanel result={second} />}
            <section className="panel samples-panel" aria-labelledby="samples-title">
              <Samples title="Samples, drawn by a program:" />
              <PrivacyLine />
            </section>
          </>
        )}
      </div>
      <ViewerPanel />
    </div>
  );
}
