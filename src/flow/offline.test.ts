import { describe, expect, it } from 'vitest';
import { LensError } from '../domain/errors';
import { createReadyFlow, createTestFlow, photo } from './testing';
import { LOADED } from './testing-engine';

describe('keepOffline', () => {
  it('is ready only when both the app and the model are kept', async () => {
    const { flow, engine, shell, state } = createTestFlow();
    const loading = flow.model.load();
    const keeping = flow.device.keepOffline();
    expect(state().offline).toEqual({ state: 'caching' });
    engine.loads[0]?.resolve(LOADED);
    await loading;
    expect(state().offline).toEqual({ state: 'caching' });
    shell.kept.resolve(undefined);
    await keeping;
    expect(state().offline).toEqual({ state: 'ready' });
  });

  it('says why not: no service worker, or no room for the model', async () => {
    const blocked = await createReadyFlow();
    blocked.shell.kept.reject(new LensError('storage-blocked'));
    await blocked.flow.device.keepOffline();
    expect(blocked.state().offline).toMatchObject({ state: 'not-ready', error: { code: 'storage-blocked' } });
    const full = await createReadyFlow();
    full.engine.keepError = new LensError('storage-full');
    full.shell.kept.resolve(undefined);
    await full.flow.device.keepOffline();
    expect(full.state().offline).toMatchObject({ state: 'not-ready', error: { code: 'storage-full' } });
    expect(full.state().model.state).toBe('ready');
  });

  it('tells of a newer version and puts it in charge when asked', () => {
    const { flow, shell, state } = createTestFlow();
    flow.device.watchUpdates();
    expect(state().isUpdateReady).toBe(false);
    shell.announce();
    expect(state().isUpdateReady).toBe(true);
    expect(shell.updates).toBe(0);
    flow.device.update();
    expect(shell.updates).toBe(1);
  });
});

describe('countRequests', () => {
  it('lists what page and engine asked for since the photo was opened', async () => {
    const { flow, engine, pageRequests, state } = await createReadyFlow();
    pageRequests.push('http://test/index.js');
    engine.requests.push('http://test/weights.bin');
    await flow.device.countRequests();
    expect(state().requests).toBeNull();
    const analysing = flow.photo.analyse(photo('a.png'));
    await expect.poll(() => engine.analyses.length).toBe(1);
    engine.answer(0);
    await analysing;
    await flow.device.countRequests();
    expect(state().requests).toEqual([]);
    pageRequests.push('http://test/lazy.js');
    engine.requests.push('http://test/decoder.wasm');
    await flow.device.countRequests();
    expect(state().requests).toEqual(['http://test/lazy.js', 'http://test/decoder.wasm']);
  });
});
