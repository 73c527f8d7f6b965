import { useCallback, useEffect, useRef, type CSSProperties } from 'react';
import { ReactCrop, type PercentCrop } from 'react-image-crop';
import 'react-image-crop/dist/ReactCrop.css';
import { wholePixelCrop } from '../../domain/crop';
import type { CropChoice, SourcePx, SourceSize, SquareCrop } from '../../domain/geometry';
import { chosenCrop } from '../../flow/crop-photo';
import type { Slot } from '../../store/app-state';
import { words } from '../../words/words';
import { useApp } from '../app-context';
import css from './CropEditor.module.css';
import { useCropGestures } from './use-crop-gestures';

interface CropEditorProps {
  readonly slot: Slot;
  readonly url: string;
  readonly alt: string;
  readonly source: SourceSize;
  readonly choice: CropChoice;
  readonly onClose: () => void;
}

/** The photo with a square to drag, size and turn: by pointer, by two fingers, by wheel or by keys. */
export function CropEditor({ slot, url, alt, source, choice, onClose }: CropEditorProps) {
  const { flow, store } = useApp();
  const frame = useRef<HTMLDivElement>(null);
  const { crop, quarterTurns } = choice;

  const read = useCallback(() => chosenCrop(store.getState(), slot), [store, slot]);
  const change = useCallback(
    (next: CropChoice) => {
      flow.crop.adjust(slot, next);
    },
    [flow, slot],
  );
  useCropGestures(frame, { source, read, change, close: onClose });

  useEffect(() => {
    // Whoever opened the editor goes on in it, by keys as well.
    frame.current?.querySelector<HTMLElement>('.ReactCrop__crop-selection')?.focus({ preventScroll: true });
  }, []);

  const aspect: CSSProperties & Record<'--aspect', number> = { '--aspect': source.width / source.height };
  return (
    <div
      className={crop.size < source.width / 3 ? `${css.editor} ${css.small}` : css.editor}
      style={aspect}
      data-testid={slot === 'a' ? 'crop-editor' : 'crop-editor-b'}
      data-x={crop.x}
      data-y={crop.y}
      data-size={crop.size}
      data-turns={quarterTurns}
    >
      <div className={css.photo} ref={frame}>
        <ReactCrop
          crop={toPercent(crop, source)}
          aspect={1}
          keepSelection
          ariaLabels={words.crop.editor.ariaLabels}
          onChange={(_, percent) => {
            change({ crop: fromPercent(percent, crop, source), quarterTurns });
          }}
        >
          <img src={url} alt={alt} draggable={false} />
        </ReactCrop>
      </div>
      <p className="visually-hidden" aria-live="polite">
        {words.crop.editor.choice(choice)}
      </p>
    </div>
  );
}

function toPercent({ x, y, size }: SquareCrop, source: SourceSize): PercentCrop {
  return {
    unit: '%',
    x: (x / source.width) * 100,
    y: (y / source.height) * 100,
    width: (size / source.width) * 100,
    height: (size / source.height) * 100,
  };
}

/** @param before - A square that was only moved keeps its exact size. */
function fromPercent({ x, y, width }: PercentCrop, before: SquareCrop, source: SourceSize): SquareCrop {
  const size = (width / 100) * source.width;
  return wholePixelCrop(
    {
      x: ((x / 100) * source.width) as SourcePx,
      y: ((y / 100) * source.height) as SourcePx,
      size: Math.abs(size - before.size) < 0.01 ? before.size : (size as SourcePx),
    },
    source,
  );
}
