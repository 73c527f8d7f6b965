/**
 * Do pixels come back as they were? Browsers that resist fingerprinting answer a canvas's `getImageData` with noise, with
 * blank or with slightly changed pixels, and say nothing. A known picture, sent the way that a photo takes, tells.
 */
import { encodeBmp } from '../domain/bmp';
import { LensError } from '../domain/errors';
import { hashPoint } from '../domain/lattice-noise';
import type { PixelSource } from './decode';
import { toEngineError } from './engine-error';

/** Large enough that protections which change one pixel of many show. */
const SIDE = 96;

/** More than this is another picture. Within it only noise in the lowest bits, of which the person is told. */
export const SLIGHT_LEVELS = 2;

/** RGBA [side, side, 4], opaque: smooth in one half, noise in the other, every grey level in each channel. */
export function drawKnownPicture(): { readonly width: number; readonly height: number; readonly rgba: Uint8Array } {
  const rgba = new Uint8Array(SIDE * SIDE * 4);
  for (let i = 0; i < SIDE * SIDE; i++) {
    const [x, y] = [i % SIDE, Math.floor(i / SIDE)];
    for (let c = 0; c < 3; c++) {
      rgba[i * 4 + c] = y < SIDE / 2 ? ((y * SIDE + x) * (c + 1)) & 255 : Math.floor(256 * hashPoint(x, y, c + 1));
    }
    rgba[i * 4 + 3] = 255;
  }
  return { width: SIDE, height: SIDE, rgba };
}

/** @returns The largest difference of any channel, in grey levels, 0..255; 255 where the size is another. */
export async function measureReadBack(decode: (picture: Blob) => Promise<PixelSource>): Promise<number> {
  const { width, height, rgba } = drawKnownPicture();
  const decoded = await decode(new Blob([encodeBmp({ width, height, rgba })], { type: 'image/bmp' }));
  try {
    if (decoded.size.width !== width || decoded.size.height !== height) return 255;
    const found = decoded.readPixels(0, 0, width, height);
    return rgba.reduce((largest, value, i) => Math.max(largest, Math.abs(value - found[i]!)), 0);
  } finally {
    decoded.close();
  }
}

interface Trusted<Way> {
  readonly way: Way;
  /** In grey levels: 0 where the way is exact, at most SLIGHT_LEVELS. */
  readonly noise: number;
}

/**
 * The first exact way of reading pixels, else the one that alters least. It is chosen once it is needed, and anew as long as none
 * will do: the person may allow it meanwhile.
 *
 * @param ways - The preferred one first.
 * @param measure - How far a way alters, in grey levels. Throws for one that this browser does not have.
 * @returns A function that throws LensError `pixels-altered` where every way gives another picture, `out-of-memory`.
 */
export function createTrustedChoice<Way>(
  ways: readonly Way[],
  measure: (way: Way) => Promise<number>,
): () => Promise<Trusted<Way>> {
  let chosen: Promise<Trusted<Way>> | null = null;

  async function measureOrRefuse(way: Way): Promise<number> {
    try {
      return await measure(way);
    } catch (error) {
      if (toEngineError(error).code === 'out-of-memory') throw error;
      return 255;
    }
  }

  async function choose(): Promise<Trusted<Way>> {
    let best: Trusted<Way> | null = null;
    for (const way of ways) {
      const noise = await measureOrRefuse(way);
      if (best === null || noise < best.noise) best = { way, noise };
      if (noise === 0) break;
    }
    if (best === null || best.noise > SLIGHT_LEVELS) {
      throw new LensError('pixels-altered', `off by ${best?.noise ?? 255} grey levels`);
    }
    return best;
  }

  return () => {
    chosen ??= choose().catch((error: unknown) => {
      chosen = null;
      throw error;
    });
    return chosen;
  };
}
