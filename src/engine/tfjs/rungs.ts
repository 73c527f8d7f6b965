/** TensorFlow.js's rungs of the ladder. Its code, the larger part of the engine's, is loaded only when one of them is tried. */
import { isSoftwareRenderer } from '../../domain/software-renderer';
import { LensError } from '../../domain/errors';
import type { Backend } from '../../domain/loaded-model';
import { availableThreads } from '../available-threads';
import type { ComputeRung } from '../compute';
import { probeRenderer } from './webgl-probe';

/**
 * WebGL, WASM with threads where they can be had, WASM without, CPU.
 * @param wasmUrl - folder of the .wasm files, ends in '/'.
 * @param acceptSoftware - WebGL that is drawn by software is not passed over.
 */
export function tfjsRungs(wasmUrl: string, acceptSoftware = false): readonly ComputeRung[] {
  const threads = availableThreads();
  const rung = (backend: Backend, count: number, passOver: () => string | null = () => null): ComputeRung => ({
    backend,
    way: backend === 'wasm' ? 'tfjs-wasm' : backend,
    passOver,
    async open(artifacts, shape) {
      const { openTfjsNetwork } = await importNetwork();
      return openTfjsNetwork(backend, wasmUrl, count, artifacts, shape);
    },
  });
  return [
    rung('webgl', 1, () => webglReason(acceptSoftware)),
    ...(threads > 1 ? [rung('wasm', threads)] : []),
    rung('wasm', 1),
    rung('cpu', 1),
  ];
}

function webglReason(acceptSoftware: boolean): string | null {
  const renderer = probeRenderer();
  if (renderer === null) return 'no WebGL 2 in a worker here';
  return isSoftwareRenderer(renderer) && !acceptSoftware ? `software rendering, slower than WebAssembly (${renderer})` : null;
}

async function importNetwork(): Promise<typeof import('./network')> {
  try {
    return await import('./network');
  } catch (error) {
    throw new LensError('model-download-failed', error instanceof Error ? error.message : String(error));
  }
}
