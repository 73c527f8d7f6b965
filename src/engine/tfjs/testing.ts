/** What several tests of the network on tfjs share. No module of the app imports it. */
import type { Backend } from '../../domain/loaded-model';
import type { ModelManifest } from '../../domain/manifest';
import type { ComputeNetwork } from '../compute';
import { readArtifacts } from '../model-artifacts';
import { MODEL_URL, serveFiles } from '../testing';
import { createModelStore } from '../weights';
import { openBackend } from './backend';
import { buildTensorNetwork, type TensorNetwork } from './model';
import { createTfjsNetwork } from './network';

export interface TestNetwork {
  readonly network: ComputeNetwork;
  /** The same one's tensors. */
  readonly tensors: TensorNetwork;
  readonly input: ModelManifest['input'];
  /** Frees network and backend. */
  close(): void;
}

/** The network by itself on one backend, with neither worker nor self-test. */
export async function openTestNetwork(
  backend: Backend,
  wasmUrl: string,
  read: (name: string) => Uint8Array<ArrayBuffer> | null,
): Promise<TestNetwork> {
  const model = await createModelStore(serveFiles(read)).fetchModel(MODEL_URL, () => undefined);
  const open = await openBackend(backend, wasmUrl, 1);
  const tensors = await buildTensorNetwork(readArtifacts(model), model.manifest.network, open.lossGuard);
  const network = createTfjsNetwork(tensors, open);
  return { network, tensors, input: model.manifest.input, close: () => network.dispose() };
}
