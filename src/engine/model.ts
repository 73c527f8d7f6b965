/** The network on the current backend: one forward pass yields all 13 maps and the logit. */
import { dispose, io, tensor4d, tidy, type Tensor, type Tensor4D } from '@tensorflow/tfjs-core';
import { loadLayersModel, model as functionalModel, type LayersModel, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { LensError } from '../domain/errors';
import { CONV_LAYERS, INPUT_PX, PARAMETERS } from '../domain/network';
import { toEngineError } from './engine-error';
import { createLossGuard, type LossGuard } from './loss-guard';
import type { ModelArtifacts } from './model-artifacts';

/** What one pass leaves on the device. The caller disposes the maps. */
export interface ForwardPass {
  /** One a convolution, in network order, each [1, side, side, channels] after ReLU. */
  readonly maps: readonly Tensor4D[];
  /** Before calibration; finite. */
  readonly logit: number;
}

export interface Network {
  /**
   * @param input - normalised, [128, 128, 3].
   * @throws LensError `engine-crashed` if the device was lost or the logit is not a number.
   */
  forward(input: Float32Array): Promise<ForwardPass>;
  /** A map's numbers on the CPU; never the zeros of a lost device. */
  read(tensor: Tensor): Promise<Float32Array>;
  dispose(): void;
}

/** @throws LensError `model-invalid` if the topology is not the network of domain/network.ts. */
export async function buildNetwork(artifacts: ModelArtifacts, lossGuard: LossGuard = createLossGuard()): Promise<Network> {
  const sequential = await loadSequential(artifacts);
  let network: LayersModel;
  try {
    network = withAllOutputs(sequential);
  } catch (error) {
    sequential.dispose();
    throw error;
  }

  async function read(tensor: Tensor): Promise<Float32Array> {
    return (await lossGuard.guard(tensor.data())) as Float32Array;
  }

  return {
    read,
    async forward(input) {
      lossGuard.assertAlive();
      // `apply` rather than `predict`: no slicing into batches and joining them again.
      const outputs = tidy(() => network.apply(tensor4d(input, [1, INPUT_PX, INPUT_PX, 3])) as Tensor[]);
      const logitTensor = outputs.at(-1)!;
      try {
        const [logit] = await read(logitTensor);
        if (logit === undefined || !Number.isFinite(logit)) throw new LensError('engine-crashed', `the logit is ${logit}`);
        return { maps: outputs.slice(0, -1) as Tensor4D[], logit };
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

async function loadSequential({ topology, weightSpecs, weightData }: ModelArtifacts): Promise<LayersModel> {
  try {
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

function withAllOutputs(sequential: LayersModel): LayersModel {
  const parameters = sequential.countParams();
  if (parameters !== PARAMETERS) throw new LensError('model-invalid', `${parameters} parameters, not ${PARAMETERS}`);
  const [input] = sequential.inputs;
  assertShape('the input', input?.shape, [INPUT_PX, INPUT_PX, 3]);
  const convs = CONV_LAYERS.map(({ name, side, channels }) => {
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
