import { describe, expect, it } from 'vitest';
import { drawView, rangeOfViews, VIEW_COUNT } from './eight-views';

const SIDE = 3;
/** Every pixel another. */
const PICTURE = Uint8Array.from({ length: SIDE * SIDE * 3 }, (_, i) => i);

describe('the views of a square', () => {
  const views = Array.from({ length: VIEW_COUNT }, (_, view) => drawView(PICTURE, SIDE, view));

  it('begin with the picture itself, and are all different', () => {
    expect(views[0]).toBe(PICTURE);
    expect(new Set(views.map((view) => view.join(' '))).size).toBe(VIEW_COUNT);
  });

  it('hold the same pixels', () => {
    const pixels = (rgb: Uint8Array) => Array.from({ length: SIDE * SIDE }, (_, i) => rgb.subarray(3 * i, 3 * i + 3).join(','));
    for (const view of views) expect(pixels(view).sort()).toEqual(pixels(PICTURE).sort());
  });

  it('are the picture’s neighbours: the middle stays, the mirrored one exchanges left and right', () => {
    for (const view of views) expect([...view.subarray(12, 15)]).toEqual([12, 13, 14]);
    expect([...views[4]!.subarray(0, 3)]).toEqual([6, 7, 8]);
    expect([...views[4]!.subarray(6, 9)]).toEqual([0, 1, 2]);
  });
});

describe('the range of views', () => {
  it('is reckoned by hand', () => {
    expect(rangeOfViews([0.2, 0.4])).toEqual({ low: 0.2, high: 0.4, mean: 0.30000000000000004, deviation: 0.1 });
    expect(rangeOfViews([0.7])).toEqual({ low: 0.7, high: 0.7, mean: 0.7, deviation: 0 });
  });
});
