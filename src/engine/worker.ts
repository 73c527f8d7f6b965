/** The worker's entry: wiring only. */
import * as Comlink from 'comlink';
import { createRequestLog } from '../domain/request-log';
import { decodePhoto, encodeFrame, makeShowable } from './decode';
import { availableThreads } from './available-threads';
import { createEngineCore } from './engine-core';
import type { LoadProgress } from '../domain/loaded-model';
import type { ComputeRung } from './compute';
import type { EngineApi, LoadRequest, Outcome } from './protocol';
import { kernelRungs } from './kernels/network';
import { tfjsRungs } from './tfjs/rungs';
import { probeRenderer } from './tfjs/webgl-probe';
import { createModelStore } from './weights';

const requestLog = createRequestLog();
const requestObserver = new PerformanceObserver((list) => {
  requestLog.add(list.getEntries());
});
requestObserver.observe({ type: 'resource', buffered: true });

function allRungs({ wasmUrl, kernels, acceptSoftware }: LoadRequest): readonly ComputeRung[] {
  const tfjs = tfjsRungs(wasmUrl, acceptSoftware);
  if (kernels === 'tfjs') return tfjs;
  const own = kernelRungs((artifacts, shape) => tfjs.findLast(({ backend }) => backend === 'wasm')!.open(artifacts, shape));
  return [...own, ...tfjs];
}

const core = createEngineCore({
  store: createModelStore(),
  rungs: allRungs,
  describeCompute: () => ({ renderer: probeRenderer() ?? '', threads: availableThreads() }),
  decode: decodePhoto,
  makeShowable,
  encodeFrame,
  importOwnOpener: async () => (await import('./tfjs/own-network')).openOwnModel,
  listRequests() {
    requestLog.add(requestObserver.takeRecords());
    return [...requestLog.list()];
  },
});

/** Of the typed arrays that a value is, or has as its own or further down. */
function buffersOf(value: unknown): ArrayBufferLike[] {
  if (ArrayBuffer.isView(value)) return [value.buffer];
  if (typeof value !== 'object' || value === null) return [];
  return [...new Set(Object.values(value).flatMap(buffersOf))];
}

/** The same call, but it hands the answer's buffers over instead of copying them. */
function handingOver<A extends unknown[], T>(call: (...args: A) => Promise<Outcome<T>>): (...args: A) => Promise<Outcome<T>> {
  return async (...args) => {
    const outcome = await call(...args);
    return outcome.ok ? Comlink.transfer(outcome, buffersOf(outcome.value) as ArrayBuffer[]) : outcome;
  };
}

const calls = Object.fromEntries(
  Object.entries(core).map(([name, call]) => [name, handingOver(call as (...args: unknown[]) => Promise<Outcome<unknown>>)]),
) as unknown as EngineApi;

const api: EngineApi = {
  ...calls,
  async load(request: LoadRequest, onProgress: (progress: LoadProgress) => void) {
    try {
      return await core.load(request, onProgress);
    } finally {
      // Else the callback's message port would stay open for good.
      (onProgress as Partial<Comlink.ProxyMethods>)[Comlink.releaseProxy]?.();
    }
  },
};

Comlink.expose(api);
