/** Brings the head's weights and its input from the device to head-gradient.ts. */
import { LensError } from '../domain/errors';
import { convolutionsOf, hasClosedFormHead } from '../domain/network';
import { explainHead, type HeadExplanation, type HeadWeights } from './head-gradient';
import type { ForwardPass, Network } from './model';

/** @throws LensError `device-lost`; `unexpected` if the head is not one that has a closed form. */
export type HeadExplainer = (run: ForwardPass) => Promise<HeadExplanation>;

/** The weights (8 MB) are read at the first call and kept. */
export function createHeadExplainer(network: Network): HeadExplainer {
  let weights: HeadWeights | null = null;
  return async (run) => {
    if (!hasClosedFormHead(network.shape)) throw new LensError('unexpected', 'no closed form for this head');
    weights ??= await readHeadWeights(network);
    const { side, channels } = convolutionsOf(network.shape).at(-1)!;
    return explainHead({ activations: await network.read(run.maps.at(-1)!), side, channels }, weights);
  };
}

async function readHeadWeights(network: Network): Promise<HeadWeights> {
  const tensors = network.chain.filter(({ kind }) => kind === 'dense').flatMap((layer) => layer.weights());
  const [kernel1, bias1, kernel2, bias2] = await Promise.all(tensors.map((tensor) => network.read(tensor)));
  if (kernel1 === undefined || bias1 === undefined || kernel2 === undefined || bias2 === undefined) {
    throw new LensError('model-invalid', `the head has ${tensors.length} weights, not 4`);
  }
  return { kernel1, bias1, kernel2, bias2: bias2[0]! };
}
