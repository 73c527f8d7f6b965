import { describe, expect, it } from 'vitest';
import { inpaint } from './inpaint';

const SIDE = 40;

function paint(colour: (x: number, y: number) => readonly [number, number, number]): Uint8Array<ArrayBuffer> {
  const rgb = new Uint8Array(SIDE * SIDE * 3);
  for (let y = 0; y < SIDE; y++) for (let x = 0; x < SIDE; x++) rgb.set(colour(x, y), 3 * (y * SIDE + x));
  return rgb;
}

function maskOf(isErased: (x: number, y: number) => boolean): Uint8Array {
  return Uint8Array.from({ length: SIDE * SIDE }, (_, i) => (isErased(i % SIDE, Math.floor(i / SIDE)) ? 1 : 0));
}

describe('harmonic inpainting', () => {
  // A linear ramp is harmonic: it must come back.
  it('gives a ramp back to a grey level, whatever stood in the hole', () => {
    const ramp = paint((x, y) => [5 * x + 20, 4 * y + 30, 2 * x + 3 * y]);
    const mask = maskOf((x, y) => (x - 20) ** 2 + (y - 19) ** 2 < 120);
    const spoilt = new Uint8Array(ramp);
    mask.forEach((isErased, i) => {
      if (isErased === 1) spoilt.set([0, 255, 7], 3 * i);
    });
    const mended = inpaint(spoilt, SIDE, mask);
    const worst = mended.reduce((most, byte, i) => Math.max(most, Math.abs(byte - ramp[i]!)), 0);
    expect(worst).toBeLessThanOrEqual(1);
  });

  it('takes a dark line off a plain ground, and leaves all else as it was', () => {
    const picture = paint((x, y) => (Math.abs(x - y) < 2 ? [30, 20, 20] : [200, 170, 150]));
    const mask = maskOf((x, y) => Math.abs(x - y) < 2);
    expect(inpaint(picture, SIDE, mask)).toEqual(paint(() => [200, 170, 150]));
  });

  it('reaches to the picture’s edge', () => {
    const picture = paint((x) => (x < 12 ? [0, 0, 0] : [90, 100, 110]));
    expect(
      inpaint(
        picture,
        SIDE,
        maskOf((x) => x < 12),
      ),
    ).toEqual(paint(() => [90, 100, 110]));
  });

  it('leaves a picture alone where nothing, or all, is to be erased', () => {
    const picture = paint((x, y) => [x, y, 9]);
    for (const all of [true, false]) {
      const same = inpaint(
        picture,
        SIDE,
        maskOf(() => all),
      );
      expect(same).toEqual(picture);
      expect(same).not.toBe(picture);
    }
  });
});
