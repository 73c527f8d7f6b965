import type { RunningPhoto } from '../../store/app-state';
import { selectComing } from '../../store/select-status';
import { words } from '../../words/words';
import { useApp, useAppState } from '../app-context';
import { FileButton } from '../FileButton';
import { CameraButton } from '../camera/CameraButton';
import { SystemCameraButton } from '../camera/PhotoFileButton';
import { AnalysedPhoto } from './AnalysedPhoto';
import { PhotoFrame } from './PhotoFrame';
import css from './PhotoPanel.module.css';
import { PrivacyLine } from './PrivacyLine';
import { Reticle } from './Reticle';
import { Samples } from './Samples';

/** Where a photo comes in, and where it is seen once it is there. */
export function PhotoPanel() {
  const result = useAppState((state) => state.photos.a.result);
  // Another square of the same photo is scored without a word: nothing has to make room for it.
  const running = useAppState(selectComing);
  const isFirst = result === null;
  return (
    <section className={`panel ${css.panel}`} aria-labelledby="photo-title" aria-busy={running !== null}>
      {isFirst && running === null && <Invitation />}
      {isFirst && running !== null && <PendingPhoto running={running} />}
      <div className={isFirst ? `${css.head} ${css.headFirst}` : css.head}>
        <h2 id="photo-title" className={isFirst ? 'visually-hidden' : undefined}>
          {words.analyse.photo.title}
        </h2>
        <PhotoInput isFirst={isFirst} />
        <CameraButton slot="a" />
        <SystemCameraButton slot="a" testId="camera-system-input" />
      </div>
      {running !== null && <RunningLine running={running} />}
      {result !== null && <AnalysedPhoto result={result} slot="a" />}
      {isFirst && <Samples title={words.analyse.samples.invitation} />}
      {isFirst && <PrivacyLine />}
    </section>
  );
}

function Invitation() {
  return (
    <div className={css.invitation}>
      <Reticle />
      <p className={css.invitationTitle}>{words.analyse.photo.invitation}</p>
      <p className="soft">{words.analyse.photo.invitationWays}</p>
    </div>
  );
}

function PendingPhoto({ running }: { readonly running: RunningPhoto }) {
  const photo = useApp().cache.photo(running.runId);
  if (photo === null) return <Invitation />;
  return <PhotoFrame url={photo.url} alt={words.analyse.photo.altPending(running.fileName)} placed={null} />;
}

function RunningLine({ running }: { readonly running: RunningPhoto }) {
  return (
    <div className={css.running} data-testid="running-line">
      <div className="progress-track" aria-hidden="true">
        <div className="progress-fill progress-busy" />
      </div>
      <p className="small">
        {running.step === 'waiting'
          ? words.analyse.photo.waiting(running.fileName)
          : words.analyse.photo.running(running.fileName)}
      </p>
    </div>
  );
}

function PhotoInput({ isFirst }: { readonly isFirst: boolean }) {
  const { flow } = useApp();
  return (
    <FileButton
      label={isFirst ? words.analyse.photo.choose : words.analyse.photo.chooseAnother}
      className={isFirst ? 'button-primary' : ''}
      testId="photo-input"
      onFile={(file) => void flow.photo.analyse(file)}
    />
  );
}
