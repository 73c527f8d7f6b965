/** The network on our own kernels, behind the inner interface. */
import { LensError } from '../../domain/errors';
import { layerOf, type NetworkShape } from '../../domain/network';
import type { ComputeNetwork, ComputeRung, DenseWeights, FilterProbe, RunHandle } from '../compute';
import type { ModelArtifacts } from '../model-artifacts';
import { availableThreads } from '../available-threads';
import { halvesToFloats } from '../halves';
import { halvesBytes, readHalves } from '../weight-files';
import { compileKernels, openMachine, type Machine } from './machine';
import { assertComputable, LOOSE_STEP, planNetwork, writeStep, type KernelPlan } from './plan';
import { Runner } from './runner';

/** Runs whose maps the memory can hold at once, and one that leaves none. */
const MAX_SLOTS = 12;

/** Opens the same network elsewhere, for what the kernels do not compute. */
export type OpenElsewhere = (artifacts: ModelArtifacts, shape: NetworkShape) => Promise<ComputeNetwork>;

/** The kernels' rungs of the ladder: with threads where they can be had, and without. */
export function kernelRungs(openElsewhere: OpenElsewhere): readonly ComputeRung[] {
  const threads = availableThreads();
  return [...(threads > 1 ? [threads] : []), 1].map((count) => ({
    backend: 'wasm',
    way: 'kernels',
    passOver: () => null,
    prepare: () => void compileOnce(count).catch(() => undefined),
    open: (artifacts, shape) => openKernelNetwork(artifacts, shape, count, openElsewhere),
  }));
}

/** By whether there are threads. */
const modules = new Map<boolean, Promise<WebAssembly.Module>>();

/** What failed, its code that did not come for instance, is tried again at the next call. */
function compileOnce(threads: number): Promise<WebAssembly.Module> {
  const isThreaded = threads > 1;
  const coming = modules.get(isThreaded) ?? compile(isThreaded);
  modules.set(isThreaded, coming);
  coming.catch(() => modules.delete(isThreaded));
  return coming;
}

async function compile(isThreaded: boolean): Promise<WebAssembly.Module> {
  const code = isThreaded ? await import('virtual:kernels-threads') : await import('virtual:kernels-single');
  return compileKernels(code.default);
}

/** @throws LensError as `ComputeRung.open`. */
export async function openKernelNetwork(
  artifacts: ModelArtifacts,
  shape: NetworkShape,
  threads: number,
  openElsewhere: OpenElsewhere,
): Promise<ComputeNetwork> {
  assertComputable(artifacts, shape);
  const plan = planNetwork(shape);
  const slots = plan.scratch + threads * plan.scratchBytes;
  const largest = Math.max(...artifacts.weightSpecs.map(halvesBytes));
  const machine = await openMachine(compileOnce(threads), {
    threads,
    bytes: slots + Math.max(plan.slotBytes, largest),
    maxBytes: slots + MAX_SLOTS * Math.max(plan.slotBytes, largest),
    scratch: plan.scratch,
    scratchBytes: plan.scratchBytes,
  });
  try {
    packWeights(machine, plan, artifacts, slots);
    plan.steps.forEach((step, i) => writeStep(machine.buffer, i, step));
    return createKernelNetwork(machine, new Runner(machine, plan, shape, slots), artifacts, shape, openElsewhere);
  } catch (error) {
    machine.close();
    throw error;
  }
}

/** Through the place of the first slot, which is free yet. */
function packWeights(machine: Machine, plan: KernelPlan, artifacts: ModelArtifacts, staging: number): void {
  for (const { step, spec, target } of plan.packings) {
    if (step === null) {
      const values = halvesToFloats(readHalves(artifacts, spec));
      packSmall(new Float32Array(machine.buffer, target), values, artifacts.weightSpecs[spec]!.shape.at(-1)!);
    } else {
      new Uint8Array(machine.buffer, staging).set(readHalves(artifacts, spec));
      writeStep(machine.buffer, LOOSE_STEP, { ...step, source: staging });
      machine.run(LOOSE_STEP, LOOSE_STEP + 1, 0);
    }
  }
}

