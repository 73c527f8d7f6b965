import { memo } from 'react';
import { colourAt } from '../../domain/colour-map';
import { words } from '../../words/words';
import css from './KernelScene.module.css';
import { KERNEL_SIDE, PATCH_SIDE, PLACES_SIDE } from './kernel-walk';

export interface KernelWalk {
  /** [PATCH_SIDE, PATCH_SIDE, 3], 0-255. */
  readonly pixels: Float32Array;
  /** [3, 3, 3] (RGB, row, column). */
  readonly weights: Float32Array;
  /** [PLACES_SIDE, PLACES_SIDE], not below 0. */
  readonly values: Float32Array;
}

/** In units of one pixel of the patch: its own square, the three slices of the kernel, the map. */
const SLICES_X = PATCH_SIDE + 1.5;
const SLICE_PITCH = KERNEL_SIDE + 1;
const MAP_X = SLICES_X + KERNEL_SIDE + 1.5;
const WIDTH = MAP_X + PATCH_SIDE;

/** The drawing at one moment. @param place - The kernel's place in reading order; the map is filled up to there. */
export function KernelScene({ walk, place }: { readonly walk: KernelWalk; readonly place: number }) {
  const [x, y] = [place % PLACES_SIDE, Math.floor(place / PLACES_SIDE)];
  const most = walk.values.reduce((max, value) => Math.max(max, value), 0);
  return (
    <svg
      className={css.scene}
      viewBox={`-0.2 -0.2 ${WIDTH + 0.4} ${PATCH_SIDE + 0.4}`}
      role="img"
      aria-label={words.tutorial.filter.scene}
    >
      <Pixels pixels={walk.pixels} />
      <rect className={css.frame} x={x} y={y} width={KERNEL_SIDE} height={KERNEL_SIDE} />
      <Weights weights={walk.weights} />
      <rect className={css.empty} x={MAP_X + 1} y={1} width={PLACES_SIDE} height={PLACES_SIDE} />
      {Array.from({ length: place + 1 }, (_, i) => (
        <rect
          key={i}
          x={MAP_X + 1 + (i % PLACES_SIDE)}
          y={1 + Math.floor(i / PLACES_SIDE)}
          width={1}
          height={1}
          fill={rgb(colourAt('viridis', most > 0 ? walk.values[i]! / most : 0))}
        />
      ))}
      <rect className={css.frame} x={MAP_X + 1 + x} y={1 + y} width={1} height={1} />
    </svg>
  );
}

const Pixels = memo(function Pixels({ pixels }: Pick<KernelWalk, 'pixels'>) {
  return Array.from({ length: PATCH_SIDE ** 2 }, (_, i) => (
    <rect
      key={i}
      x={i % PATCH_SIDE}
      y={Math.floor(i / PATCH_SIDE)}
      width={1}
      height={1}
      fill={rgb([pixels[i * 3]!, pixels[i * 3 + 1]!, pixels[i * 3 + 2]!])}
    />
  ));
});

const Weights = memo(function Weights({ weights }: Pick<KernelWalk, 'weights'>) {
  const reach = weights.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0);
  return Array.from(weights, (weight, i) => {
    const [slice, cell] = [Math.floor(i / KERNEL_SIDE ** 2), i % KERNEL_SIDE ** 2];
    return (
      <rect
        key={i}
        x={SLICES_X + (cell % KERNEL_SIDE)}
        y={slice * SLICE_PITCH + 0.5 + Math.floor(cell / KERNEL_SIDE)}
        width={1}
        height={1}
        fill={rgb(colourAt('diverging', reach > 0 ? 0.5 + weight / reach / 2 : 0.5))}
      />
    );
  });
});

function rgb([r, g, b]: readonly [number, number, number]): string {
  return `rgb(${Math.round(r)} ${Math.round(g)} ${Math.round(b)})`;
}
