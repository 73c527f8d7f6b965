import { describe, expect, it } from 'vitest';
import { COACH_CODES, COACH_SIDE_PX, judgeFrame, measureFrame, type CoachCode } from './coach';
import { drawSyntheticLesion } from './synthetic-lesion';

const SIDE = COACH_SIDE_PX;
type Rgba = Uint8ClampedArray<ArrayBuffer>;

/** The irregular sample, moved by whole pixels; what comes in at the edge repeats the edge. */
function lesion(dx = 0, dy = 0, change: (value: number) => number = (value) => value): Rgba {
  const drawn = drawSyntheticLesion('irregular', SIDE);
  const clamp = (at: number): number => Math.min(SIDE - 1, Math.max(0, at));
  return paint((x, y) => {
    const at = (clamp(y - dy) * SIDE + clamp(x - dx)) * 4;
    return [change(drawn[at]!), change(drawn[at + 1]!), change(drawn[at + 2]!)];
  });
}

function paint(colourAt: (x: number, y: number) => readonly [number, number, number]): Rgba {
  const rgba = new Uint8ClampedArray(SIDE * SIDE * 4).fill(255);
  for (let i = 0; i < SIDE * SIDE; i++) rgba.set(colourAt(i % SIDE, Math.floor(i / SIDE)), 4 * i);
  return rgba;
}

/** Skin with a little texture, and a brown disc of `radius` at cx, cy. */
function disc(cx: number, cy: number, radius: number): Rgba {
  return paint((x, y) => {
    const ripple = (x + y) % 2 === 0 ? 5 : -5;
    return Math.hypot(x - cx, y - cy) < radius ? [110 + ripple, 70, 50] : [215 + ripple, 175 + ripple, 155 + ripple];
  });
}

/** Box blur, `times` over. */
function blur(rgba: Rgba, times: number): Rgba {
  let current = rgba;
  for (let n = 0; n < times; n++) {
    const source = current;
    current = paint((x, y) => {
      const sum: [number, number, number] = [0, 0, 0];
      for (let dy = -2; dy <= 2; dy++) {
        for (let dx = -2; dx <= 2; dx++) {
          const [u, v] = [Math.min(SIDE - 1, Math.max(0, x + dx)), Math.min(SIDE - 1, Math.max(0, y + dy))];
          for (const c of [0, 1, 2] as const) sum[c] += source[(v * SIDE + u) * 4 + c]! / 25;
        }
      }
      return sum;
    });
  }
  return current;
}

function codesOf(rgba: Rgba, before: Rgba | null = null): CoachCode[] {
  const luma = before === null ? null : measureFrame(before, null).luma;
  const beyond = judgeFrame(measureFrame(rgba, luma).measures);
  return COACH_CODES.filter((code) => beyond[code] > 1);
}

describe('the coach', () => {
  it('has nothing to say of a good picture that stands still', () => {
    expect(codesOf(lesion())).toEqual([]);
    expect(codesOf(lesion(), lesion())).toEqual([]);
  });

  it.each<[CoachCode, Rgba]>([
    ['too-dark', lesion(0, 0, (value) => value * 0.3)],
    ['too-bright', lesion(0, 0, (value) => 228 + value * 0.05)],
    ['glare', paint((x, y) => (Math.hypot(x - 80, y - 50) < 8 ? [255, 254, 252] : [180, (x + y) % 2 === 0 ? 150 : 120, 110]))],
    ['blurred', blur(disc(64, 64, 30), 3)],
    ['no-lesion', paint((x, y) => ((x + y) % 2 === 0 ? [210, 170, 150] : [204, 165, 146]))],
    ['too-small', disc(64, 64, 8)],
    ['off-centre', disc(104, 64, 18)],
  ])('says %s', (code, rgba) => {
    expect(codesOf(rgba)).toContain(code);
  });

  it('tells a shift from a change of light and from noise', () => {
    expect(codesOf(lesion(8, 3), lesion())).toContain('hold-still');
    expect(
      codesOf(
        lesion(),
        lesion(0, 0, (value) => value * 0.96 + 6),
      ),
    ).not.toContain('hold-still');
    const noisy = lesion().map((value, i) => (i % 4 === 3 ? 255 : value + ((i * 7919) % 7) - 3));
    expect(codesOf(noisy, lesion())).not.toContain('hold-still');
  });

  it('measures a larger movement as larger', () => {
    const { luma } = measureFrame(lesion(), null);
    const shifts = [0, 1, 2, 4].map((dx) => measureFrame(lesion(dx), luma).measures.shiftPx);
    expect([...shifts].sort((a, b) => a - b)).toEqual(shifts);
    expect(shifts[0]).toBe(0);
    expect(new Set(shifts).size).toBe(4);
  });

  it('looks at the ring only: what lies in the corners is no glare and no darkness', () => {
    const corners = disc(64, 64, 30);
    for (let i = 0; i < SIDE * SIDE; i++) {
      const [x, y] = [(i % SIDE) + 0.5 - SIDE / 2, Math.floor(i / SIDE) + 0.5 - SIDE / 2];
      if (Math.hypot(x, y) > SIDE / 2 + 1) corners.fill(255, 4 * i, 4 * i + 3);
    }
    const { measures } = measureFrame(corners, null);
    expect(measures.clippedBright).toBe(0);
    expect(measures.meanLuma).toBe(measureFrame(disc(64, 64, 30), null).measures.meanLuma);
  });

  it('does not stumble over a frame of another size, nor over a black one', () => {
    expect(measureFrame(lesion(), new Float32Array(10)).measures.shiftPx).toBe(0);
    expect(codesOf(new Uint8ClampedArray(SIDE * SIDE * 4))[0]).toBe('too-dark');
    expect(() => measureFrame(new Uint8ClampedArray(0), null)).not.toThrow();
  });
});
