import type { KeyboardEvent, MouseEvent, ReactNode } from 'react';
import { turnPoint, unturnPoint } from '../../domain/crop-turn';
import type { QuarterTurns } from '../../domain/geometry';
import { cellOver, receptiveField, type InputRect } from '../../domain/receptive-field';
import type { Spot } from '../../store/app-state';
import { words } from '../../words/words';
import { useApp, useAppState, useNetwork } from '../app-context';
import { useHoverCell } from './MapsHover';
import css from './SpotLayer.module.css';

const STEP_PX = 4;

interface SpotLayerProps {
  /** Of the network's picture against the one that this lies over. */
  readonly quarterTurns: QuarterTurns;
  /** Of the button, the mark of the place, and the outline of the receptive field. */
  readonly testIds: { readonly stage: string; readonly mark: string; readonly field: string };
  /** What lies between the picture and the marks. */
  readonly children?: ReactNode;
}

/**
 * Lies over the square that the network saw: the receptive field of the value under the pointer or at the followed place, and the
 * place itself. A click, or the arrow keys, choose the place.
 */
export function SpotLayer({ quarterTurns, testIds, children }: SpotLayerProps) {
  const { flow } = useApp();
  const network = useNetwork();
  const inputPx = network.input.side;
  const spot = useAppState((state) => state.view.spot);
  const layer = useAppState((state) => state.view.layer);
  const hovered = useHoverCell();
  const isHovered = hovered !== null && hovered.layer === layer;
  const cell = isHovered ? hovered.cell : spot === null ? null : cellOver(network, layer, spot.x, spot.y);
  const field = cell === null ? null : receptiveField(network, layer, cell);

  const place = (event: MouseEvent<HTMLButtonElement>): void => {
    // A click made by Enter or Space has no position: it begins in the middle.
    if (event.detail === 0) {
      flow.view.followSpot(spot ?? { x: inputPx / 2, y: inputPx / 2 });
      return;
    }
    const box = event.currentTarget.getBoundingClientRect();
    flow.view.followSpot(
      turnPoint(
        toInput(event.clientX - box.left, box.width, inputPx),
        toInput(event.clientY - box.top, box.height, inputPx),
        inputPx,
        quarterTurns,
      ),
    );
  };

  const move = (event: KeyboardEvent): void => {
    const { x, y } = spot ?? { x: inputPx / 2, y: inputPx / 2 };
    // An arrow moves the place as it is seen on the photo, which is not turned.
    const next = moveSpot(unturnPoint(x, y, inputPx, quarterTurns), event.key, event.shiftKey ? 1 : STEP_PX, inputPx);
    if (next === undefined) return;
    event.preventDefault();
    flow.view.followSpot(next === null ? null : turnPoint(next.x, next.y, inputPx, quarterTurns));
  };

  return (
    <>
      <div className={css.turn} {...(quarterTurns === 0 ? {} : { style: { rotate: `${-90 * quarterTurns}deg` } })}>
        <div>{children}</div>
        {field !== null && <FieldOutline testId={testIds.field} field={field} inputPx={inputPx} isFaint={!isHovered} />}
        {spot !== null && (
          <span
            className={css.spot}
            data-testid={testIds.mark}
            style={{ left: percent(spot.x / inputPx), top: percent(spot.y / inputPx) }}
            aria-hidden="true"
          />
        )}
      </div>
      <button
        type="button"
        className={css.button}
        data-testid={testIds.stage}
        aria-label={
          spot === null
            ? words.analyse.stage.choose
            : words.analyse.stage.followed(Math.floor(spot.x), Math.floor(spot.y), inputPx)
        }
        onClick={place}
        onKeyDown={move}
      />
    </>
  );
}

/** @returns null: let the place go; undefined: the key means nothing here. */
function moveSpot({ x, y }: Spot, key: string, step: number, inputPx: number): Spot | null | undefined {
  const clamp = (at: number): number => Math.min(inputPx - 0.5, Math.max(0.5, at));
  switch (key) {
    case 'ArrowLeft':
      return { x: clamp(x - step), y };
    case 'ArrowRight':
      return { x: clamp(x + step), y };
    case 'ArrowUp':
      return { x, y: clamp(y - step) };
    case 'ArrowDown':
      return { x, y: clamp(y + step) };
    case 'Escape':
      return null;
    default:
      return undefined;
  }
}

function toInput(atCss: number, lengthCss: number, inputPx: number): number {
  return Math.min(inputPx - 0.01, Math.max(0, (atCss / lengthCss) * inputPx));
}

function percent(share: number): string {
  return `${share * 100}%`;
}

interface FieldOutlineProps {
  readonly testId: string;
  readonly field: InputRect;
  /** Side of the input that the field is a part of. */
  readonly inputPx: number;
  readonly isFaint: boolean;
}

function FieldOutline({ testId, field, inputPx, isFaint }: FieldOutlineProps) {
  const { left, top, right, bottom } = field;
  const share = (px: number): string => percent(px / inputPx);
  return (
    <span
      className={isFaint ? `${css.field} ${css.fieldFaint}` : css.field}
      data-testid={testId}
      data-left={left}
      data-top={top}
      data-right={right}
      data-bottom={bottom}
      style={{ left: share(left), top: share(top), width: share(right - left), height: share(bottom - top) }}
      aria-hidden="true"
    />
  );
}
