/** Which square of the photo the network sees. */
import type { SourcePx, SourceSize, SquareCrop } from './geometry';

/** The default crop: the largest centred square. */
export function centreSquare({ width, height }: SourceSize): SquareCrop {
  const size = Math.min(width, height);
  return { x: ((width - size) / 2) as SourcePx, y: ((height - size) / 2) as SourcePx, size: size as SourcePx };
}

/** Moves and shrinks a crop until it lies inside the photo; `minSize` yields to the photo's short side. */
export function clampCrop(crop: SquareCrop, photo: SourceSize, minSize = 16): SquareCrop {
  const short = Math.min(photo.width, photo.height);
  const size = Math.min(short, Math.max(Math.min(minSize, short), crop.size));
  const within = (start: number, length: number): number => Math.min(Math.max(0, start), length - size);
  return {
    x: within(crop.x, photo.width) as SourcePx,
    y: within(crop.y, photo.height) as SourcePx,
    size: size as SourcePx,
  };
}
