import { describe, expect, it } from 'vitest';
import { convolutionsOf, VGG16 } from './network';
import { cellOver, receptiveField } from './receptive-field';

/** VGG16's known sizes: each convolution adds 2 strides, each pool 1, and a pool doubles the stride. */
const SIDES = {
  block1_conv1: 3,
  block1_conv2: 5,
  block1_pool: 6,
  block2_conv1: 10,
  block2_conv2: 14,
  block2_pool: 16,
  block3_conv1: 24,
  block3_conv2: 32,
  block3_conv3: 40,
  block3_pool: 44,
  block4_conv1: 60,
  block4_conv2: 76,
  block4_conv3: 92,
} as const;

describe('receptiveField', () => {
  it('has the size that the architecture gives, away from the borders', () => {
    for (const [layer, size] of Object.entries(SIDES)) {
      const { name, side } = VGG16.layers.find((l) => l.name === layer)!;
      const field = receptiveField(VGG16, name, { x: side / 2, y: side / 2 });
      expect([field.right - field.left, field.bottom - field.top], layer).toEqual([size, size]);
    }
  });

  it('is cut at the borders', () => {
    expect(receptiveField(VGG16, 'block1_conv1', { x: 0, y: 127 })).toEqual({ left: 0, top: 126, right: 2, bottom: 128 });
    expect(receptiveField(VGG16, 'block1_pool', { x: 0, y: 0 })).toEqual({ left: 0, top: 0, right: 4, bottom: 4 });
  });

  it('holds the whole picture for the middle of the last layers', () => {
    expect(receptiveField(VGG16, 'block5_conv3', { x: 4, y: 4 })).toEqual({
      left: 0,
      top: 0,
      right: VGG16.input.side,
      bottom: VGG16.input.side,
    });
  });

  it('is the number of dependent pixels counted one by one', () => {
    // Independent of reach(): spreads one pixel forward through the network, cell by cell, along one axis.
    for (const { name, side } of convolutionsOf(VGG16).slice(0, 10)) {
      for (const cell of [0, 1, Math.floor(side / 2), side - 1]) {
        const seen = Array.from({ length: VGG16.input.side }, (_, pixel) => pixel).filter((pixel) =>
          spreadTo(pixel, name).has(cell),
        );
        const { left, right } = receptiveField(VGG16, name, { x: cell, y: 0 });
        expect([left, right - left], `${name} ${cell}`).toEqual([seen[0], seen.length]);
      }
    }
  });

  it('refuses a cell outside the map', () => {
    expect(() => receptiveField(VGG16, 'block5_pool', { x: 4, y: 0 })).toThrow(RangeError);
    expect(() => receptiveField(VGG16, 'block5_pool', { x: 0, y: -1 })).toThrow(RangeError);
  });
});

/** The cells of `layer` that a pixel can change, along one axis. */
function spreadTo(pixel: number, layer: string): Set<number> {
  let cells = new Set([pixel]);
  for (const { name, side } of VGG16.layers) {
    const next = new Set<number>();
    for (const cell of cells) {
      if (name.endsWith('_pool')) next.add(cell >> 1);
      else for (const to of [cell - 1, cell, cell + 1]) if (to >= 0 && to < side) next.add(to);
    }
    cells = next;
    if (name === layer) break;
  }
  return cells;
}

describe('cellOver', () => {
  it('finds the cell that covers a pixel, and the nearest one outside', () => {
    expect(cellOver(VGG16, 'block3_conv3', 127.9, 64)).toEqual({ x: 31, y: 16 });
    expect(cellOver(VGG16, 'block1_conv1', 0, 5.5)).toEqual({ x: 0, y: 5 });
    expect(cellOver(VGG16, 'block5_conv3', -3, 500)).toEqual({ x: 0, y: 7 });
  });
});
