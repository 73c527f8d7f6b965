import type { AnalysisFacts, RunningPhoto, Slot } from '../../store/app-state';
import { useApp, useAppState } from '../app-context';
import { NetworkInput } from './NetworkInput';
import { PhotoFrame } from './PhotoFrame';
import { PhotoStage } from './PhotoStage';
import { Reticle } from './Reticle';
import { Samples } from './Samples';

/** Where a photo comes in, and where it is seen once it is there. */
export function PhotoPanel() {
  const session = useAppState((state) => state.session);
  const result = useAppState((state) => state.result);
  const running = session.state === 'running' ? session.photo : null;
  const isFirst = result === null;
  return (
    <section className="panel photo-panel" aria-labelledby="photo-title" aria-busy={running !== null}>
      {isFirst && running === null && <Invitation />}
      {isFirst && running !== null && <PendingPhoto running={running} />}
      <div className={isFirst ? 'photo-head photo-head-first' : 'photo-head'}>
        <h2 id="photo-title" className={isFirst ? 'visually-hidden' : undefined}>
          Photo
        </h2>
        <PhotoInput isFirst={isFirst} />
      </div>
      {running !== null && <RunningLine running={running} />}
      {result !== null && <AnalysedPhoto result={result} slot="a" />}
      {isFirst && <Samples title="No photo at hand? These are drawn by a program:" />}
      {isFirst && <PrivacyLine />}
    </section>
  );
}

function Invitation() {
  return (
    <div className="invitation">
      <Reticle />
      <p className="invitation-title">Drop a photo of a skin lesion</p>
      <p className="soft">anywhere on this page, paste it, or choose it here.</p>
    </div>
  );
}

function PendingPhoto({ running }: { readonly running: RunningPhoto }) {
  const photo = useApp().cache.photo(running.runId);
  if (photo === null) return <Invitation />;
  return <PhotoFrame url={photo.url} alt={`Photo ${running.fileName}, not analysed yet`} placed={null} />;
}

function RunningLine({ running }: { readonly running: RunningPhoto }) {
  return (
    <div className="running-line">
      <div className="progress-track" aria-hidden="true">
        <div className="progress-fill progress-busy" />
      </div>
      <p className="small">
        {running.step === 'waiting'
          ? `${running.fileName} is kept and will be analysed as soon as the model is ready.`
          : `Analysing ${running.fileName} …`}
      </p>
    </div>
  );
}

/** A photo with what was analysed of it, and beside it what the network saw. */
export function AnalysedPhoto({ result, slot }: { readonly result: AnalysisFacts; readonly slot: Slot }) {
  const { source, crop, fileName, origin } = result;
  const photo = useApp().cache.photo(result.runId);
  if (photo === null) return null;
  const label = origin === 'own' ? `Photo ${fileName}` : `Synthetic sample ${fileName}`;
  return (
    <>
      <div className="analysed">
        <figure>
          <PhotoFrame url={photo.url} alt={`${label}, with the square that was analysed`} placed={{ source, crop }}>
            <PhotoStage runId={result.runId} slot={slot} />
          </PhotoFrame>
          <figcaption className="small soft">
            {source.width === source.height ? 'All of it was analysed' : 'The bright square was analysed'}
          </figcaption>
        </figure>
        <figure>
          {photo.inputRgb !== null && <NetworkInput rgb={photo.inputRgb} />}
          <figcaption className="small soft">What the network saw: 128×128</figcaption>
        </figure>
      </div>
      <p className="photo-name small">
        <span className="mono">{fileName}</span>
        <span className="soft">
          {' '}
          {source.width}×{source.height}
        </span>
      </p>
    </>
  );
}

function PhotoInput({ isFirst }: { readonly isFirst: boolean }) {
  const { flow } = useApp();
  return (
    <label className={isFirst ? 'file-button button-primary' : 'file-button'}>
      {isFirst ? 'Choose a photo' : 'Choose another photo'}
      <input
        type="file"
        accept="image/*"
        data-testid="photo-input"
        onChange={({ currentTarget }) => {
          const file = currentTarget.files?.[0];
          // Otherwise choosing the same file again would be no change, and nothing would happen.
          currentTarget.value = '';
          if (file !== undefined) void flow.analysePhoto(file);
        }}
      />
    </label>
  );
}

export function PrivacyLine() {
  return (
    <p className="privacy small">
      <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
        <rect x="3" y="7" width="10" height="7" rx="1.5" fill="currentColor" />
        <path d="M5 7V5a3 3 0 0 1 6 0v2" fill="none" stroke="currentColor" strokeWidth="1.6" />
      </svg>
      The photo stays on this device. It is not uploaded and not stored.
    </p>
  );
}
