import type { RefObject } from 'react';
import { defaultChoice, isSameChoice, scaleCrop } from '../../domain/crop';
import { nextTurn } from '../../domain/crop-turn';
import type { CropChoice, SourceSize } from '../../domain/geometry';
import type { Slot } from '../../store/app-state';
import { useApp, useAppState } from '../app-context';

interface CropBarProps {
  readonly slot: Slot;
  readonly source: SourceSize;
  readonly choice: CropChoice;
  readonly isOpen: boolean;
  readonly toggle: RefObject<HTMLButtonElement | null>;
  readonly onToggle: () => void;
}

const STEP = 1.1;

/** What can be done with the square without touching it: open its editor, size, turn, find the lesion, start over. */
export function CropBar({ slot, source, choice, isOpen, toggle, onToggle }: CropBarProps) {
  const { flow } = useApp();
  const finding = useAppState((state) => state.photos[slot].crop.finding);
  const isDefault = isSameChoice(choice, defaultChoice(source));
  const isFinding = finding.state === 'running';
  const id = (name: string): string => (slot === 'a' ? name : `${name}-b`);
  const size = (factor: number): void => {
    flow.crop.adjust(slot, { ...choice, crop: scaleCrop(choice.crop, factor, source) });
  };
  return (
    <div className="crop-bar" role="group" aria-label={slot === 'a' ? 'Square of the photo' : 'Square of photo B'}>
      <button
        type="button"
        ref={toggle}
        className="button small"
        data-testid={id('crop-edit')}
        aria-pressed={isOpen}
        onClick={onToggle}
      >
        Adjust the square
      </button>
      <button
        type="button"
        className="button small"
        data-testid={id('crop-find')}
        aria-disabled={isFinding}
        onClick={() => {
          if (!isFinding) void flow.crop.findLesion(slot);
        }}
      >
        Find the lesion
      </button>
      {isOpen && (
        <>
          <button
            type="button"
            className="icon-button"
            data-testid={id('crop-smaller')}
            aria-label="Smaller square"
            onClick={() => {
              size(1 / STEP);
            }}
          >
            <Icon path="M3 8h10" />
          </button>
          <button
            type="button"
            className="icon-button"
            data-testid={id('crop-larger')}
            aria-label="Larger square"
            onClick={() => {
              size(STEP);
            }}
          >
            <Icon path="M3 8h10M8 3v10" />
          </button>
          <button
            type="button"
            className="icon-button"
            data-testid={id('crop-turn')}
            aria-label="Turn by a quarter turn, clockwise"
            onClick={() => {
              flow.crop.adjust(slot, { ...choice, quarterTurns: nextTurn(choice.quarterTurns) });
            }}
          >
            <Icon path="M13 8a5 5 0 1 1-1.6-3.7M13 1.5v3.3h-3.3" />
          </button>
        </>
      )}
      {(isOpen || !isDefault) && (
        <button
          type="button"
          className="button small"
          data-testid={id('crop-reset')}
          aria-disabled={isDefault}
          onClick={() => {
            flow.crop.reset(slot);
          }}
        >
          Whole centre
        </button>
      )}
    </div>
  );
}

function Icon({ path }: { readonly path: string }) {
  return (
    <svg viewBox="0 0 16 16" width="18" height="18" aria-hidden="true">
      <path d={path} fill="none" stroke="currentColor" strokeWidth="1.7" strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  );
}
