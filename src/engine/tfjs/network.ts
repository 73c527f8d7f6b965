/** The network on a tfjs backend, behind the inner interface: here handles become tensors, and tensors plain numbers. */
import { dispose, maxPool, memory, slice, type Tensor4D } from '@tensorflow/tfjs-core';
import { LensError } from '../../domain/errors';
import type { Backend } from '../../domain/loaded-model';
import { convolutionBehind, convolutionsOf, isConvolution, layerOf, type NetworkShape } from '../../domain/network';
import type { ComputeNetwork, DenseWeights, RunHandle } from '../compute';
import type { ModelArtifacts } from '../model-artifacts';
import { openBackend, type OpenBackend } from './backend';
import { createFilterProbe } from './filter-gradient';
import type { ChainLayer } from './layer-chain';
import { buildTensorNetwork, readTemporary, type ForwardPass, type TensorNetwork } from './model';
import { createMutedTail, keptMaps } from './muted-logits';

/** @param threads - of WebAssembly. @throws LensError as `ComputeRung.open`. */
export async function openTfjsNetwork(
  backend: Backend,
  wasmUrl: string,
  threads: number,
  artifacts: ModelArtifacts,
  shape: NetworkShape,
): Promise<ComputeNetwork> {
  const device = await openBackend(backend, wasmUrl, threads);
  try {
    return createTfjsNetwork(await buildTensorNetwork(artifacts, shape, device.lossGuard), device);
  } catch (error) {
    device.close();
    throw error;
  }
}

/** Takes both over: `dispose` frees the network's tensors and closes the backend. */
export function createTfjsNetwork(
  tensors: TensorNetwork,
  device: Pick<OpenBackend, 'backend' | 'detail' | 'close'>,
): ComputeNetwork {
  const { shape, chain } = tensors;
  const mutedTail = createMutedTail(tensors);
  const passes = new Map<RunHandle, ForwardPass>();
  let runsMade = 0;

  function find(run: RunHandle): ForwardPass {
    const pass = passes.get(run);
    if (pass === undefined) throw new LensError('unexpected', `no maps of the handle ${run}`);
    return pass;
  }

  function release(run: RunHandle): void {
    const pass = passes.get(run);
    if (pass === undefined) return;
    mutedTail.forget(pass);
    dispose([...pass.maps]);
    passes.delete(run);
  }

  return {
    backend: device.backend,
    detail: device.detail,
    shape,
    async forward(input) {
      const pass = await tensors.forward(input);
      const run = ++runsMade as RunHandle;
      passes.set(run, pass);
      return { run, logit: pass.logit };
    },
    async score(input) {
      const { maps, logit } = await tensors.forward(input);
      dispose([...maps]);
      return logit;
    },
    release,
    readMaps: (run, layer) => readMaps(tensors, find(run), layer),
    readMap: (run, layer, filter) => readMap(tensors, find(run), layer, filter),
    mutedLogits: (run, variants) => mutedTail.logits(find(run), variants),
    firstKernels: () => tensors.read(chain[0]!.weights()[0]!),
    denseWeights: () => Promise.all(chain.filter(({ kind }) => kind === 'dense').map((layer) => readDense(tensors, layer))),
    probeFilter: (layer, filter) => createFilterProbe(tensors, layer, filter),
    memory() {
      const { numTensors, numBytes } = memory();
      return { buffers: numTensors, bytes: numBytes };
    },
    dispose() {
      for (const run of [...passes.keys()]) release(run);
      mutedTail.dispose();
      tensors.dispose();
      device.close();
    },
  };
}

/** A convolution's maps lie there; a pool's are computed from them. */
async function readMaps(tensors: TensorNetwork, pass: ForwardPass, layer: string): Promise<Float32Array> {
  const source = mapsBehind(tensors.shape, pass, layer);
  return isConvolution(tensors.shape, layer) ? tensors.read(source) : readTemporary(tensors, () => pool(source));
}

function readMap(tensors: TensorNetwork, pass: ForwardPass, layer: string, filter: number): Promise<Float32Array> {
  const { shape } = tensors;
  const source = mapsBehind(shape, pass, layer);
  const { side } = layerOf(shape, layer);
  return readTemporary(tensors, () =>
    slice(isConvolution(shape, layer) ? source : pool(source), [0, 0, 0, filter], [1, side, side, 1]),
  );
}

function mapsBehind(shape: NetworkShape, pass: ForwardPass, layer: string): Tensor4D {
  return keptMaps(convolutionsOf(shape), pass, convolutionBehind(shape, layer).name);
}

function pool(maps: Tensor4D): Tensor4D {
  return maxPool(maps, 2, 2, 'valid');
}

async function readDense(tensors: TensorNetwork, layer: ChainLayer): Promise<DenseWeights> {
  const [kernel, bias] = await Promise.all(layer.weights().map((weights) => tensors.read(weights)));
  if (kernel === undefined || bias === undefined) throw new LensError('model-invalid', `${layer.name} has no kernel or no bias`);
  return { kernel, bias };
}
