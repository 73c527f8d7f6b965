import { dispose } from '@tensorflow/tfjs-core';
import { LensError } from '../domain/errors';
import type { ModelManifest } from '../domain/manifest';
import { inputLength } from '../domain/network';
import { normaliseRgb } from '../domain/normalise';
import type { Network } from './model';

/**
 * One forward pass each; no maps are kept.
 * @param inputs - RGB bytes, [n, side, side, 3].
 * @returns Logits, [n].
 * @throws LensError `unexpected` if the bytes are not whole inputs, `device-lost`.
 */
export async function scoreInputs(
  network: Network,
  { mean, std }: ModelManifest['input'],
  inputs: Uint8Array,
): Promise<Float32Array<ArrayBuffer>> {
  const bytes = inputLength(network.shape);
  if (inputs.length % bytes !== 0) throw new LensError('unexpected', `${inputs.length} bytes are not whole inputs`);
  const logits = new Float32Array(inputs.length / bytes);
  for (let i = 0; i < logits.length; i++) {
    const rgb = inputs.subarray(i * bytes, (i + 1) * bytes);
    const { maps, logit } = await network.forward(normaliseRgb(rgb, mean, std));
    dispose([...maps]);
    logits[i] = logit;
  }
  return logits;
}
