/** Engines in one page, each in its worker, asked in turn. */
import * as Comlink from 'comlink';
import type { BenchWorker, EngineTimes } from './protocol';

const KINDS = ['ours', 'tfjs', 'ort'] as const;
const WARM_UP = 3;

function address(path: string): string {
  return new URL(path, document.baseURI).href;
}

async function measure(version: string, coldRounds: number, warmRounds: number): Promise<readonly EngineTimes[]> {
  const engines = [1, 2].flatMap((threads) =>
    KINDS.map((kind) => ({
      kind,
      threads,
      coldMs: [] as number[],
      warmMs: [] as number[],
      logit: 0,
      live: null as Comlink.Remote<BenchWorker> | null,
    })),
  );
  for (let round = 0; round < coldRounds; round++) {
    for (const engine of engines) {
      const worker = new Worker(new URL('./engine-worker.ts', import.meta.url), { type: 'module' });
      const api = Comlink.wrap<BenchWorker>(worker);
      const { kind, threads } = engine;
      const { ms, logit } = await api.open({
        kind,
        threads,
        modelUrl: address(`model/${version}/`),
        wasmUrl: address('wasm/'),
        ortUrl: address('ort/'),
      });
      engine.coldMs.push(ms);
      engine.logit = logit;
      if (round === coldRounds - 1) engine.live = api;
      else worker.terminate();
    }
  }
  for (let round = 0; round < warmRounds + WARM_UP; round++) {
    for (const engine of round % 2 === 0 ? engines : [...engines].reverse()) {
      const { ms } = await engine.live!.pass();
      if (round >= WARM_UP) engine.warmMs.push(ms);
    }
  }
  return engines.map(({ kind, threads, logit, coldMs, warmMs }) => ({ kind, threads, logit, coldMs, warmMs }));
}

Object.assign(globalThis, { measureEngines: measure });
