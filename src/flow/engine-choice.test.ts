import { describe, expect, it } from 'vitest';
import { LensError } from '../domain/errors';
import { createReadyFlow, createTestFlow, photo, settle } from './testing';
import { LOADED } from './testing-engine';

const TIMES_KEY = 'lesion-lens-engine-times';

type World = Awaited<ReturnType<typeof createReadyFlow>>;

async function analyse({ flow, engine }: World, name = 'a.png'): Promise<void> {
  const done = flow.photo.analyse(photo(name));
  await settle();
  engine.answer(0);
  await done;
}

/** A flow that is ready to measure: a graphics processor, all files on the device, time enough. @param asideMs - See `FakeEngine`. */
async function createWorld(asideMs: readonly (number | Error)[], settings?: Map<string, string>): Promise<World> {
  const world = await createReadyFlow(undefined, settings);
  world.engine.webglObjection = null;
  world.engine.asideMs.push(...asideMs);
  world.shell.kept.resolve(undefined);
  await world.flow.device.keepOffline();
  world.becomeIdle();
  return world;
}

const measured = ({ state }: World) => expect.poll(() => state().engine.times);

describe('the measurement', () => {
  it('comes after the first score, and its outcome goes with the next load', async () => {
    const world = await createWorld([12]);
    expect(world.engine.asideMs).toHaveLength(1);
    await analyse(world);
    await measured(world).toMatchObject({ webglMs: 12, kernelsMs: 40, renderer: 'Mali-G78', threads: 4, modelVersion: 'test' });
    expect(world.engine.loadRequests.map(({ times }) => times)).toEqual([null]);
    const next = createTestFlow(undefined, world.settings);
    void next.flow.model.load();
    expect(next.engine.loadRequests).toMatchObject([{ choice: 'auto', times: { webglMs: 12, kernelsMs: 40 } }]);
    expect(await world.flow.device.describeState()).toContain('one pass on WebGL 12.0 ms, on the kernels 40.0 ms');
  });

  it('is made once on a site, and again where WebGL was faster and did not start', async () => {
    const first = await createWorld([90, 90]);
    await analyse(first);
    await measured(first).toMatchObject({ webglMs: 90 });
    await analyse(first, 'b.png');
    const second = await createWorld([80], first.settings);
    await analyse(second);
    await expect.poll(() => second.engine.computeAsked).toBe(1);
    expect([first.engine.asideMs, second.engine.asideMs]).toEqual([[90], [80]]);
    second.settings.set(TIMES_KEY, second.settings.get(TIMES_KEY)!.replace('"webglMs":90', '"webglMs":9'));
    const third = await createWorld([70], second.settings);
    await analyse(third);
    await measured(third).toMatchObject({ webglMs: 70 });
  });

  it('says why WebGL cannot be used, be it its self-test or no graphics processor', async () => {
    const world = await createWorld([new LensError('backend-none-passed', 'webgl: self-test "lesion" failed')]);
    await analyse(world);
    await measured(world).toMatchObject({ webglMs: null, webglFault: 'webgl: self-test "lesion" failed' });
    const without = await createWorld([1]);
    without.engine.webglObjection = 'software rendering';
    await analyse(without);
    await expect.poll(() => without.state().engine.webglObjection).toBe('software rendering');
    expect(without.engine.asideMs).toEqual([1]);
    expect(without.settings.has(TIMES_KEY)).toBe(false);
  });

  it('counts for nothing where a photo came between, and is made anew', async () => {
    const world = await createWorld([12, 13]);
    world.engine.whileAside = () => {
      world.engine.whileAside = () => undefined;
      world.store.setState({ runs: 7 });
    };
    await analyse(world);
    await measured(world).toMatchObject({ webglMs: 13 });
  });

  it('is not made where WebGL’s code does not come, where the person chose, or where WebGL computes', async () => {
    const offline = await createWorld([new LensError('model-download-failed', 'offline')]);
    const chosen = await createWorld([1]);
    await chosen.flow.model.choose('kernels');
    const webgl = await createWorld([1]);
    webgl.store.setState({ model: { state: 'ready', facts: { ...LOADED, way: 'webgl' } } });
    for (const world of [offline, chosen, webgl]) {
      await analyse(world);
      await new Promise((resolve) => setTimeout(resolve, 20));
      expect(world.state().engine.times).toBeNull();
      expect(world.settings.has(TIMES_KEY)).toBe(false);
    }
  });
});

describe('the choice', () => {
  it('is kept, and the model is opened anew by it', async () => {
    const { flow, engine, settings, state } = await createReadyFlow();
    await flow.model.choose('tfjs-wasm');
    expect(engine.loadRequests.at(-1)).toMatchObject({ backend: 'auto', choice: 'tfjs-wasm' });
    expect(state().preferences.engine).toBe('tfjs-wasm');
    const next = createTestFlow(undefined, settings);
    void next.flow.model.load();
    expect(next.engine.loadRequests).toMatchObject([{ choice: 'tfjs-wasm' }]);
  });

  it('that cannot be had shows as a model that failed to load', async () => {
    const { flow, engine, state } = await createReadyFlow();
    engine.reopenError = new LensError('backend-none-passed', 'why');
    await flow.model.choose('webgl');
    expect(state().model).toEqual({ state: 'failed', error: { code: 'backend-none-passed', detail: 'why' } });
  });
});
