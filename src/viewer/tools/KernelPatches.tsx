import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { placeAt, tileRect, type AtlasGrid } from '../../domain/atlas';
import { words } from '../../words/words';
import { moveInGrid } from '../move-in-grid';
import { kernelPatch } from './first-kernels';
import css from './KernelPatches.module.css';

const COLUMNS = 8;
/** Values of one kernel: 3 x 3, three colours. */
const KERNEL_VALUES = 27;
/** A kernel is 3 x 3; one more keeps neighbours apart. */
const PITCH = 4;

interface KernelPatchesProps {
  /** Of the first convolution, [3, 3, 3, filters]. */
  readonly kernels: Float32Array;
  readonly layer: string;
  readonly chosen: number | null;
  readonly onChoose: (filter: number) => void;
}

/** The kernels of the first convolution as colour patches; pointer or keys choose a filter. */
export function KernelPatches({ kernels, layer, chosen, onChoose }: KernelPatchesProps) {
  const filters = kernels.length / KERNEL_VALUES;
  const grid: AtlasGrid = { columns: COLUMNS, rows: Math.ceil(filters / COLUMNS) };
  const canvas = useRef<HTMLCanvasElement>(null);
  const [cursor, setCursor] = useState<number | null>(null);
  const optionId = useId();
  useEffect(() => {
    if (canvas.current !== null) drawKernels(canvas.current, kernels, filters);
  }, [kernels, filters]);
  const current = cursor ?? chosen ?? 0;
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      onChoose(current);
      return;
    }
    const next = moveInGrid(event.key, current, COLUMNS, filters);
    if (next === null) return;
    event.preventDefault();
    setCursor(next);
  };
  return (
    <div className={css.kernels}>
      <canvas
        ref={canvas}
        data-testid="kernels"
        width={grid.columns * PITCH - 1}
        height={grid.rows * PITCH - 1}
        role="listbox"
        tabIndex={0}
        aria-label={words.viewer.tools.kernels.label(filters, layer)}
        aria-activedescendant={optionId}
        onKeyDown={onKeyDown}
        onBlur={() => {
          setCursor(null);
        }}
        onClick={(event) => {
          const box = event.currentTarget.getBoundingClientRect();
          const filter = placeAt(grid, filters, (event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height);
          if (filter !== null) onChoose(filter);
        }}
      >
        <div id={optionId} role="option" aria-selected={current === chosen} aria-posinset={current + 1} aria-setsize={filters}>
          {words.viewer.tools.filter(current)}
        </div>
      </canvas>
      {chosen !== null && <KernelMark grid={grid} filter={chosen} kind="chosen" />}
      {cursor !== null && <KernelMark grid={grid} filter={cursor} kind="cursor" />}
    </div>
  );
}

interface KernelMarkProps {
  readonly grid: AtlasGrid;
  readonly filter: number;
  readonly kind: 'chosen' | 'cursor';
}

function KernelMark({ grid, filter, kind }: KernelMarkProps) {
  const { left, top, width, height } = tileRect(grid, filter);
  const style = {
    left: `${left * 100}%`,
    top: `${top * 100}%`,
    width: `${width * 100}%`,
    height: `${height * 100}%`,
  };
  return <span className={`${css.mark} ${css[kind]}`} style={style} aria-hidden="true" />;
}

function drawKernels(canvas: HTMLCanvasElement, kernels: Float32Array, filters: number): void {
  const context = canvas.getContext('2d');
  if (context === null) return;
  for (let filter = 0; filter < filters; filter += 1) {
    const patch = kernelPatch(kernels, filters, filter);
    const image = context.createImageData(3, 3);
    for (let pixel = 0; pixel < 9; pixel += 1) {
      image.data.set([patch[pixel * 3]!, patch[pixel * 3 + 1]!, patch[pixel * 3 + 2]!, 255], pixel * 4);
    }
    context.putImageData(image, (filter % COLUMNS) * PITCH, Math.floor(filter / COLUMNS) * PITCH);
  }
}
