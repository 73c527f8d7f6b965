/** One engine in a worker of its own. */
import * as Comlink from 'comlink';
import { drawGoldenInput } from '../../src/domain/golden-input';
import { normaliseRgb } from '../../src/domain/normalise';
import { halvesToFloats } from '../../src/engine/halves';
import { openKernelNetwork } from '../../src/engine/kernels/network';
import { readHalves } from '../../src/engine/weight-files';
import { readArtifacts } from '../../src/engine/model-artifacts';
import { tfjsRungs } from '../../src/engine/tfjs/rungs';
import { createModelStore } from '../../src/engine/weights';
import { writeOnnx } from './onnx';
import type { BenchWorker, EngineOptions } from './protocol';

/** What of onnxruntime-web is used. */
interface Ort {
  readonly env: { readonly wasm: { numThreads: number; wasmPaths: string } };
  readonly Tensor: new (type: 'float32', data: Float32Array, dims: readonly number[]) => object;
  readonly InferenceSession: {
    create(
      model: Uint8Array,
      options: object,
    ): Promise<{
      run(feeds: Record<string, object>): Promise<Record<string, { readonly data: Float32Array }>>;
    }>;
  };
}

type Pass = () => Promise<number>;

async function prepare(options: EngineOptions): Promise<() => Promise<Pass>> {
  const model = await createModelStore(undefined, undefined).fetchModel(options.modelUrl, () => undefined);
  const artifacts = readArtifacts(model);
  const { network: shape, input: scaling } = model.manifest;
  const input = normaliseRgb(drawGoldenInput('lesion', shape.input.side), scaling.mean, scaling.std);
  const { kind, threads } = options;
  if (kind === 'ours') {
    return async () => {
      const network = await openKernelNetwork(artifacts, shape, threads, () => Promise.reject(new Error('not asked for')));
      return () => network.score(input);
    };
  }
  if (kind === 'tfjs') {
    await import('../../src/engine/tfjs/network'); // its code is there before the time runs
    const rungs = tfjsRungs(options.wasmUrl).filter(({ backend }) => backend === 'wasm');
    return async () => {
      const network = await (threads > 1 ? rungs[0]! : rungs.at(-1)!).open(artifacts, shape);
      return () => network.score(input);
    };
  }
  const onnx = writeOnnx(
    shape,
    artifacts.weightSpecs.map((_, i) => halvesToFloats(readHalves(artifacts, i))),
  );
  const ort = (await import(/* @vite-ignore */ `${options.ortUrl}ort.wasm.min.mjs`)) as Ort;
  const { side, channels } = shape.input;
  // Its layout is channels first.
  const planes = input.map((_, i) => input[(i % (side * side)) * channels + Math.floor(i / (side * side))]!);
  return async () => {
    ort.env.wasm.numThreads = threads;
    ort.env.wasm.wasmPaths = options.ortUrl;
    const session = await ort.InferenceSession.create(onnx, { executionProviders: ['wasm'], graphOptimizationLevel: 'all' });
    return async () => {
      const feeds = { input: new ort.Tensor('float32', planes, [1, channels, side, side]) };
      return (await session.run(feeds))['logit']!.data[0]!;
    };
  };
}

let pass: Pass | null = null;

const bench: BenchWorker = {
  async open(options) {
    const start = await prepare(options);
    const startMs = performance.now();
    pass = await start();
    const logit = await pass();
    return { ms: performance.now() - startMs, logit };
  },
  async pass() {
    if (pass === null) throw new Error('not open');
    const startMs = performance.now();
    const logit = await pass();
    return { ms: performance.now() - startMs, logit };
  },
};

Comlink.expose(bench);
