import { describe, expect, it } from 'vitest';
import { nextTurn, turnPoint, turnSquareRgb, unturnPoint } from './crop-turn';
import type { QuarterTurns } from './geometry';
import { drawGoldenInput } from './golden-input';

const ALL: readonly QuarterTurns[] = [0, 1, 2, 3];
/** One byte a pixel, three times. */
const picture = (...pixels: number[]): Uint8Array<ArrayBuffer> => Uint8Array.from(pixels.flatMap((p) => [p, p + 100, p + 200]));

describe('turnSquareRgb', () => {
  it.each([
    [0, [1, 2, 3, 4, 5, 6, 7, 8, 9]],
    [1, [7, 4, 1, 8, 5, 2, 9, 6, 3]],
    [2, [9, 8, 7, 6, 5, 4, 3, 2, 1]],
    [3, [3, 6, 9, 2, 5, 8, 1, 4, 7]],
  ] as const)('turns clockwise: %i', (turns, pixels) => {
    expect(turnSquareRgb(picture(1, 2, 3, 4, 5, 6, 7, 8, 9), 3, turns)).toEqual(picture(...pixels));
  });

  it('loses no byte: four quarter turns are none, two are a half', () => {
    const rgb = Uint8Array.from(drawGoldenInput('noise'));
    let turned = rgb;
    for (let i = 0; i < 4; i++) {
      if (i === 2) expect(turned).toEqual(turnSquareRgb(rgb, 128, 2));
      if (i === 3) expect(turned).toEqual(turnSquareRgb(rgb, 128, 3));
      turned = turnSquareRgb(turned, 128, 1);
    }
    expect(turned).toEqual(rgb);
    expect(turned).not.toBe(rgb);
  });

  it('leaves the picture itself where nothing turns', () => {
    const rgb = picture(1, 2, 3, 4);
    expect(turnSquareRgb(rgb, 2, 0)).toBe(rgb);
  });
});

describe('points', () => {
  it.each(ALL)('go with the picture and come back: %i', (turns) => {
    const rgb = Uint8Array.from(drawGoldenInput('noise'));
    const turned = turnSquareRgb(rgb, 128, turns);
    for (const [x, y] of [
      [0.5, 0.5],
      [100.5, 3.5],
      [64.5, 127.5],
    ] as const) {
      const there = turnPoint(x, y, 128, turns);
      const at = (px: number, py: number): number => (Math.floor(py) * 128 + Math.floor(px)) * 3;
      expect(turned[at(there.x, there.y)]).toBe(rgb[at(x, y)]);
      expect(unturnPoint(there.x, there.y, 128, turns)).toEqual({ x, y });
    }
  });

  it('nextTurn comes round', () => {
    expect(ALL.map(nextTurn)).toEqual([1, 2, 3, 0]);
  });
});
