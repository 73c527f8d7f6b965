/** Client and worker's side joined by a real message channel; the core is a stand-in, as this is control flow only. */
import * as Comlink from 'comlink';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { VGG16 } from '../domain/network';
import { createEngine } from './client';
import type { LoadProgress } from '../domain/loaded-model';
import type { EngineApi, LoadRequest, Outcome } from './protocol';

const REQUEST: LoadRequest = { modelUrl: 'https://model.test/', wasmUrl: 'https://wasm.test/', backend: 'auto' };
const ANALYSE = { runId: 1, photo: new Blob(['x']), crop: null, keepMaps: true };
const LIMIT_MS = { load: 60_000, analyse: 60_000, read: 60_000, selfTest: 60_000, pass: 10_000, sign: 1000 };

/** What a load answers, as far as these tests look. */
const facts = (backend: string) => ({ backend, manifest: { network: VGG16 } });

const ok = (value: unknown) => Promise.resolve({ ok: true, value } as Outcome<never>);
const failed = (code: 'engine-crashed' | 'unexpected' | 'image-decode-failed') =>
  Promise.resolve({ ok: false, error: { code, detail: 'why' } } as const);

/** Every worker spawned so far: its core's calls, and a way to make it fail. */
let spawned: { calls: string[]; fail: (detail: string) => void; isTerminated: boolean }[] = [];

function engineOver(core: (worker: number) => Partial<EngineApi>) {
  return createEngine({
    limitMs: LIMIT_MS,
    spawn() {
      const { port1, port2 } = new MessageChannel();
      const calls: string[] = [];
      const standIn = { load: () => ok(facts('wasm')), memory: () => ok({ buffers: 0, bytes: 0 }), ...core(spawned.length) };
      const logged = Object.entries(standIn).map(([name, call]) => [
        name,
        (...args: unknown[]) => {
          calls.push(name);
          return (call as (...a: unknown[]) => unknown)(...args);
        },
      ]);
      Comlink.expose(Object.fromEntries(logged), port2);
      const worker: (typeof spawned)[number] = { calls, fail: () => undefined, isTerminated: false };
      spawned.push(worker);
      return {
        endpoint: port1,
        onFailure(listener) {
          worker.fail = listener;
        },
        terminate() {
          worker.isTerminated = true;
          port1.close();
          port2.close();
        },
      };
    },
  });
}

/** Not vi.waitFor: that moves the clock on at each look, and the clock is what these tests are about. */
async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 2));
}

afterEach(async () => {
  vi.useRealTimers();
  for (const worker of spawned) worker.fail('the test is over');
  spawned = [];
  await Promise.resolve();
});

