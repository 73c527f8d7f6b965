/** Which square of the photo the network sees. */
import type { CropChoice, SourcePx, SourceSize, SquareCrop } from './geometry';

/** The smallest square that can be chosen, in source pixels; the photo's short side, where that is smaller. */
export const MIN_CROP_PX = 16;

/** The default crop: the largest centred square. */
export function centreSquare({ width, height }: SourceSize): SquareCrop {
  const size = Math.min(width, height);
  return { x: ((width - size) / 2) as SourcePx, y: ((height - size) / 2) as SourcePx, size: size as SourcePx };
}

/** What a photo is analysed with unless a person chooses: the largest centred square, not turned. */
export function defaultChoice(photo: SourceSize): CropChoice {
  return { crop: centreSquare(photo), quarterTurns: 0 };
}

/** "x y size": how a row of a batch names its square, in full precision. */
export function formatCrop({ x, y, size }: SquareCrop): string {
  return `${x} ${y} ${size}`;
}

/** The square that `formatCrop` named; null: none. */
export function parseCrop(text: string | null): SquareCrop | null {
  const [x = NaN, y = NaN, size = NaN] = (text ?? '').split(' ').map(Number);
  return [x, y, size].every(Number.isFinite) ? { x: x as SourcePx, y: y as SourcePx, size: size as SourcePx } : null;
}

/** Moves and shrinks a crop until it lies inside the photo; `minSize` yields to the photo's short side. */
export function clampCrop(crop: SquareCrop, photo: SourceSize, minSize = MIN_CROP_PX): SquareCrop {
  const short = Math.min(photo.width, photo.height);
  const size = Math.min(short, Math.max(Math.min(minSize, short), crop.size));
  const within = (start: number, length: number): number => Math.min(Math.max(0, start), length - size);
  return {
    x: within(crop.x, photo.width) as SourcePx,
    y: within(crop.y, photo.height) as SourcePx,
    size: size as SourcePx,
  };
}

/** The same square of a scaled copy of the photo, in the copy's pixels. */
export function cropInCopy({ x, y, size }: SquareCrop, photo: SourceSize, copy: { width: number; height: number }): SquareCrop {
  const [across, down] = [copy.width / photo.width, copy.height / photo.height];
  return { x: (x * across) as SourcePx, y: (y * down) as SourcePx, size: (size * across) as SourcePx };
}

/** The nearest crop on whole pixels inside the photo: what a hand chooses, so that the same place is the same numbers. */
export function wholePixelCrop({ x, y, size }: SquareCrop, photo: SourceSize): SquareCrop {
  return clampCrop({ x: Math.round(x) as SourcePx, y: Math.round(y) as SourcePx, size: Math.round(size) as SourcePx }, photo);
}

/** Shifts a crop by source pixels, up to the photo's edges. */
export function moveCrop(crop: SquareCrop, dx: number, dy: number, photo: SourceSize): SquareCrop {
  return wholePixelCrop({ ...crop, x: (crop.x + dx) as SourcePx, y: (crop.y + dy) as SourcePx }, photo);
}

/** Enlarges (factor > 1) or shrinks a crop about its middle; at the photo's edges the middle gives way. */
export function scaleCrop(crop: SquareCrop, factor: number, photo: SourceSize): SquareCrop {
  const { size } = clampCrop({ ...crop, size: Math.round(crop.size * factor) as SourcePx }, photo);
  const half = (crop.size - size) / 2;
  return wholePixelCrop({ x: (crop.x + half) as SourcePx, y: (crop.y + half) as SourcePx, size }, photo);
}

export function isSameChoice(a: CropChoice, b: CropChoice): boolean {
  const { crop } = a;
  return a.quarterTurns === b.quarterTurns && crop.x === b.crop.x && crop.y === b.crop.y && crop.size === b.crop.size;
}
