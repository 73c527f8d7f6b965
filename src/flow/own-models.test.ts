import { IDBFactory } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it } from 'vitest';
import { LensError } from '../domain/errors';
import { ownManifest, ownShape } from '../domain/own-manifest';
import type { OwnModel } from '../domain/own-model';
import { BUILT_IN } from '../domain/own-settings';
import { createFlowWithResult, createReadyFlow, photo, settle } from './testing';
import { LOADED, type FakeEngine } from './testing-engine';

const FACTS: OwnModel = {
  format: 'keras-h5',
  name: 'sequential',
  summary: [],
  totals: { parameters: 10, trainable: 10, nonTrainable: 0 },
  input: { height: 128, width: 128, channels: 3 },
  output: { units: 1, activation: 'sigmoid' },
  layers: [{ name: 'mine_conv', kind: 'Conv2D', isConvolution: true, height: 126, width: 126, channels: 4 }],
  hash: 'abc',
};

const file = (name: string) => new File(['model'], name);

type World = Awaited<ReturnType<typeof createReadyFlow>>;

/** As the worker does: what was reopened is told of before anything else is computed. */
function tellReopenings({ engine }: World): void {
  const reopen = engine.reopen.bind(engine);
  engine.reopen = async (request) => {
    await reopen(request);
    const { own } = request;
    engine.kept.clear();
    const manifest = own ? ownManifest(own.name, FACTS, ownShape(FACTS)!, own.settings) : LOADED.manifest;
    engine.tellReload({ ...LOADED, manifest });
  };
  engine.ownFacts = FACTS;
}

async function createWorld(make: () => Promise<World> = createReadyFlow): Promise<World> {
  const world = await make();
  tellReopenings(world);
  return world;
}

/** Lets what the database and the engine answer come, and the photos that wait be computed. */
async function finish(world: World, work: Promise<void>, logit = 1): Promise<void> {
  const progress = { isDone: false };
  void work.then(() => (progress.isDone = true));
  while (!progress.isDone) {
    await new Promise((resolve) => setTimeout(resolve));
    world.engine.answerNext(logit);
  }
  await settle();
}

const own = ({ state }: World) => state().own;
const version = ({ state }: World): string => {
  const { model } = state();
  return model.state === 'ready' ? model.facts.manifest.version : model.state;
};
const lastRequest = ({ engine }: { engine: FakeEngine }) => engine.loadRequests.at(-1);

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

