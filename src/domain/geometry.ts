/** A length in the photo's own pixels, not to be mixed with one in the network's input. */
export type SourcePx = number & { readonly _space: 'source' };

/** Size of a photo after its orientation was applied, in its own pixels. */
export interface SourceSize {
  readonly width: SourcePx;
  readonly height: SourcePx;
}

/** A square window into the photo, in the photo's own pixels; may be fractional. */
export interface SquareCrop {
  readonly x: SourcePx;
  readonly y: SourcePx;
  readonly size: SourcePx;
}

/** Clockwise, of the network's picture after resampling. */
export type QuarterTurns = 0 | 1 | 2 | 3;

/** Which square of the photo the network sees, and how it is turned. */
export interface CropChoice {
  readonly crop: SquareCrop;
  readonly quarterTurns: QuarterTurns;
}
