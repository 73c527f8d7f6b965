/** Synthetic 128x128 pictures for the engine's self-test, drawn with integers; the twin of training/golden.py. */
import type { GoldenCase } from './manifest';
import { VGG16 } from './network';

type Rgb = readonly [number, number, number];
type Painter = (x: number, y: number) => Rgb;

/** Numerical Recipes' linear congruential generator, modulo 2^32; the top byte of each state. */
function createNoise(): () => number {
  let state = 12345;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state >>> 24;
  };
}

function paintLesion(x: number, y: number): Rgb {
  return (x - 64) ** 2 + (y - 60) ** 2 < 1600 + 8 * ((7 * x + 13 * y) % 37)
    ? [120 - ((x * y) % 17), 75 - ((x + 2 * y) % 13), 60 - ((3 * x + y) % 11)]
    : [222 - ((x + y) % 5), 180 - ((3 * x + y) % 7), 160 - ((x + 5 * y) % 6)];
}

function painterOf(kind: GoldenCase['input']): Painter {
  switch (kind) {
    case 'gradient':
      return (x, y) => [2 * x, 2 * y, 255 - (x + y)];
    case 'checker':
      return (x, y) => (((x >> 3) + (y >> 3)) & 1 ? [230, 200, 180] : [90, 60, 50]);
    case 'lesion':
      return paintLesion;
    case 'noise': {
      const next = createNoise();
      return () => [next(), next(), next()];
    }
  }
}

/** @returns RGB bytes [side, side, 3]: of a smaller network's input the upper left part. */
export function drawGoldenInput(kind: GoldenCase['input'], side = VGG16.input.side): Uint8Array<ArrayBuffer> {
  const paint = painterOf(kind);
  const out = new Uint8Array(side * side * 3);
  let at = 0;
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      out.set(paint(x, y), at);
      at += 3;
    }
  }
  return out;
}