/** A bias, or weights of units that are no whole eights: [inputs][units] -> [units / 8][inputs][8], what is missing 0. */
function packSmall(to: Float32Array, values: Float32Array, units: number): void {
  const inputs = values.length / units;
  for (let i = 0; i < inputs; i++) {
    for (let n = 0; n < units; n++) to[((n >> 3) * inputs + i) * 8 + (n & 7)] = values[i * units + n]!;
  }
}

/** Takes the machine over. */
function createKernelNetwork(
  machine: Machine,
  runner: Runner,
  artifacts: ModelArtifacts,
  shape: NetworkShape,
  openElsewhere: OpenElsewhere,
): ComputeNetwork {
  const runs = new Map<RunHandle, number>();
  let runsMade = 0;
  let elsewhere: Promise<ComputeNetwork> | null = null;

  function find(run: RunHandle): number {
    const slot = runs.get(run);
    if (slot === undefined) throw new LensError('unexpected', `no maps of the handle ${run}`);
    return slot;
  }

  /** What failed, its code that did not come for instance, is tried again at the next call. */
  function openOnce(): Promise<ComputeNetwork> {
    elsewhere ??= openElsewhere(artifacts, shape).catch((error: unknown) => {
      elsewhere = null;
      throw error;
    });
    return elsewhere;
  }

  return {
    backend: 'wasm',
    detail: `own kernels, SIMD, ${machine.threads} thread${machine.threads === 1 ? '' : 's'}`,
    shape,
    forward: later((input) => {
      const { slot, logit } = runner.compute(input);
      const run = ++runsMade as RunHandle;
      runs.set(run, slot);
      return { run, logit };
    }),
    score: later((input) => {
      const { slot, logit } = runner.compute(input);
      runner.free(slot);
      return logit;
    }),
    release(run) {
      const slot = runs.get(run);
      if (slot === undefined) return;
      runs.delete(run);
      runner.free(slot);
    },
    // Copies: growing may move the memory.
    readMaps: later((run, layer) => runner.maps(find(run), layer).slice()),
    readPlanes: later((run, layer) => runner.planes(find(run), layer)),
    readStatistics: later((run, layer) => runner.statistics(find(run), layer)),
    readMap: later((run, layer, filter) => {
      const maps = runner.maps(find(run), layer);
      const { channels, side } = layerOf(shape, layer);
      return Float32Array.from({ length: side * side }, (_, i) => maps[i * channels + filter]!);
    }),
    mutedLogits: later((run, variants) => runner.mutedLogits(find(run), variants)),
    firstKernels: later(() => halvesToFloats(readHalves(artifacts, 0))),
    denseWeights: later(() => readDense(artifacts, shape)),
    probeFilter: (layer, filter) => probeElsewhere(openOnce, layer, filter),
    memory: () => ({ buffers: runs.size, bytes: machine.buffer.byteLength }),
    dispose() {
      machine.close();
      void elsewhere?.then((network) => network.dispose()).catch(() => undefined);
    },
  };
}

/** As the interface wants it: what is thrown becomes a rejection. */
function later<A extends unknown[], T>(compute: (...args: A) => T): (...args: A) => Promise<T> {
  return (...args) => new Promise((resolve) => resolve(compute(...args)));
}

function readDense(artifacts: ModelArtifacts, { dense }: NetworkShape): readonly DenseWeights[] {
  const first = artifacts.weightSpecs.length - 2 * dense.length;
  return dense.map((_, i) => ({
    kernel: halvesToFloats(readHalves(artifacts, first + 2 * i)),
    bias: halvesToFloats(readHalves(artifacts, first + 2 * i + 1)),
  }));
}

/** The kernels have no gradients. */
function probeElsewhere(open: () => Promise<ComputeNetwork>, layer: string, filter: number): FilterProbe {
  let probe: Promise<FilterProbe> | null = null;
  const opened = (): Promise<FilterProbe> => (probe ??= open().then((network) => network.probeFilter(layer, filter)));
  return {
    gradient: async (input, side) => (await opened()).gradient(input, side),
    mean: async (input, side) => (await opened()).mean(input, side),
    dispose: () => void probe?.then((made) => made.dispose()).catch(() => undefined),
  };
}