describe('opening', () => {
  it('has the model compute, and the photos on the screen be computed by it', async () => {
    const world = await createWorld(() => createFlowWithResult(0.75));
    await finish(world, world.flow.own.open([file('mine.h5')]), -2);
    expect(own(world)).toMatchObject({ active: 'mine.h5', state: 'idle', error: null, kept: [] });
    expect(own(world).models).toMatchObject([{ name: 'mine.h5', bytes: 5, settings: { preprocessing: 'raw', watched: 1 } }]);
    expect(lastRequest(world)?.own).toMatchObject({ name: 'mine.h5', files: [{ name: 'mine.h5' }] });
    expect(version(world)).toBe('mine.h5');
    const { result } = world.state().photos.a;
    expect(result).toMatchObject({ logit: -2, fileName: 'a.png', manifest: { version: 'mine.h5' } });
    // Nothing of the calibration that ships, which would double it.
    expect(result?.probability).toBeCloseTo(1 / (1 + Math.exp(2)));
    expect(world.state().view.layer).toBe('mine_conv');
  });

  it('forgets the experiments with the model before', async () => {
    const world = await createWorld(createFlowWithResult);
    world.store.setState({ pins: [{ layer: 'block1_conv1', filter: 3 }] });
    await world.flow.experiment.toggleMute('block1_conv1', 3);
    expect(world.state().experiment.mutes).not.toEqual([]);
    await finish(world, world.flow.own.open([file('mine.h5')]));
    expect(world.state()).toMatchObject({ experiment: { mutes: [] }, pins: [], ranking: null, liking: null });
    expect(world.state().view.overlay).toBe('none');
  });

  it('a file that is refused leaves what was in use', async () => {
    const world = await createWorld(createFlowWithResult);
    await finish(world, world.flow.own.open([file('mine.h5')]));
    const requests = world.engine.loadRequests.length;
    world.engine.ownFacts = new LensError('own-model-lambda', 'Lambda in the layer "scale"');
    await finish(world, world.flow.own.open([file('other.keras')]));
    expect(own(world)).toMatchObject({ active: 'mine.h5', state: 'idle', error: { code: 'own-model-lambda' } });
    expect(own(world).models.map(({ name }) => name)).toEqual(['mine.h5']);
    expect(world.engine.loadRequests).toHaveLength(requests);
    world.flow.photo.dismissError();
    expect(own(world).error).toBeNull();
  });

  it('weights alone that fit are opened with the layers of the model that ships, and their name', async () => {
    const world = await createWorld();
    world.engine.ownFacts = new LensError('own-model-weights-fit');
    await finish(world, world.flow.own.open([file('mine.weights.h5')]));
    expect(own(world)).toMatchObject({ active: null, models: [], error: { code: 'own-model-weights-fit' } });
    world.engine.ownFacts = FACTS;
    await finish(world, world.flow.own.openWithBuiltIn());
    expect(own(world)).toMatchObject({ active: 'mine.weights.h5', error: null });
    const files = lastRequest(world)?.own?.files ?? [];
    expect(files.map(({ name }) => name)).toEqual(['mine.weights.h5', 'architecture.json']);
    const architecture = JSON.parse(await files[1]!.blob.text()) as { readonly config: { readonly layers: readonly unknown[] } };
    expect(architecture).toMatchObject({ class_name: 'Sequential' });
    expect(architecture.config.layers).toHaveLength(1 + 13 + 5 + 1 + 2);
  });

  it('a model that cannot be opened gives way to the one that ships, and is not listed', async () => {
    const world = await createWorld(createFlowWithResult);
    const reopen = world.engine.reopen.bind(world.engine);
    world.engine.reopen = (request) =>
      request.own ? Promise.reject(new LensError('out-of-memory', 'too large')) : reopen(request);
    await finish(world, world.flow.own.open([file('mine.h5')]), 3);
    expect(own(world)).toMatchObject({ active: null, models: [], error: { code: 'out-of-memory' } });
    expect(version(world)).toBe('test');
    expect(world.state().photos.a.result).toMatchObject({ logit: 3, manifest: { version: 'test' } });
  });

  it('gives each a name of its own, also beside those that are kept and the one that ships', async () => {
    const before = await createWorld();
    await finish(before, before.flow.own.open([file('mine.h5')]));
    await finish(before, before.flow.own.keep('mine.h5'));
    const world = await createWorld();
    await finish(world, world.flow.own.open([file('mine.h5')]));
    expect(own(world)).toMatchObject({ active: 'mine.h5 (2)', kept: ['mine.h5'] });
    await finish(world, world.flow.own.open([file('mine.h5')]));
    expect(own(world).active).toBe('mine.h5 (3)');
    await finish(world, world.flow.own.rename('mine.h5 (3)', BUILT_IN));
    expect(own(world).active).toBe('built-in (2)');
  });

  it('calls a model of several files by its model.json', async () => {
    const world = await createWorld();
    await finish(world, world.flow.own.open([file('group1-shard1of1.bin'), file('model.json')]));
    expect(own(world)).toMatchObject({ active: 'model.json', models: [{ bytes: 10 }] });
  });

  it('does one thing at a time', async () => {
    const world = await createWorld();
    const first = world.flow.own.open([file('first.h5')]);
    const second = world.flow.own.open([file('second.h5')]);
    expect(own(world).state).toBe('reading');
    await finish(
      world,
      Promise.all([first, second]).then(() => undefined),
    );
    expect(own(world).models.map(({ name }) => name)).toEqual(['first.h5', 'second.h5']);
    expect([own(world).active, version(world)]).toEqual(['second.h5', 'second.h5']);
  });
});

describe('a photo that is under way while another model takes over', () => {
  it('is scored by the new one, and is not lost to the photo before', async () => {
    const world = await createWorld(createFlowWithResult);
    const analysing = world.flow.photo.analyse(photo('b.png'));
    await settle();
    const opening = world.flow.own.open([file('mine.h5')]);
    while (version(world) !== 'mine.h5') await new Promise((resolve) => setTimeout(resolve));
    await finish(
      world,
      Promise.all([analysing, opening]).then(() => undefined),
      -2,
    );
    expect(world.state().photos.a.result).toMatchObject({ fileName: 'b.png', logit: -2, manifest: { version: 'mine.h5' } });
  });

  it('of a batch, too', async () => {
    const world = await createWorld();
    const scoring = world.flow.batch.run([photo('b.png')]);
    await settle();
    const opening = world.flow.own.open([file('mine.h5')]);
    while (version(world) !== 'mine.h5') await new Promise((resolve) => setTimeout(resolve));
    await finish(
      world,
      Promise.all([scoring, opening]).then(() => undefined),
      -2,
    );
    await expect.poll(() => world.state().batch.finished).toBe(1);
    expect(world.state().batch.entries[0]!.row?.probability).toBeCloseTo(1 / (1 + Math.exp(2)));
  });
});

