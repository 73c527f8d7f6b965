/** Brings the head's weights and its input from the network to head-gradient.ts. */
import { LensError } from '../domain/errors';
import { convolutionsOf, hasClosedFormHead } from '../domain/network';
import type { ComputeNetwork, DenseWeights, RunHandle } from './compute';
import { explainHead, headUnits, type HeadExplanation, type HeadInput, type HeadWeights } from './head-gradient';

/** Both throw LensError: `device-lost`; `unexpected` if the head is not one that has a closed form. */
export interface HeadReader {
  explain(run: RunHandle): Promise<HeadExplanation>;
  /** Of the first dense layer, after ReLU, [units]; the caller's own. */
  units(run: RunHandle): Promise<Float32Array<ArrayBuffer>>;
}

/** The weights (8 MB) are read at the first call and kept. */
export function createHeadReader(network: ComputeNetwork): HeadReader {
  let weights: HeadWeights | null = null;

  async function read(run: RunHandle): Promise<[HeadInput, HeadWeights]> {
    if (!hasClosedFormHead(network.shape)) throw new LensError('unexpected', 'no closed form for this head');
    weights ??= headWeights(await network.denseWeights());
    const { name, side, channels } = convolutionsOf(network.shape).at(-1)!;
    return [{ activations: await network.readMaps(run, name), side, channels }, weights];
  }

  return {
    explain: async (run) => explainHead(...(await read(run))),
    units: async (run) => headUnits(...(await read(run))),
  };
}

function headWeights([first, second]: readonly DenseWeights[]): HeadWeights {
  if (first === undefined || second === undefined) throw new LensError('model-invalid', 'the head has not two dense layers');
  return { kernel1: first.kernel, bias1: first.bias, kernel2: second.kernel, bias2: second.bias[0]! };
}
