import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { placeAt, tileRect, type AtlasGrid } from '../../domain/atlas';
import { moveInGrid } from '../move-in-grid';
import { kernelPatch } from './first-kernels';

const FILTERS = 64;
const GRID: AtlasGrid = { columns: 8, rows: 8 };
/** A kernel is 3 x 3; one more keeps neighbours apart. */
const PITCH = 4;

interface KernelPatchesProps {
  /** Of block1_conv1, [3, 3, 3, 64]. */
  readonly kernels: Float32Array;
  readonly chosen: number | null;
  readonly onChoose: (filter: number) => void;
}

/** The kernels of the first convolution as colour patches; pointer or keys choose a filter. */
export function KernelPatches({ kernels, chosen, onChoose }: KernelPatchesProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [cursor, setCursor] = useState<number | null>(null);
  const optionId = useId();
  useEffect(() => {
    if (canvas.current !== null) drawKernels(canvas.current, kernels);
  }, [kernels]);
  const current = cursor ?? chosen ?? 0;
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      onChoose(current);
      return;
    }
    const next = moveInGrid(event.key, current, GRID.columns, FILTERS);
    if (next === null) return;
    event.preventDefault();
    setCursor(next);
  };
  return (
    <div className="kernels">
      <canvas
        ref={canvas}
        data-testid="kernels"
        width={GRID.columns * PITCH - 1}
        height={GRID.rows * PITCH - 1}
        role="listbox"
        tabIndex={0}
        aria-label="The 64 kernels of block1_conv1. Arrow keys move, Enter chooses the filter."
        aria-activedescendant={optionId}
        onKeyDown={onKeyDown}
        onBlur={() => {
          setCursor(null);
        }}
        onClick={(event) => {
          const box = event.currentTarget.getBoundingClientRect();
          const filter = placeAt(GRID, FILTERS, (event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height);
          if (filter !== null) onChoose(filter);
        }}
      >
        <div
          id={optionId}
          role="option"
          aria-selected={current === chosen}
          aria-posinset={current + 1}
          aria-setsize={FILTERS}
        >
          Filter {current}
        </div>
      </canvas>
      {chosen !== null && <KernelMark filter={chosen} kind="chosen" />}
      {cursor !== null && <KernelMark filter={cursor} kind="cursor" />}
    </div>
  );
}

function KernelMark({ filter, kind }: { readonly filter: number; readonly kind: 'chosen' | 'cursor' }) {
  const { left, top, width, height } = tileRect(GRID, filter);
  const style = {
    left: `${left * 100}%`,
    top: `${top * 100}%`,
    width: `${width * 100}%`,
    height: `${height * 100}%`,
  };
  return <span className={`kernel-mark kernel-mark-${kind}`} style={style} aria-hidden="true" />;
}

function drawKernels(canvas: HTMLCanvasElement, kernels: Float32Array): void {
  const context = canvas.getContext('2d');
  if (context === null) return;
  for (let filter = 0; filter < FILTERS; filter += 1) {
    const patch = kernelPatch(kernels, FILTERS, filter);
    const image = context.createImageData(3, 3);
    for (let pixel = 0; pixel < 9; pixel += 1) {
      image.data.set([patch[pixel * 3]!, patch[pixel * 3 + 1]!, patch[pixel * 3 + 2]!, 255], pixel * 4);
    }
    context.putImageData(image, (filter % GRID.columns) * PITCH, Math.floor(filter / GRID.columns) * PITCH);
  }
}
