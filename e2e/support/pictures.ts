/** Pictures as bare pixels, for the writers of files. */
import { drawSyntheticLesion, type SyntheticLesionKind } from '../../src/domain/synthetic-lesion';
import type { Picture } from './encode-jpeg';

function build(width: number, height: number, colourAt: (x: number, y: number) => ArrayLike<number>): Picture {
  const rgb = new Uint8Array(width * height * 3);
  for (let i = 0; i < width * height; i++) rgb.set(Array.from(colourAt(i % width, Math.floor(i / width))).slice(0, 3), 3 * i);
  return { width, height, rgb };
}

/** The middle of the drawn lesion, its top left corner darkened, so that no turned copy looks like another. */
export function drawLesion(kind: SyntheticLesionKind, width: number, height: number): Picture {
  const side = Math.max(width, height);
  const rgba = drawSyntheticLesion(kind, side);
  const [left, top] = [(side - width) >> 1, (side - height) >> 1];
  return build(width, height, (x, y) => {
    const at = ((y + top) * side + x + left) * 4;
    const shade = x < width / 3 && y < height / 4 ? 0.6 : 1;
    return [...rgba.subarray(at, at + 3)].map((v) => Math.round(v * shade));
  });
}

/** At most 252 colours: 6 x 7 x 6 levels. */
export function reduceColours(picture: Picture): Picture {
  const levels = [6, 7, 6];
  return {
    ...picture,
    rgb: picture.rgb.map((v, i) => Math.round((Math.round((v / 255) * (levels[i % 3]! - 1)) * 255) / (levels[i % 3]! - 1))),
  };
}

/** @param change - Of one channel's value at pixel `i`. */
export function mapPixels(picture: Picture, change: (value: number, i: number) => number): Picture {
  return { ...picture, rgb: picture.rgb.map((v, at) => change(v, Math.floor(at / 3))) };
}

/** Every pixel as a square of `factor` pixels. */
export function enlarge({ width, height, rgb }: Picture, factor: number): Picture {
  return build(width * factor, height * factor, (x, y) => {
    const at = (Math.floor(y / factor) * width + Math.floor(x / factor)) * 3;
    return rgb.subarray(at, at + 3);
  });
}

/**
 * The picture as a camera stores it under an EXIF orientation (EXIF 2.32, 4.6.4 A), which names where the stored first row
 * and first column are seen: 1 top left, 2 top right, 3 bottom right, 4 bottom left, 5 left top, 6 right top, 7 right
 * bottom, 8 left bottom.
 */
export function orient({ width, height, rgb }: Picture, orientation: number): Picture {
  const isTurned = orientation >= 5;
  const fromRight = [2, 3, 6, 7].includes(orientation);
  const fromBottom = [3, 4, 7, 8].includes(orientation);
  return build(isTurned ? height : width, isTurned ? width : height, (column, row) => {
    const [x, y] = isTurned ? [row, column] : [column, row];
    const at = ((fromBottom ? height - 1 - y : y) * width + (fromRight ? width - 1 - x : x)) * 3;
    return rgb.subarray(at, at + 3);
  });
}
