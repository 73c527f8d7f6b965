import { dispose } from '@tensorflow/tfjs-core';
import { LensError } from '../domain/errors';
import type { ModelManifest } from '../domain/manifest';
import { INPUT_PX } from '../domain/network';
import { normaliseRgb } from '../domain/normalise';
import type { Network } from './model';

const INPUT_BYTES = INPUT_PX * INPUT_PX * 3;

/**
 * One forward pass each; no maps are kept.
 * @param inputs - RGB bytes, [n, 128, 128, 3].
 * @returns Logits, [n].
 * @throws LensError `unexpected` if the bytes are not whole inputs, `device-lost`.
 */
export async function scoreInputs(
  network: Network,
  { mean, std }: ModelManifest['input'],
  inputs: Uint8Array,
): Promise<Float32Array<ArrayBuffer>> {
  if (inputs.length % INPUT_BYTES !== 0) throw new LensError('unexpected', `${inputs.length} bytes are not whole inputs`);
  const logits = new Float32Array(inputs.length / INPUT_BYTES);
  for (let i = 0; i < logits.length; i++) {
    const rgb = inputs.subarray(i * INPUT_BYTES, (i + 1) * INPUT_BYTES);
    const { maps, logit } = await network.forward(normaliseRgb(rgb, mean, std));
    dispose([...maps]);
    logits[i] = logit;
  }
  return logits;
}
