/** A person's own network, read from a file on their device: what of it screen and engine both know. */

export type OwnModelFormat = 'keras-h5' | 'keras-zip' | 'tfjs-layers' | 'tfjs-graph';

/** A row of the summary, as Keras prints it. */
export interface SummaryRow {
  readonly name: string;
  /** Keras's class ("Conv2D"), of a graph its operation. */
  readonly type: string;
  /** As Keras writes it: "(None, 64, 64, 128)". */
  readonly outputShape: string;
  readonly parameters: number;
  /** Of `parameters`, those that training changes. */
  readonly trainable: number;
  /** 0: of the model itself; 1: of a model in it, whose own row stands before its layers; and so on. */
  readonly depth: number;
}

/** A layer whose output is maps that can be shown. */
export interface OwnLayer {
  /** Unique within the model: the layer's own name, or its path ("vgg16/block1_conv1") where another layer has that name. */
  readonly name: string;
  /** Keras's class, of a graph its operation. */
  readonly kind: string;
  readonly isConvolution: boolean;
  /** Of its maps, in cells. */
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

export interface OwnOutput {
  readonly units: number;
  /** What the last layer does to its numbers; `linear` means logits, or something that is not known to be anything else. */
  readonly activation: 'sigmoid' | 'softmax' | 'linear';
}

export interface OwnModelTotals {
  readonly parameters: number;
  readonly trainable: number;
  readonly nonTrainable: number;
}

export interface OwnModel {
  readonly format: OwnModelFormat;
  /** As the model calls itself. */
  readonly name: string;
  readonly summary: readonly SummaryRow[];
  readonly totals: OwnModelTotals;
  /** Of the picture that it takes, in pixels; 3 channels or 1. */
  readonly input: { readonly height: number; readonly width: number; readonly channels: 1 | 3 };
  readonly output: OwnOutput;
  /** In the order in which they are computed. */
  readonly layers: readonly OwnLayer[];
  /** SHA-256, lower-case hex: of the file; of several files, of the lines "NAME HASH" in the order of their names. */
  readonly hash: string;
}

/** A file as it was dropped. */
export interface ModelFile {
  readonly name: string;
  readonly blob: Blob;
}

/** Of all files of a model together, and of what a zip unpacks to. */
export const OWN_MODEL_MAX_BYTES = 600_000_000;
