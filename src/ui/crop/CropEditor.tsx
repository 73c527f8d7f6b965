import { useCallback, useEffect, useRef, type CSSProperties } from 'react';
import { ReactCrop, type PercentCrop } from 'react-image-crop';
import 'react-image-crop/dist/ReactCrop.css';
import { wholePixelCrop } from '../../domain/crop';
import type { CropChoice, SourcePx, SourceSize, SquareCrop } from '../../domain/geometry';
import { chosenCrop } from '../../flow/crop-photo';
import type { Slot } from '../../store/app-state';
import { useApp } from '../app-context';
import { useCropGestures } from './use-crop-gestures';

interface CropEditorProps {
  readonly slot: Slot;
  readonly url: string;
  readonly alt: string;
  readonly source: SourceSize;
  readonly choice: CropChoice;
  readonly onClose: () => void;
}

/** Words for where the square is. */
export function describeChoice({ crop, quarterTurns }: CropChoice): string {
  const place = `Square of ${Math.round(crop.size)} pixels, ${Math.round(crop.x)} from the left, ${Math.round(crop.y)} from the top`;
  return quarterTurns === 0 ? place : `${place}, turned by ${quarterTurns * 90}° clockwise`;
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
      className={crop.size < source.width / 3 ? 'crop-editor crop-editor-small' : 'crop-editor'}
      style={aspect}
      data-testid={slot === 'a' ? 'crop-editor' : 'crop-editor-b'}
      data-x={crop.x}
      data-y={crop.y}
      data-size={crop.size}
      data-turns={quarterTurns}
    >
      <div className="crop-editor-photo" ref={frame}>
        <ReactCrop
          crop={toPercent(crop, source)}
          aspect={1}
          keepSelection
          ariaLabels={LABELS}
          onChange={(_, percent) => {
            change({ crop: fromPercent(percent, crop, source), quarterTurns });
          }}
        >
          <img src={url} alt={alt} draggable={false} />
        </ReactCrop>
      </div>
      <p className="visually-hidden" aria-live="polite">
        {describeChoice(choice)}
      </p>
    </div>
  );
}

function cornerLabel(corner: string): string {
  return `Corner of the square, ${corner}. Arrow keys size it`;
}

/** A square has handles at its corners only; the others are never shown. */
const LABELS = {
  cropArea: 'The square that the network sees. Arrow keys move it, plus and minus size it, R turns it by a quarter turn',
  nwDragHandle: cornerLabel('top left'),
  neDragHandle: cornerLabel('top right'),
  swDragHandle: cornerLabel('bottom left'),
  seDragHandle: cornerLabel('bottom right'),
  nDragHandle: 'Top edge',
  eDragHandle: 'Right edge',
  sDragHandle: 'Bottom edge',
  wDragHandle: 'Left edge',
};

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
