import type { RefObject } from 'react';
import { defaultChoice, isSameChoice, scaleCrop } from '../../domain/crop';
import { nextTurn } from '../../domain/crop-turn';
import type { CropChoice, SourceSize } from '../../domain/geometry';
import type { Slot } from '../../store/app-state';
import { words } from '../../words/words';
import { useApp, useAppState } from '../app-context';
import css from './CropBar.module.css';

interface SquareProps {
  readonly slot: Slot;
  readonly source: SourceSize;
  readonly choice: CropChoice;
}

interface CropBarProps extends SquareProps {
  readonly isOpen: boolean;
  readonly toggle: RefObject<HTMLButtonElement | null>;
  readonly onToggle: () => void;
}

const STEP = 1.1;

/** What can be done with the square without touching it: open its editor, size, turn, find the lesion, start over. */
export function CropBar({ isOpen, toggle, onToggle, ...square }: CropBarProps) {
  const { slot, source, choice } = square;
  const { flow } = useApp();
  const finding = useAppState((state) => state.photos[slot].crop.finding);
  const isDefault = isSameChoice(choice, defaultChoice(source));
  const isFinding = finding.state === 'running';
  const className = `button small ${css.worded}`;
  return (
    <div className={css.bar} role="group" aria-label={words.crop.bar.titles[slot]}>
      <button
        type="button"
        ref={toggle}
        className={className}
        data-testid={idOf('crop-edit', slot)}
        aria-pressed={isOpen}
        onClick={onToggle}
      >
        {words.crop.bar.adjust}
      </button>
      <button
        type="button"
        className={className}
        data-testid={idOf('crop-find', slot)}
        aria-disabled={isFinding}
        onClick={() => {
          if (!isFinding) void flow.crop.findLesion(slot);
        }}
      >
        {words.crop.bar.find}
      </button>
      {isOpen && <SizeAndTurn {...square} />}
      {(isOpen || !isDefault) && (
        <button
          type="button"
          className={className}
          data-testid={idOf('crop-reset', slot)}
          aria-disabled={isDefault}
          onClick={() => {
            flow.crop.reset(slot);
          }}
        >
          {words.crop.bar.reset}
        </button>
      )}
    </div>
  );
}

function idOf(name: string, slot: Slot): string {
  return slot === 'a' ? name : `${name}-b`;
}

function SizeAndTurn({ slot, source, choice }: SquareProps) {
  const { flow } = useApp();
  const { smaller, larger, turn } = words.crop.bar;
  const size = (factor: number): void => {
    flow.crop.adjust(slot, { ...choice, crop: scaleCrop(choice.crop, factor, source) });
  };
  return (
    <>
      <IconButton
        testId={idOf('crop-smaller', slot)}
        label={smaller}
        path="M3 8h10"
        onClick={() => {
          size(1 / STEP);
        }}
      />
      <IconButton
        testId={idOf('crop-larger', slot)}
        label={larger}
        path="M3 8h10M8 3v10"
        onClick={() => {
          size(STEP);
        }}
      />
      <IconButton
        testId={idOf('crop-turn', slot)}
        label={turn}
        path="M13 8a5 5 0 1 1-1.6-3.7M13 1.5v3.3h-3.3"
        onClick={() => {
          flow.crop.adjust(slot, { ...choice, quarterTurns: nextTurn(choice.quarterTurns) });
        }}
      />
    </>
  );
}

interface IconButtonProps {
  readonly testId: string;
  readonly label: string;
  /** In a square of 16. */
  readonly path: string;
  readonly onClick: () => void;
}

function IconButton({ testId, label, path, onClick }: IconButtonProps) {
  return (
    <button type="button" className="icon-button" data-testid={testId} aria-label={label} onClick={onClick}>
      <svg viewBox="0 0 16 16" width="18" height="18" aria-hidden="true">
        <path d={path} fill="none" stroke="currentColor" strokeWidth="1.7" strokeLinecap="round" strokeLinejoin="round" />
      </svg>
    </button>
  );
}
