/** The worker's entry: wiring only. */
import * as Comlink from 'comlink';
import { createRequestLog } from '../domain/request-log';
import { backendRungs } from './backend';
import { decodePhoto, makeShowable } from './decode';
import { createEngineCore } from './engine-core';
import type { EngineApi, LoadProgress, LoadRequest, Outcome } from './protocol';
import { createModelStore } from './weights';

const requestLog = createRequestLog();
const requestObserver = new PerformanceObserver((list) => {
  requestLog.add(list.getEntries());
});
requestObserver.observe({ type: 'resource', buffered: true });

const core = createEngineCore({
  store: createModelStore(),
  backendRungs,
  decode: decodePhoto,
  makeShowable,
  listRequests() {
    requestLog.add(requestObserver.takeRecords());
    return [...requestLog.list()];
  },
});

/** Hands the buffers over instead of copying them. */
async function handOver<T>(outcome: Promise<Outcome<T>>, buffers: (value: T) => ArrayBuffer[]): Promise<Outcome<T>> {
  const settled = await outcome;
  return settled.ok ? Comlink.transfer(settled, buffers(settled.value)) : settled;
}

const api: EngineApi = {
  ...core,
  async load(request: LoadRequest, onProgress: (progress: LoadProgress) => void) {
    try {
      return await core.load(request, onProgress);
    } finally {
      // Else the callback's message port would stay open for good.
      (onProgress as Partial<Comlink.ProxyMethods>)[Comlink.releaseProxy]?.();
    }
  },
  analyse: (request) => handOver(core.analyse(request), ({ inputRgb }) => [inputRgb.buffer]),
  readThumbnail: (photo, maxSidePx) =>
    handOver(core.readThumbnail(photo, maxSidePx), ({ rgba }) => [rgba.buffer]),
  readLayer: (runId, layer) =>
    handOver(core.readLayer(runId, layer), ({ values, min, max, mean, deviation, active }) =>
      [values, min, max, mean, deviation, active].map(({ buffer }) => buffer),
    ),
  readMap: (runId, layer, filter) => handOver(core.readMap(runId, layer, filter), ({ values }) => [values.buffer]),
  muteEffects: (runId, layer, first, end) => handOver(core.muteEffects(runId, layer, first, end), ({ buffer }) => [buffer]),
  scoreInputs: (inputs) => handOver(core.scoreInputs(inputs), ({ buffer }) => [buffer]),
  explainHead: (runId) =>
    handOver(core.explainHead(runId), ({ gradCam, hiResCam, units, shares }) =>
      [gradCam, hiResCam, units, shares].map(({ buffer }) => buffer),
    ),
  maximise: (request) => handOver(core.maximise(request), ({ image }) => [image.buffer]),
  firstKernels: () => handOver(core.firstKernels(), ({ buffer }) => [buffer]),
};

Comlink.expose(api);
