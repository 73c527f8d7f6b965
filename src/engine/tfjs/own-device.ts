/** What people's own models on tfjs share, whatever computes them: the backend beside others, what is read, what is kept. */
import { dispose, getBackend, memory, setBackend, slice, tidy, type Tensor } from '@tensorflow/tfjs-core';
import { LensError } from '../../domain/errors';
import type { RunHandle } from '../compute';
import type { OwnNetwork } from '../own-compute';
import type { OpenBackend } from './backend';

/** null: none is open, which tfjs's types leave out. */
export function currentBackendName(): string | null {
  return (getBackend as () => string | null | undefined)() ?? null;
}

export type Device = Pick<OpenBackend, 'backend' | 'detail' | 'lossGuard' | 'close'>;

/** The network that ships may be open on another of tfjs's backends, and tfjs knows only one at a time. */
export async function onDevice<T>({ backend, lossGuard }: Device, task: () => Promise<T>): Promise<T> {
  lossGuard.assertAlive();
  const before = currentBackendName();
  if (before !== backend) await setBackend(backend);
  try {
    return await task();
  } finally {
    if (before !== null && before !== backend) await setBackend(before);
  }
}

export async function read({ lossGuard }: Device, from: Tensor): Promise<Float32Array<ArrayBuffer>> {
  return new Float32Array(await lossGuard.guard(from.data()));
}

export async function readOutputs(device: Device, from: Tensor): Promise<Float32Array<ArrayBuffer>> {
  const outputs = await read(device, from);
  const bad = outputs.find((value) => !Number.isFinite(value));
  if (bad !== undefined) throw new LensError('engine-crashed', `an output is ${bad}`);
  return outputs;
}

/** Reads a tensor that is made for nothing else, and frees it. */
export async function readTemporary<T>(make: () => Tensor, reading: (from: Tensor) => Promise<T>): Promise<T> {
  const made = tidy(make);
  try {
    return await reading(made);
  } finally {
    made.dispose();
  }
}

/** What both kinds of models answer of their kept runs, in the same way. */
export function readsOf(device: Device, runs: KeptOutputs): Pick<OwnNetwork, 'readMaps' | 'readMap' | 'memory'> {
  return {
    readMaps: (run, layer) => onDevice(device, () => read(device, runs.find(run, layer))),
    readMap: (run, layer, filter) =>
      onDevice(device, () => {
        const maps = runs.find(run, layer);
        const [, height, width] = maps.shape as [number, number, number, number];
        return readTemporary(
          () => slice(maps, [0, 0, 0, filter], [1, height, width, 1]),
          (map) => read(device, map),
        );
      }),
    memory() {
      const { numTensors, numBytes } = memory();
      return { buffers: numTensors, bytes: numBytes };
    },
  };
}

export interface KeptOutputs {
  /** Takes the tensors over. */
  add(outputs: readonly Tensor[]): RunHandle;
  all(run: RunHandle): readonly Tensor[];
  /** A layer's maps, [1, height, width, channels]. */
  find(run: RunHandle, layer: string): Tensor;
  release(run: RunHandle): void;
  dispose(): void;
}

/** @param shown - place of each layer's maps among the outputs of a run. */
export function createKeptOutputs(shown: ReadonlyMap<string, number>): KeptOutputs {
  const runs = new Map<RunHandle, readonly Tensor[]>();
  let runsMade = 0;

  function all(run: RunHandle): readonly Tensor[] {
    const outputs = runs.get(run);
    if (outputs === undefined) throw new LensError('unexpected', `no maps of the handle ${run}`);
    return outputs;
  }

  function release(run: RunHandle): void {
    dispose([...(runs.get(run) ?? [])]);
    runs.delete(run);
  }

  return {
    add(outputs) {
      const run = ++runsMade as RunHandle;
      runs.set(run, outputs);
      return run;
    },
    all,
    find(run, layer) {
      const at = shown.get(layer);
      if (at === undefined) throw new LensError('unexpected', `no maps of the layer ${layer}`);
      return all(run)[at]!;
    },
    release,
    dispose: () => [...runs.keys()].forEach(release),
  };
}
