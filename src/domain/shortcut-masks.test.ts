import { describe, expect, it } from 'vitest';
import { drawSyntheticLesion } from './synthetic-lesion';
import { markShortcut } from './shortcut-masks';

const SIDE = 128;

type Paint = (x: number, y: number) => readonly [number, number, number] | null;

/** The drawn sample with something painted over it. */
function paintOver(paint: Paint): { readonly rgb: Uint8Array<ArrayBuffer>; readonly painted: Uint8Array } {
  const rgba = drawSyntheticLesion('regular', SIDE);
  const rgb = new Uint8Array(SIDE * SIDE * 3);
  const painted = new Uint8Array(SIDE * SIDE);
  for (let i = 0; i < painted.length; i++) {
    const colour = paint(i % SIDE, Math.floor(i / SIDE));
    rgb.set(colour ?? rgba.subarray(4 * i, 4 * i + 3), 3 * i);
    if (colour !== null) painted[i] = 1;
  }
  return { rgb, painted };
}

const count = (mask: Uint8Array): number => mask.reduce((sum, value) => sum + value, 0);
const shareOf = (mask: Uint8Array, of: Uint8Array): number =>
  count(mask.map((value, i) => (of[i] === 1 ? value : 0))) / count(of);

const markShortcuts = (rgb: Uint8Array, side: number) => ({
  lines: markShortcut(rgb, side, 'lines'),
  ink: markShortcut(rgb, side, 'ink'),
  border: markShortcut(rgb, side, 'border'),
  lesion: markShortcut(rgb, side, 'lesion'),
});

const PLAIN = paintOver(() => null).rgb;

describe('what a network may lean on', () => {
  it('of the drawn sample are its few hairs, no ink, and the lesion', () => {
    const { lines, ink, lesion, border } = markShortcuts(PLAIN, SIDE);
    expect(count(lines) / lines.length).toBeGreaterThan(0.005);
    expect(count(lines) / lines.length).toBeLessThan(0.05);
    expect(count(ink)).toBe(0);
    expect(lesion[64 * SIDE + 64]).toBe(1);
    expect(lesion[3 * SIDE + 3]).toBe(0);
    expect(count(lesion) / lesion.length).toBeGreaterThan(0.08);
    expect(border[64 * SIDE + 64]).toBe(0);
    expect(border[0]).toBe(1);
  });

  it.each([
    ['straight', (x: number) => 0.4 * x + 12],
    ['bent', (x: number) => 90 + 14 * Math.sin(x / 17)],
    ['steep', (x: number) => 6 * (x - 30)],
  ])('a %s hair is found, and nearly nothing else', (_name, yOf) => {
    const steep = yOf(1) - yOf(0) > 1;
    const isHair = (x: number, y: number): boolean => Math.abs(y - yOf(x)) < (steep ? 7 : 1.4);
    const { rgb, painted } = paintOver((x, y) => (isHair(x, y) ? [45, 32, 28] : null));
    const { lines } = markShortcuts(rgb, SIDE);
    // Over the lesion, which is nearly as dark, it may be lost.
    expect(shareOf(lines, painted)).toBeGreaterThan(0.75);
    expect(count(lines)).toBeLessThan(3.5 * count(painted) + 0.02 * SIDE * SIDE);
  });

  it('marks of a ruler are lines, a round spot is none', () => {
    const ruler = paintOver((x, y) => (y > 112 && x % 9 < 2 ? [30, 30, 34] : null));
    expect(shareOf(markShortcuts(ruler.rgb, SIDE).lines, ruler.painted)).toBeGreaterThan(0.8);
    const spot = paintOver((x, y) => ((x - 24) ** 2 + (y - 100) ** 2 < 100 ? [60, 40, 34] : null));
    expect(shareOf(markShortcuts(spot.rgb, SIDE).lines, spot.painted)).toBeLessThan(0.1);
  });

  it.each([
    ['blue', [70, 80, 190]],
    ['violet', [110, 60, 170]],
    ['green', [60, 150, 90]],
  ] as const)('%s ink is found by its colour', (_name, colour) => {
    const { rgb, painted } = paintOver((x, y) => (x > 96 && y < 20 ? colour : null));
    const { ink } = markShortcuts(rgb, SIDE);
    expect(shareOf(ink, painted)).toBe(1);
    expect(count(ink)).toBeLessThan(1.3 * count(painted));
  });

  it('a dermoscope’s dark surround is the border, and neither line nor lesion', () => {
    const { rgb, painted } = paintOver((x, y) => ((x - 64) ** 2 + (y - 64) ** 2 > 66 ** 2 ? [6, 5, 7] : null));
    const { border, lines, lesion, ink } = markShortcuts(rgb, SIDE);
    expect(shareOf(border, painted)).toBe(1);
    expect(count(border)).toBeLessThan(1.25 * count(painted));
    expect(shareOf(lines, painted)).toBe(0);
    expect(shareOf(ink, painted)).toBe(0);
    expect(lesion[64 * SIDE + 64]).toBe(1);
  });

  it('on any picture gives masks, and on a plain one no lesion', () => {
    for (const grey of [0, 128, 255]) {
      const { lines, ink, lesion } = markShortcuts(new Uint8Array(SIDE * SIDE * 3).fill(grey), SIDE);
      expect([count(lines), count(ink), count(lesion)]).toEqual([0, 0, 0]);
    }
  });
});
