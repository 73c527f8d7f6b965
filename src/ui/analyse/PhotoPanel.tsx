import { useCallback, useRef, useState } from 'react';
import { PICTURE_ACCEPT } from '../../domain/file-names';
import type { CropChoice } from '../../domain/geometry';
import type { AnalysisFacts, RunningPhoto, Slot } from '../../store/app-state';
import type { CachedPhoto } from '../../store/heavy-cache';
import { selectComing } from '../../store/select-status';
import { useApp, useAppState } from '../app-context';
import { CameraButton } from '../camera/CameraButton';
import { SystemCameraButton } from '../camera/PhotoFileButton';
import { CropBar } from '../crop/CropBar';
import { CropEditor, describeChoice } from '../crop/CropEditor';
import { FindingLine } from '../crop/FindingLine';
import { NetworkInput } from './NetworkInput';
import { PhotoFrame } from './PhotoFrame';
import { PhotoNotes } from './PhotoNotes';
import { PhotoStage } from './PhotoStage';
import { Reticle } from './Reticle';
import { Samples } from './Samples';

/** Where a photo comes in, and where it is seen once it is there. */
export function PhotoPanel() {
  const result = useAppState((state) => state.photos.a.result);
  // Another square of the same photo is scored without a word: nothing has to make room for it.
  const running = useAppState(selectComing);
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
        <CameraButton slot="a" />
        <SystemCameraButton slot="a" testId="camera-system-input" />
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
  const photo = useApp().cache.photo(result.runId);
  // Another square of the same photo keeps its address, and with it the editor's state.
  return photo === null ? null : <PhotoAndSquare key={photo.url} result={result} slot={slot} photo={photo} />;
}

interface PhotoAndSquareProps {
  readonly result: AnalysisFacts;
  readonly slot: Slot;
  readonly photo: CachedPhoto;
}

function PhotoAndSquare({ result, slot, photo }: PhotoAndSquareProps) {
  const { runId, source, crop, quarterTurns, fileName, origin } = result;
  const inputSide = result.manifest.network.input.side;
  const [isEditing, setIsEditing] = useState(false);
  const toggle = useRef<HTMLButtonElement>(null);
  const wanted = useAppState((state) => state.photos[slot].crop.wanted);
  const choice: CropChoice = wanted ?? { crop, quarterTurns };
  const label = origin === 'own' ? `Photo ${fileName}` : `Synthetic sample ${fileName}`;
  const close = useCallback(() => {
    setIsEditing(false);
    toggle.current?.focus();
  }, []);
  return (
    <>
      <div className={isEditing ? 'analysed analysed-editing' : 'analysed'}>
        <figure>
          {isEditing ? (
            <CropEditor slot={slot} url={photo.url} alt={label} source={source} choice={choice} onClose={close} />
          ) : (
            <>
              <PhotoFrame url={photo.url} alt={`${label}, with the square that was analysed`} placed={{ source, crop }}>
                <PhotoStage runId={runId} slot={slot} quarterTurns={quarterTurns} />
              </PhotoFrame>
              <figcaption className="small soft">
                {isWhole(result) ? 'All of it was analysed' : 'The bright square was analysed'}
                {quarterTurns !== 0 && `, turned by ${quarterTurns * 90}° clockwise`}
              </figcaption>
            </>
          )}
        </figure>
        <figure className="seen">
          {photo.inputRgb !== null && <NetworkInput rgb={photo.inputRgb} />}
          <figcaption className="small soft">
            What the network saw: {inputSide}×{inputSide}
            {isEditing && <CropHints choice={choice} />}
          </figcaption>
        </figure>
      </div>
      <CropBar
        slot={slot}
        source={source}
        choice={choice}
        isOpen={isEditing}
        toggle={toggle}
        onToggle={() => {
          setIsEditing(!isEditing);
        }}
      />
      <FindingLine slot={slot} />
      <PhotoNotes result={result} slot={slot} />
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

function isWhole({ source, crop }: AnalysisFacts): boolean {
  return crop.size >= source.width && crop.size >= source.height;
}

function CropHints({ choice }: { readonly choice: CropChoice }) {
  return (
    <span className="crop-hints">
      <span>{describeChoice(choice)}.</span>
      <span>Drag the square or a corner; two fingers or the wheel size it.</span>
      <span className="crop-hints-keys">
        Keys: arrows move it (with Shift by one pixel), + and − size it, R turns it, Escape closes.
      </span>
    </span>
  );
}

function PhotoInput({ isFirst }: { readonly isFirst: boolean }) {
  const { flow } = useApp();
  return (
    <label className={isFirst ? 'file-button button-primary' : 'file-button'}>
      {isFirst ? 'Choose a photo' : 'Choose another photo'}
      <input
        type="file"
        accept={PICTURE_ACCEPT}
        data-testid="photo-input"
        onChange={({ currentTarget }) => {
          const file = currentTarget.files?.[0];
          // Otherwise choosing the same file again would be no change, and nothing would happen.
          currentTarget.value = '';
          if (file !== undefined) void flow.photo.analyse(file);
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
