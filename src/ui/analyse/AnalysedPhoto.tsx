import { useCallback, useRef, useState } from 'react';
import type { CropChoice } from '../../domain/geometry';
import type { AnalysisFacts, Slot } from '../../store/app-state';
import type { CachedPhoto } from '../../store/heavy-cache';
import { words } from '../../words/words';
import { useApp, useAppState } from '../app-context';
import { CropBar } from '../crop/CropBar';
import { CropEditor } from '../crop/CropEditor';
import { FindingLine } from '../crop/FindingLine';
import css from './AnalysedPhoto.module.css';
import { NetworkInput } from './NetworkInput';
import { PhotoFrame } from './PhotoFrame';
import { PhotoNotes } from './PhotoNotes';
import { PhotoStage } from './PhotoStage';

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
  const { runId, source, crop, quarterTurns, fileName } = result;
  const inputSide = result.manifest.network.input.side;
  const [isEditing, setIsEditing] = useState(false);
  const toggle = useRef<HTMLButtonElement>(null);
  const wanted = useAppState((state) => state.photos[slot].crop.wanted);
  const choice: CropChoice = wanted ?? { crop, quarterTurns };
  const close = useCallback(() => {
    setIsEditing(false);
    toggle.current?.focus();
  }, []);
  return (
    <>
      <div className={isEditing ? `${css.analysed} ${css.editing}` : css.analysed}>
        <figure>
          {isEditing ? (
            <CropEditor
              slot={slot}
              url={photo.url}
              alt={words.analyse.photo.alt(result)}
              source={source}
              choice={choice}
              onClose={close}
            />
          ) : (
            <>
              <PhotoFrame url={photo.url} alt={words.analyse.photo.altWithSquare(result)} placed={{ source, crop }}>
                <PhotoStage runId={runId} slot={slot} quarterTurns={quarterTurns} />
              </PhotoFrame>
              <figcaption className="small soft">{words.analyse.photo.analysedPart(isWhole(result), quarterTurns)}</figcaption>
            </>
          )}
        </figure>
        <figure className={css.seen}>
          {photo.inputRgb !== null && <NetworkInput rgb={photo.inputRgb} />}
          <figcaption className="small soft">
            <span>{words.analyse.photo.seen(inputSide)}</span>
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
      <p className={`${css.name} small`} data-testid={slot === 'a' ? 'photo-name' : 'photo-name-b'}>
        <span className="mono">{fileName}</span>{' '}
        <span className="soft">{words.analyse.photo.size(source.width, source.height)}</span>
      </p>
    </>
  );
}

function isWhole({ source, crop }: AnalysisFacts): boolean {
  return crop.size >= source.width && crop.size >= source.height;
}

function CropHints({ choice }: { readonly choice: CropChoice }) {
  const { choiceHint, pointerHint, keysHint } = words.crop.editor;
  return (
    <span className={css.hints}>
      <span>{choiceHint(choice)}</span>
      <span>{pointerHint}</span>
      <span className={css.keysHint}>{keysHint}</span>
    </span>
  );
}
