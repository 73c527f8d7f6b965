/** Brings the head's weights and its input from the network to head-gradient.ts. */
import { LensError } from '../domain/errors';
import { convolutionsOf, hasClosedFormHead } from '../domain/network';
import type { ComputeNetwork, DenseWeights, RunHandle } from './compute';
import { explainHead, type HeadExplanation, type HeadWeights } from './head-gradient';

/** @throws LensError `device-lost`; `unexpected` if the head is not one that has a closed form. */
export type HeadExplainer = (run: RunHandle) => Promise<HeadExplanation>;

/** The weights (8 MB) are read at the first call and kept. */
export function createHeadExplainer(network: ComputeNetwork): HeadExplainer {
  let weights: HeadWeights | null = null;
  return async (run) => {
    if (!hasClosedFormHead(network.shape)) throw new LensError('unexpected', 'no closed form for this head');
    weights ??= headWeights(await network.denseWeights());
    const { name, side, channels } = convolutionsOf(network.shape).at(-1)!;
    return explainHead({ activations: await network.readMaps(run, name), side, channels }, weights);
  };
}

function headWeights([first, second]: readonly DenseWeights[]): HeadWeights {
  if (first === undefined || second === undefined) throw new LensError('model-invalid', 'the head has not two dense layers');
  return { kernel1: first.kernel, bias1: first.bias, kernel2: second.kernel, bias2: second.bias[0]! };
}