describe('the engine client', () => {
  it('opens another engine beside it, lists what that one asks for too, and ends it for good', async () => {
    const engine = engineOver((worker) => ({
      listRequests: () => ok(worker === 0 ? ['a'] : ['b']),
      timePass: () => (worker === 0 ? ok(40) : new Promise(() => undefined)),
    }));
    await engine.load(REQUEST, () => undefined);
    const beside = engine.beside();
    await beside.load(REQUEST, () => undefined);
    expect(await engine.listRequests()).toEqual(['a', 'b']);
    const under = beside.timePass();
    await until(() => spawned[1]?.calls.includes('timePass') === true);
    await Promise.all([beside.end(), expect(under).rejects.toMatchObject({ code: 'unexpected' })]);
    await expect(beside.timePass()).rejects.toMatchObject({ code: 'unexpected' });
    expect(await engine.timePass()).toBe(40);
    expect(await engine.listRequests()).toEqual(['a', 'b']);
    expect(spawned.map(({ isTerminated }) => isTerminated)).toEqual([false, true]);
  });

  it('times the other backend in a worker of its own, which it ends, and lists what that one asked for too', async () => {
    const engine = engineOver((worker) => ({
      load: ({ backend }) => (backend === 'webgl' && worker === 2 ? failed('unexpected') : ok(facts(backend))),
      timePass: () => ok(worker === 0 ? 40 : 12),
      listRequests: () => ok(worker === 0 ? ['a', 'b'] : ['c']),
    }));
    await engine.load(REQUEST, () => undefined);
    expect(await engine.listRequests()).toEqual(['a', 'b']);
    expect(await engine.timeAside({ ...REQUEST, backend: 'webgl' })).toBe(12);
    expect(await engine.timePass()).toBe(40);
    expect(await engine.listRequests()).toEqual(['a', 'b', 'c']);
    await expect(engine.timeAside({ ...REQUEST, backend: 'webgl' })).rejects.toMatchObject({ code: 'unexpected' });
    expect(spawned.map(({ isTerminated }) => isTerminated)).toEqual([false, true, true]);
  });

  it('opens the model anew in a fresh worker, which makes what is under way again', async () => {
    const analysed: number[] = [];
    const engine = engineOver((worker) => ({
      load: (request) => ok(facts(request.choice ?? 'auto')),
      analyse: () => (worker === 0 ? new Promise(() => undefined) : ok(analysed.push(worker))),
    }));
    const reloads: unknown[] = [];
    engine.onReload((loaded) => reloads.push(loaded));
    await engine.load(REQUEST, () => undefined);
    const analysing = engine.analyse(ANALYSE);
    await until(() => spawned[0]?.calls.includes('analyse') === true);
    await engine.reopen({ ...REQUEST, choice: 'webgl' });
    await analysing;
    expect(reloads).toEqual([facts('webgl')]);
    expect(analysed).toEqual([1]);
    expect(spawned.map(({ isTerminated }) => isTerminated)).toEqual([true, false]);
  });

  it('starts no worker before the first call', () => {
    engineOver(() => ({}));
    expect(spawned).toHaveLength(0);
  });

  it('gives values and throws coded errors', async () => {
    const engine = engineOver(() => ({ analyse: () => failed('image-decode-failed') }));
    expect(await engine.load(REQUEST, () => undefined)).toEqual(facts('wasm'));
    await expect(engine.analyse(ANALYSE)).rejects.toMatchObject({
      name: 'LensError',
      code: 'image-decode-failed',
      detail: 'why',
    });
    expect(spawned).toHaveLength(1);
  });

  it('revives a worker that does not answer by a fresh one with the model, and leaves one that does', async () => {
    const engine = engineOver((worker) => ({
      memory: () => (worker === 0 ? new Promise(() => undefined) : ok({ buffers: 0, bytes: 0 })),
    }));
    await engine.load(REQUEST, () => undefined);
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const reviving = engine.revive();
    await until(() => spawned[0]?.calls.includes('memory') === true);
    await vi.advanceTimersByTimeAsync(LIMIT_MS.sign);
    await reviving;
    await engine.revive();
    expect(spawned.map(({ calls }) => calls)).toEqual([
      ['load', 'memory'],
      ['load', 'memory', 'memory'],
    ]);
  });

  it('revives a worker that ended in the midst of a long call, well before that call’s own time is over', async () => {
    const engine = engineOver((worker) => ({
      selfTest: () => (worker === 0 ? new Promise(() => undefined) : ok([])),
      memory: () => (worker === 0 ? new Promise(() => undefined) : ok({ buffers: 0, bytes: 0 })),
    }));
    await engine.load(REQUEST, () => undefined);
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const testing = engine.selfTest();
    await until(() => spawned[0]?.calls.includes('selfTest') === true);
    const reviving = engine.revive();
    await vi.advanceTimersByTimeAsync(LIMIT_MS.pass);
    await reviving;
    expect(await testing).toEqual([]);
    expect(spawned).toHaveLength(2);
  });

  it('passes progress on, in order', async () => {
    const step = (loadedBytes: number): LoadProgress => ({ phase: 'download', loadedBytes, totalBytes: 3 });
    const engine = engineOver(() => ({
      async load(_, onProgress) {
        const tell: (progress: LoadProgress) => unknown = onProgress; // through comlink, a promise
        for (const n of [1, 2, 3]) await tell(step(n));
        return ok(facts('wasm'));
      },
    }));
    const told: LoadProgress[] = [];
    await engine.load(REQUEST, (progress) => told.push(progress));
    expect(told).toEqual([step(1), step(2), step(3)]);
  });

  it('makes calls that a crash interrupts again, in a fresh worker with the last model, and restores the maps they need', async () => {
    const never = (): Promise<never> => new Promise(() => undefined);
    const engine = engineOver((worker) => ({
      analyse: ({ runId }) => ok({ runId, worker }),
      readLayer: () => (worker === 0 ? never() : ok({ worker })),
      experiment: () => (worker === 0 ? never() : ok({ worker })),
    }));
    const reloaded = vi.fn();
    engine.onReload(reloaded);
    await engine.load(REQUEST, () => undefined);
    await engine.analyse(ANALYSE);
    const interrupted = Promise.all([engine.readLayer(1, 'block1_conv1'), engine.experiment(1, [])]);
    await engine.memory();
    spawned[0]!.fail('out of the blue');
    expect(await interrupted).toEqual([{ worker: 1 }, { worker: 1 }]);
    expect(spawned[0]!.isTerminated).toBe(true);
    expect(spawned).toHaveLength(2);
    expect(spawned[1]!.calls).toEqual(['load', 'analyse', 'readLayer', 'experiment']);
    expect(reloaded).toHaveBeenCalledExactlyOnceWith(facts('wasm'));
  });

  it('mends a worker that died while nothing was asked of it', async () => {
    const engine = engineOver((worker) => ({ analyse: () => ok({ runId: 1 }), readMap: () => ok({ worker }) }));
    await engine.load(REQUEST, () => undefined);
    await engine.analyse(ANALYSE);
    spawned[0]!.fail('out of the blue');
    expect(await engine.readMap(1, 'block1_conv1', 0)).toEqual({ worker: 1 });
    expect(await engine.readMap(1, 'block1_conv1', 1)).toEqual({ worker: 1 });
    expect(spawned[1]!.calls).toEqual(['load', 'analyse', 'readMap', 'readMap']);
  });

  it('does not bring back what was released, nor what it never had', async () => {
    const engine = engineOver(() => ({ analyse: () => ok({ runId: 1 }), release: () => ok(null), readMap: () => ok({}) }));
    await engine.load(REQUEST, () => undefined);
    await engine.analyse(ANALYSE);
    await engine.analyse({ ...ANALYSE, runId: 2, keepMaps: false });
    await engine.release(1);
    spawned[0]!.fail('out of the blue');
    for (const runId of [1, 2, 3]) {
      await expect(engine.readMap(runId, 'block1_conv1', 0)).rejects.toMatchObject({ code: 'unexpected' });
    }
  });

  it('gives up a call that crashes every worker, and the next call works', async () => {
    const engine = engineOver((worker) => ({ analyse: () => (worker < 3 ? failed('engine-crashed') : ok({ runId: 1 })) }));
    await engine.load(REQUEST, () => undefined);
    await expect(engine.analyse(ANALYSE)).rejects.toMatchObject({ code: 'engine-crashed' });
    expect(spawned.map(({ isTerminated }) => isTerminated)).toEqual([true, true, true]);
    expect(await Promise.all([engine.analyse(ANALYSE), engine.analyse(ANALYSE)])).toHaveLength(2);
    expect(spawned).toHaveLength(4);
    expect(spawned[3]!.calls).toEqual(['load', 'analyse', 'analyse']);
  });

  it('goes to WebAssembly once the graphics device was lost twice, and says so', async () => {
    const asked: string[] = [];
    const lost = { ok: false, error: { code: 'device-lost', detail: '' } } as const;
    const engine = engineOver((worker) => ({
      load: ({ backend }) => {
        asked.push(backend);
        return ok({ ...facts(backend === 'auto' ? 'webgl' : backend), rejected: [] });
      },
      analyse: () => (worker < 2 ? Promise.resolve(lost) : ok({ runId: 1 })),
    }));
    const reloaded = vi.fn();
    engine.onReload(reloaded);
    await engine.load(REQUEST, () => undefined);
    expect(await engine.analyse(ANALYSE)).toEqual({ runId: 1 });
    expect(asked).toEqual(['auto', 'auto', 'wasm']);
    expect(reloaded).toHaveBeenLastCalledWith({
      ...facts('wasm'),
      rejected: [{ backend: 'webgl', reason: 'the graphics device was lost 2 times' }],
    });
  });

  it('loads again when the device is lost while loading', async () => {
    const engine = engineOver((worker) => ({ load: () => (worker === 0 ? failed('engine-crashed') : ok(facts('wasm'))) }));
    expect(await engine.load(REQUEST, () => undefined)).toEqual(facts('wasm'));
    expect(spawned).toHaveLength(2);
  });

  it('waits longer for a call that makes many passes', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const engine = engineOver(() => ({ scoreInputs: () => new Promise(() => undefined) }));
    await engine.load(REQUEST, () => undefined);
    let settled = false;
    const three = new Uint8Array(3 * 128 * 128 * 3);
    const result = engine
      .scoreInputs(three)
      .catch((error: unknown) => error)
      .finally(() => (settled = true));
    await until(() => spawned[0]?.calls.join() === 'load,scoreInputs');
    vi.advanceTimersByTime(79_000);
    await Promise.resolve();
    expect(settled).toBe(false);
    vi.advanceTimersByTime(1_000);
    expect(await result).toMatchObject({ code: 'engine-timeout' });
  });

  it('ends an engine that is silent for too long, counted from the last thing heard of it', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    let tell: (progress: LoadProgress) => void = () => undefined;
    const engine = engineOver(() => ({
      load: (_, onProgress) => {
        tell = onProgress;
        return new Promise(() => undefined);
      },
    }));
    const heard = vi.fn();
    const load = engine.load(REQUEST, heard);
    let settled = false;
    const result = load.catch((error: unknown) => error).finally(() => (settled = true));
    await until(() => spawned[0]?.calls.join() === 'load');
    vi.advanceTimersByTime(59_000);
    tell({ phase: 'compile', backend: 'wasm' });
    await until(() => heard.mock.calls.length > 0);
    expect(heard).toHaveBeenCalledOnce();
    vi.advanceTimersByTime(59_000);
    await Promise.resolve();
    expect(settled).toBe(false);
    vi.advanceTimersByTime(1_000);
    expect(await result).toMatchObject({ code: 'engine-timeout' });
    expect(spawned[0]!.isTerminated).toBe(true);
  });
});
