/** For tests: the vectors that training/tests/make_vectors.py writes. */
import type { TestPicture } from './draw-test-picture';
import vectors from './resample-vectors.json';

interface Vectors {
  readonly resample: readonly {
    readonly name: string;
    readonly picture: TestPicture;
    /** Of the RGB bytes, so that a wrong picture is not taken for a wrong resampler. */
    readonly pictureSha256: string;
    readonly width: number;
    readonly height: number;
    readonly isCentreSquare: boolean;
    readonly crop: { readonly x: number; readonly y: number; readonly size: number };
    readonly outSide: number;
    readonly sha256: string;
    readonly base64?: string;
    readonly samples?: readonly (readonly [at: number, value: number])[];
  }[];
  readonly normalise: readonly {
    readonly name: string;
    readonly mean: readonly [number, number, number];
    readonly std: readonly [number, number, number];
    /** Little-endian float32 [256, 3]: what the bytes 0-255 become. */
    readonly base64: string;
  }[];
  readonly golden: readonly { readonly input: 'gradient' | 'checker' | 'lesion' | 'noise'; readonly sha256: string }[];
  /** Weights in 8 bits as they lie in a shard, and as float16; little-endian. */
  readonly codes: { readonly shape: readonly number[]; readonly base64: string; readonly halves: string };
}

/** The file's lists have no tuple types of their own. */
export const VECTORS = vectors as unknown as Vectors;
