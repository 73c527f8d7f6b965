/** One list of weights out of the shards, which are one long file cut into pieces. */
import { LensError } from '../../domain/errors';
import type { ModelArtifacts } from '../model-artifacts';

const HALF = 2;

/** Bytes of a list, float16. */
export function specBytes({ weightSpecs }: Pick<ModelArtifacts, 'weightSpecs'>, index: number): number {
  return weightSpecs[index]!.shape.reduce((product, size) => product * size, HALF);
}

/** @param index - in the order of `weightSpecs`. @returns A view where it lies in one shard, else a copy. */
export function readSpec(artifacts: Pick<ModelArtifacts, 'weightSpecs' | 'weightData'>, index: number): Uint8Array {
  let at = 0;
  for (let i = 0; i < index; i++) at += specBytes(artifacts, i);
  const length = specBytes(artifacts, index);
  const pieces: Uint8Array[] = [];
  let start = 0;
  for (const shard of artifacts.weightData) {
    const from = Math.max(0, at - start);
    const to = Math.min(shard.byteLength, at + length - start);
    if (from < to) pieces.push(new Uint8Array(shard, from, to - from));
    start += shard.byteLength;
  }
  if (pieces.length === 1) return pieces[0]!;
  const whole = new Uint8Array(length);
  let filled = 0;
  for (const piece of pieces) {
    whole.set(piece, filled);
    filled += piece.length;
  }
  if (filled !== length) throw new LensError('model-invalid', `weights ${index} end after ${filled} of ${length} bytes`);
  return whole;
}
