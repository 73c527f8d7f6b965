import { LensError } from '../domain/errors';
import type { ModelManifest } from '../domain/manifest';
import { inputLength } from '../domain/network';
import { normaliseRgb } from '../domain/normalise';
import type { ComputeNetwork } from './compute';

/**
 * One forward pass each; no maps are kept.
 * @param inputs - RGB bytes, [n, side, side, 3].
 * @returns Logits, [n].
 * @throws LensError `unexpected` if the bytes are not whole inputs, `device-lost`.
 */
export async function scoreInputs(
  network: Pick<ComputeNetwork, 'score' | 'shape'>,
  { mean, std }: ModelManifest['input'],
  inputs: Uint8Array,
): Promise<Float32Array<ArrayBuffer>> {
  const bytes = inputLength(network.shape);
  if (inputs.length % bytes !== 0) throw new LensError('unexpected', `${inputs.length} bytes are not whole inputs`);
  const logits = new Float32Array(inputs.length / bytes);
  for (let i = 0; i < logits.length; i++) {
    const rgb = inputs.subarray(i * bytes, (i + 1) * bytes);
    logits[i] = await network.score(normaliseRgb(rgb, mean, std));
  }
  return logits;
}
