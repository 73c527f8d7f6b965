import { inpaint } from '../domain/inpaint';
import type { ErasedInput } from '../domain/analysis';
import type { ModelManifest } from '../domain/manifest';
import { markShortcut, type Shortcut } from '../domain/shortcut-masks';
import type { ComputeNetwork } from './compute';
import { scoreInputs } from './score-inputs';

/**
 * One forward pass at most; no maps are kept.
 * @param input - RGB bytes [side, side, 3].
 * @throws LensError `device-lost`, `engine-crashed`.
 */
export async function eraseShortcut(
  network: Pick<ComputeNetwork, 'score' | 'shape'>,
  normalisation: ModelManifest['input'],
  input: Uint8Array<ArrayBuffer>,
  shortcut: Shortcut,
): Promise<ErasedInput> {
  const { side } = network.shape.input;
  const mask = markShortcut(input, side, shortcut);
  const share = mask.reduce((sum, isErased) => sum + isErased, 0) / mask.length;
  // Where all would be erased nothing could flow in.
  if (share === 0 || share === 1) return { shortcut, share, rgb: input, logit: null };
  const rgb = inpaint(input, side, mask);
  const [logit] = await scoreInputs(network, normalisation, rgb);
  return { shortcut, share, rgb, logit: logit! };
}