describe('changing', () => {
  it('opens the model anew by what was set, and keeps that where it is kept', async () => {
    const world = await createWorld(createFlowWithResult);
    await finish(world, world.flow.own.open([file('mine.h5')]));
    await finish(world, world.flow.own.keep('mine.h5'));
    const { settings } = own(world).models[0]!;
    await finish(world, world.flow.own.change({ ...settings, watched: 0, labels: ['good', 'bad'] }), -4);
    expect(lastRequest(world)?.own?.settings).toMatchObject({ watched: 0, labels: ['good', 'bad'] });
    expect(world.state().photos.a.result).toMatchObject({ logit: -4, manifest: { own: { settings: { watched: 0 } } } });
    const later = await createWorld();
    await later.flow.own.list();
    expect(own(later)).toMatchObject({ kept: ['mine.h5'], models: [{ settings: { labels: ['good', 'bad'] } }], active: null });
  });

  it('loses nothing that is chosen while the model is opened anew, and computes by the last', async () => {
    const world = await createWorld(createFlowWithResult);
    await finish(world, world.flow.own.open([file('mine.h5')]));
    const opened = world.engine.loadRequests.length;
    const { settings } = own(world).models[0]!;
    const first = world.flow.own.change({ ...settings, watched: 0 });
    await settle();
    const others = ['bgr', 'rgb', 'bgr'].map((order) =>
      world.flow.own.change({ ...own(world).models[0]!.settings, order: order as 'rgb' | 'bgr' }),
    );
    expect(own(world).models[0]!.settings).toMatchObject({ watched: 0, order: 'bgr' });
    await finish(
      world,
      Promise.all([first, ...others]).then(() => undefined),
      -4,
    );
    expect(world.engine.loadRequests.slice(opened).map(({ own: choice }) => choice?.settings.order)).toEqual(['rgb', 'bgr']);
    expect(world.state().photos.a.result).toMatchObject({ manifest: { own: { settings: { watched: 0, order: 'bgr' } } } });
  });

  it('of what computes leaves the model in use', async () => {
    const world = await createWorld();
    await finish(world, world.flow.own.open([file('mine.h5')]));
    await finish(world, world.flow.model.choose('tfjs-wasm'));
    expect(version(world)).toBe('mine.h5');
    await finish(world, world.flow.own.use(BUILT_IN));
    expect(lastRequest(world)).toMatchObject({ choice: 'tfjs-wasm' });
    expect(lastRequest(world)?.own ?? null).toBeNull();
  });
});

describe('keeping', () => {
  it('brings a kept model back on another visit, with its files', async () => {
    const before = await createWorld();
    await finish(before, before.flow.own.open([file('mine.h5')]));
    await finish(before, before.flow.own.keep('mine.h5'));
    const world = await createWorld();
    await world.flow.own.list();
    await world.flow.own.list();
    expect(own(world)).toMatchObject({ kept: ['mine.h5'], models: [{ name: 'mine.h5' }] });
    await finish(world, world.flow.own.use('mine.h5'));
    const { files } = lastRequest(world)!.own!;
    expect(await files[0]!.blob.text()).toBe('model');
    await finish(world, world.flow.own.use(BUILT_IN));
    expect([own(world).active, version(world)]).toEqual([null, 'test']);
  });

  it('renames it in use, in the list and on the device', async () => {
    const world = await createWorld(createFlowWithResult);
    await finish(world, world.flow.own.open([file('mine.h5')]));
    await finish(world, world.flow.own.keep('mine.h5'));
    await finish(world, world.flow.own.rename('mine.h5', '  Better  '));
    expect(own(world)).toMatchObject({ active: 'Better', kept: ['Better'], models: [{ name: 'Better' }] });
    expect(version(world)).toBe('Better');
    await finish(world, world.flow.own.rename('Better', '   '));
    const later = await createWorld();
    await later.flow.own.list();
    expect(own(later).kept).toEqual(['Better']);
  });

  it('removes it from the list and the device, and the one that ships computes', async () => {
    const world = await createWorld(createFlowWithResult);
    await finish(world, world.flow.own.open([file('mine.h5')]));
    await finish(world, world.flow.own.keep('mine.h5'));
    await finish(world, world.flow.own.remove('mine.h5'), 5);
    expect(own(world)).toMatchObject({ active: null, kept: [], models: [] });
    expect(world.state().photos.a.result).toMatchObject({ logit: 5, manifest: { version: 'test' } });
    const later = await createWorld();
    await later.flow.own.list();
    expect(own(later).models).toEqual([]);
  });

  it('says why one that another tab has removed cannot be used, and goes on', async () => {
    const before = await createWorld();
    await finish(before, before.flow.own.open([file('mine.h5')]));
    await finish(before, before.flow.own.keep('mine.h5'));
    const world = await createWorld();
    await world.flow.own.list();
    await finish(before, before.flow.own.remove('mine.h5'));
    await finish(world, world.flow.own.use('mine.h5'));
    expect(own(world)).toMatchObject({ active: null, state: 'idle', error: { code: 'own-model-keep-failed' } });
    expect(version(world)).toBe('test');
  });
});
