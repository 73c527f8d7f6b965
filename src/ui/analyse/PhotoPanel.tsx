import { useEffect, useRef } from 'react';
import type { RunningPhoto } from '../../store/app-state';
import { selectComing } from '../../store/select-status';
import { useMedia } from '../../viewer/use-media';
import { words } from '../../words/words';
import { useApp, useAppState } from '../app-context';
import { CameraButton } from '../camera/CameraButton';
import { FileButton } from '../FileButton';
import { Menu } from '../Menu';
import { AnalysedPhoto } from './AnalysedPhoto';
import { PhotoFrame } from './PhotoFrame';
import { TutorialStart } from '../tutorial/TutorialStart';
import css from './PhotoPanel.module.css';
import { PrivacyLine } from './PrivacyLine';
import { Reticle } from './Reticle';
import { Samples } from './Samples';

/** Where a photo comes in, and where it is seen once it is there. */
export function PhotoPanel() {
  const result = useAppState((state) => state.photos.a.result);
  // Another square of the same photo is scored without a word: nothing has to make room for it.
  const running = useAppState(selectComing);
  const section = useKeptFocus(result !== null);
  return (
    <section ref={section} className={`panel ${css.panel}`} aria-labelledby="photo-title" aria-busy={running !== null}>
      {result === null ? (
        <FirstPhoto running={running} />
      ) : (
        <div className={css.head}>
          <h2 id="photo-title">{words.analyse.photo.title}</h2>
          <TutorialStart isShort />
          <Menu label={words.analyse.photo.another} testId="photo-menu" className="small" closeOn={result.runId}>
            <PhotoInput isFirst={false} />
            <CameraButton slot="a" />
            <Samples title={words.analyse.samples.title} />
          </Menu>
        </div>
      )}
      {running !== null && <RunningLine running={running} />}
      {result !== null && <AnalysedPhoto result={result} slot="a" />}
      {result === null && <Samples title={words.analyse.samples.invitation} />}
      {result === null && <TutorialStart />}
      {result === null && <PrivacyLine />}
    </section>
  );
}

/** Where the button that had the focus gives way to a menu, the menu's has it: keys go on from there. */
function useKeptFocus(hasMenu: boolean) {
  const section = useRef<HTMLElement>(null);
  const hadMenu = useRef(hasMenu);
  useEffect(() => {
    if (hasMenu && !hadMenu.current && document.activeElement === document.body) {
      section.current?.querySelector('summary')?.focus({ preventScroll: true });
    }
    hadMenu.current = hasMenu;
  }, [hasMenu]);
  return section;
}

function FirstPhoto({ running }: { readonly running: RunningPhoto | null }) {
  return (
    <>
      {running === null ? <Invitation /> : <PendingPhoto running={running} />}
      <div className={`${css.head} ${css.headFirst}`}>
        <h2 id="photo-title" className="visually-hidden">
          {words.analyse.photo.title}
        </h2>
        <PhotoInput isFirst />
        <CameraButton slot="a" />
      </div>
    </>
  );
}

function Invitation() {
  const isTouch = useMedia('(pointer: coarse)');
  const { invitation, invitationWays, invitationTouch } = words.analyse.photo;
  return (
    <div className={css.invitation}>
      <Reticle />
      <p className={css.invitationTitle}>{isTouch ? invitationTouch : invitation}</p>
      {!isTouch && <p className="soft">{invitationWays}</p>}
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
