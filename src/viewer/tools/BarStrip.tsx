import { useState, type KeyboardEvent, type PointerEvent } from 'react';
import { barAt, moveInStrip } from './bar-layout';
import css from './BarStrip.module.css';
import tools from './tools.module.css';

/** Units of the drawing: a bar is one wide, the strip so many high. */
const HEIGHT = 100;

interface BarStripProps {
  /** Not below zero. */
  readonly values: Float32Array;
  /** The value of a bar as high as the strip. */
  readonly top: number;
  /** Indices into `values`, from left to right. */
  readonly order: readonly number[];
  /** CSS. */
  readonly colourOf: (index: number) => string;
  readonly label: string;
  readonly describe: (index: number) => string;
  readonly marked: number | null;
  /** null: bars can be looked at only. */
  readonly onChoose: ((index: number) => void) | null;
}

/** Hundreds of bars as one picture: pointer or arrow keys read one off, Enter or a click chooses it. */
export function BarStrip({ values, top, order, colourOf, label, describe, marked, onChoose }: BarStripProps) {
  const [cursor, setCursor] = useState<number | null>(null);
  const bars = order.length;
  const markedPlace = marked === null ? -1 : order.indexOf(marked);
  const place = Math.min(bars - 1, cursor ?? Math.max(0, markedPlace));
  const index = order[place] ?? 0;
  const choose = (at: number): void => {
    const chosen = order[at];
    if (chosen !== undefined) onChoose?.(chosen);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && onChoose !== null) {
      event.preventDefault();
      choose(place);
      return;
    }
    const next = moveInStrip(event.key, place, bars);
    if (next === null) return;
    event.preventDefault();
    setCursor(next);
  };
  const findPlace = (event: PointerEvent<HTMLElement>): number => {
    const box = event.currentTarget.getBoundingClientRect();
    return barAt((event.clientX - box.left) / box.width, bars);
  };
  return (
    <div className={css.strip}>
      <div
        className={onChoose === null ? css.frame : `${css.frame} ${css.choosable}`}
        role="slider"
        tabIndex={0}
        aria-label={label}
        aria-orientation="horizontal"
        aria-valuemin={0}
        aria-valuemax={bars - 1}
        aria-valuenow={place}
        aria-valuetext={describe(index)}
        onKeyDown={onKeyDown}
        onPointerMove={(event) => {
          setCursor(findPlace(event));
        }}
        onClick={(event) => {
          const box = event.currentTarget.getBoundingClientRect();
          choose(barAt((event.clientX - box.left) / box.width, bars));
        }}
      >
        <svg viewBox={`0 0 ${bars} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
          {barPaths(values, top, order, colourOf).map(([colour, path]) => (
            <path key={colour} d={path} fill={colour} />
          ))}
        </svg>
        {markedPlace >= 0 && <span className={css.mark} style={{ left: percent((markedPlace + 0.5) / bars) }} />}
        {cursor !== null && <span className={css.cursor} style={{ left: percent((place + 0.5) / bars) }} />}
      </div>
      <p className={tools.readout} aria-hidden="true">
        {describe(index)}
      </p>
    </div>
  );
}

/** Bars of one colour are one path: hundreds of elements would cost more than they show. */
function barPaths(
  values: Float32Array,
  top: number,
  order: readonly number[],
  colourOf: (index: number) => string,
): readonly (readonly [string, string])[] {
  const paths = new Map<string, string>();
  order.forEach((index, place) => {
    const height = top > 0 ? ((values[index] ?? 0) / top) * HEIGHT : 0;
    if (!(height > 0)) return;
    const colour = colourOf(index);
    // Nine tenths wide: neighbours stay apart.
    paths.set(colour, `${paths.get(colour) ?? ''}M${place + 0.05} ${HEIGHT}v${(-height).toFixed(2)}h.9v${height.toFixed(2)}z`);
  });
  return [...paths];
}

function percent(share: number): string {
  return `${share * 100}%`;
}
