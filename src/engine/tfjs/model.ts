/** The network on the current backend: one forward pass yields the maps of every convolution and the logit. */
import { dispose, io, tensor4d, tidy, type Tensor, type Tensor4D } from '@tensorflow/tfjs-core';
import { loadLayersModel, model as functionalModel, type LayersModel, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { LensError } from '../../domain/errors';
import { convolutionsOf, type NetworkShape } from '../../domain/network';
import { toEngineError } from '../engine-error';
import { createLossGuard, type LossGuard } from './loss-guard';
import type { ModelArtifacts } from '../model-artifacts';
import { withHalves } from '../weight-files';
import { readChain, type ChainLayer } from './layer-chain';

/** What one pass leaves on the device. The caller disposes the maps. */
export interface ForwardPass {
  /** One a convolution, in network order, each [1, side, side, channels] after ReLU. */
  readonly maps: readonly Tensor4D[];
  /** Before calibration; finite. */
  readonly logit: number;
}

export interface TensorNetwork {
  readonly shape: NetworkShape;
  /**
   * @param input - normalised, [side, side, 3].
   * @throws LensError `device-lost`; `engine-crashed` if the logit is not a number.
   */
  forward(input: Float32Array): Promise<ForwardPass>;
  /** Every layer by itself, in order, to run a part of the network. */
  readonly chain: readonly ChainLayer[];
  /** A tensor's numbers on the CPU; never the zeros of a lost device. On some backends the tensor's own memory. */
  read(tensor: Tensor): Promise<Float32Array>;
  /** The same for logits. @throws LensError `device-lost`; `engine-crashed` if one is not a number. */
  readLogits(tensor: Tensor): Promise<Float32Array>;
  dispose(): void;
}

/** @throws LensError `model-invalid` if the topology is not of that shape. */
export async function buildTensorNetwork(
  artifacts: ModelArtifacts,
  shape: NetworkShape,
  lossGuard: LossGuard = createLossGuard(),
): Promise<TensorNetwork> {
  const sequential = await loadSequential(artifacts);
  let network: LayersModel;
  let chain: readonly ChainLayer[];
  try {
    network = withAllOutputs(sequential, shape);
    chain = readChain(sequential, shape);
  } catch (error) {
    sequential.dispose();
    throw error;
  }

  async function read(tensor: Tensor): Promise<Float32Array> {
    return (await lossGuard.guard(tensor.data())) as Float32Array;
  }

  async function readLogits(tensor: Tensor): Promise<Float32Array> {
    const logits = await read(tensor);
    const bad = logits.find((logit) => !Number.isFinite(logit));
    if (logits.length === 0 || bad !== undefined) throw new LensError('engine-crashed', `the logit is ${bad}`);
    return logits;
  }

  const { side, channels } = shape.input;
  return {
    shape,
    chain,
    read,
    readLogits,
    async forward(input) {
      lossGuard.assertAlive();
      // `apply` rather than `predict`: no slicing into batches and joining them again.
      const outputs = tidy(() => network.apply(tensor4d(input, [1, side, side, channels])) as Tensor[]);
      const logitTensor = outputs.at(-1)!;
      try {
        const [logit] = await readLogits(logitTensor);
        return { maps: outputs.slice(0, -1) as Tensor4D[], logit: logit! };
      } catch (error) {
        dispose(outputs.slice(0, -1));
        throw error;
      } finally {
        logitTensor.dispose();
      }
    },
    // The functional model holds the same layers and no tensors of its own.
    dispose: () => void sequential.dispose(),
  };
}

/** Reads a tensor that is made for nothing else, and frees it. */
export async function readTemporary(network: Pick<TensorNetwork, 'read'>, make: () => Tensor): Promise<Float32Array> {
  const tensor = tidy(make);
  try {
    return await network.read(tensor);
  } finally {
    tensor.dispose();
  }
}

async function loadSequential(artifacts: ModelArtifacts): Promise<LayersModel> {
  try {
    const { topology, weightSpecs, weightData } = withHalves(artifacts);
    return await loadLayersModel(
      io.fromMemory({
        modelTopology: topology,
        weightSpecs: weightSpecs.map((spec) => ({ ...spec, shape: [...spec.shape] })),
        weightData: [...weightData],
      }),
    );
  } catch (error) {
    const known = toEngineError(error);
    throw known.code === 'unexpected' ? new LensError('model-invalid', known.detail) : known;
  }
}

function withAllOutputs(sequential: LayersModel, shape: NetworkShape): LayersModel {
  const parameters = sequential.countParams();
  if (parameters !== shape.parameters) throw new LensError('model-invalid', `${parameters} parameters, not ${shape.parameters}`);
  const [input] = sequential.inputs;
  assertShape('the input', input?.shape, [shape.input.side, shape.input.side, shape.input.channels]);
  const convs = convolutionsOf(shape).map(({ name, side, channels }) => {
    const output = findOutput(sequential, name);
    assertShape(name, output.shape, [side, side, channels]);
    return output;
  });
  const [logit] = sequential.outputs;
  assertShape('the output', logit?.shape, [1]);
  return functionalModel({ inputs: sequential.inputs, outputs: [...convs, logit!] });
}

function findOutput(sequential: LayersModel, name: string): SymbolicTensor {
  const layer = sequential.layers.find((l) => l.name === name);
  if (layer === undefined) throw new LensError('model-invalid', `no layer ${name}`);
  if (layer.getClassName() !== 'Conv2D') throw new LensError('model-invalid', `${name} is a ${layer.getClassName()}`);
  return layer.output as SymbolicTensor;
}

/** @param shape - with the batch first, null for "any". */
function assertShape(what: string, shape: readonly (number | null)[] | undefined, wanted: readonly number[]): void {
  if (String(shape?.slice(1)) !== String(wanted)) {
    throw new LensError('model-invalid', `${what} has shape [${String(shape)}], not [1, ${wanted.join(', ')}]`);
  }
}
