import { IDBFactory } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import { unzipSync, strFromU8 } from 'fflate';
import { beforeEach, expect, it } from 'vitest';
import type { RunId } from '../domain/analysis';
import { LensError } from '../domain/errors';
import type { ModelManifest } from '../domain/manifest';
import { VGG16 } from '../domain/network';
import { ownManifest, ownShape } from '../domain/own-manifest';
import type { OwnModel } from '../domain/own-model';
import { BUILT_IN } from '../domain/own-settings';
import { createFlowWithResult, createReadyFlow, photo, settle } from './testing';
import { LOADED, MANIFEST, type FakeEngine } from './testing-engine';

/** One layer as VGG16 has it, one of that name in another size, one of its own. */
const FACTS: OwnModel = {
  format: 'keras-h5',
  name: 'sequential',
  summary: [],
  totals: { parameters: 10, trainable: 10, nonTrainable: 0 },
  input: { height: 128, width: 128, channels: 3 },
  output: { units: 1, activation: 'sigmoid' },
  layers: [
    { name: 'block1_conv1', kind: 'Conv2D', isConvolution: true, height: 128, width: 128, channels: 64 },
    { name: 'block2_conv1', kind: 'Conv2D', isConvolution: true, height: 64, width: 64, channels: 32 },
    { name: 'mine_conv', kind: 'Conv2D', isConvolution: true, height: 64, width: 64, channels: 4 },
  ],
  hash: 'abc',
};
const MINE = 'mine.h5';

type World = Awaited<ReturnType<typeof createReadyFlow>>;

/** A person's own model lies open, the one that ships computes. */
async function createWorld(make: () => Promise<World> = () => createFlowWithResult(0.75)): Promise<World> {
  const world = await make();
  const { engine, flow } = world;
  const reopen = engine.reopen.bind(engine);
  engine.reopen = async (request) => {
    await reopen(request);
    engine.kept.clear();
    const { own } = request;
    engine.tellReload({ ...LOADED, manifest: own ? ownManifest(own.name, FACTS, ownShape(FACTS)!, own.settings) : MANIFEST });
  };
  engine.ownFacts = FACTS;
  await finish(world, flow.own.open([new File(['model'], MINE)]));
  await finish(world, flow.own.use(BUILT_IN), 0.75);
  return world;
}

async function finish(world: World, work: Promise<void>, logit = 1): Promise<void> {
  const progress = { isDone: false };
  void work.then(() => (progress.isDone = true));
  while (!progress.isDone) {
    await new Promise((resolve) => setTimeout(resolve));
    world.engine.answerNext(logit);
  }
  await settle();
}

function mine(): ModelManifest {
  return ownManifest(MINE, FACTS, ownShape(FACTS)!, {
    preprocessing: 'raw',
    mean: [0, 0, 0],
    std: [1, 1, 1],
    order: 'rgb',
    labels: [],
    watched: 1,
  });
}

/** Has the second engine load. */
async function compare(world: World, name = MINE, manifest = mine()): Promise<FakeEngine> {
  const { engine, flow } = world;
  const before = engine.besides.length;
  const comparing = flow.own.compare(name);
  while (engine.besides.length === before) await new Promise((resolve) => setTimeout(resolve));
  const beside = engine.besides.at(-1)!;
  beside.loads[0]!.resolve({ ...LOADED, manifest });
  await comparing;
  await settle();
  return beside;
}

const runOf = ({ state }: World, slot: 'a' | 'b'): RunId => state().photos[slot].result!.runId;

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

it('photo A is computed once more by the other model, in an engine of its own, and judged as that model’s', async () => {
  const world = await createWorld();
  const { engine, flow, state } = world;
  const asked = engine.analyses.length;
  const a = state().photos.a.result;
  const beside = await compare(world);
  expect(state().own).toMatchObject({ compared: MINE, active: null, state: 'idle', error: null });
  expect(beside.loadRequests[0]?.own).toMatchObject({ name: MINE });
  expect(beside.analyses[0]?.request).toMatchObject({ crop: a!.crop, quarterTurns: 0, keepMaps: true });
  expect(beside.analyses[0]?.request.photo).toBe(world.cache.photo(a!.runId)?.blob);
  beside.answer(-2);
  await settle();
  expect(engine.analyses).toHaveLength(asked);
  expect(state().photos.a.result).toBe(a);
  const { result } = state().photos.b;
  expect(result).toMatchObject({ logit: -2, fileName: 'a.png', reasons: [] });
  expect(result?.probability).toBeCloseTo(1 / (1 + Math.exp(2)), 6);
  expect(result?.manifest.own?.facts.hash).toBe('abc');
  // Tools that one number of a filter cannot serve for two models.
  await flow.experiment.toggleMute('block1_conv1', 3);
  expect(state().photos.a.experiment?.logit).toBe(-1);
  expect(state().photos.b.experiment).toBeNull();
  expect(beside.experiments).toEqual([]);
  flow.photo.swap();
  expect(state().photos.a.result).toBe(a);
});

it('of B those layers are shown that both models have in one size', async () => {
  const world = await createWorld();
  const { flow, engine, state, cache } = world;
  const beside = await compare(world);
  beside.answer(1);
  await settle();
  await flow.view.show('block1_conv1', 2);
  expect(state().photos.b.mapsKey).toEqual({ runId: runOf(world, 'b'), layer: 'block1_conv1' });
  await flow.view.show('block2_conv1', 2);
  expect(state().photos.a.mapsKey).toEqual({ runId: runOf(world, 'a'), layer: 'block2_conv1' });
  expect(state().photos.b.mapsKey).toBeNull();
  await flow.view.togglePin('block2_conv1', 2);
  await flow.view.togglePin('block1_conv1', 2);
  expect(cache.map(runOf(world, 'b'), 'block2_conv1', 2)).toBeNull();
  expect(cache.map(runOf(world, 'b'), 'block1_conv1', 2)).not.toBeNull();
  expect(state().mapsError).toBeNull();
  world.becomeIdle();
  for (let i = 0; i < 40; i += 1) await new Promise((resolve) => setTimeout(resolve));
  expect(new Set(beside.layersRead)).toEqual(new Set(['block1_conv1']));
  expect(new Set(engine.layersRead).size).toBe(VGG16.layers.length);
});

it('B’s export holds the other model’s layers, name and hash', async () => {
  const world = await createWorld();
  const beside = await compare(world);
  // The stand-in knows VGG16's layers alone.
  const readLayer = beside.readLayer.bind(beside);
  beside.readLayer = async (runId, layer) => {
    const { side, channels } = ownShape(FACTS)!.layers.find(({ name }) => name === layer)!;
    return { ...(await readLayer(runId, 'block1_conv1')), layer, side, channels, values: new Float32Array(side ** 2 * channels) };
  };
  beside.answer(1);
  await settle();
  const blob = await world.flow.view.exportLayers('b');
  const files = unzipSync(new Uint8Array(await blob!.arrayBuffer()));
  const facts = JSON.parse(strFromU8(files['manifest.json']!)) as {
    model: { version: string; sha256: string };
    layers: { name: string }[];
  };
  expect(facts.model).toEqual({ version: MINE, sha256: 'abc' });
  expect(facts.layers.map(({ name }) => name)).toEqual(['block1_conv1', 'block2_conv1', 'mine_conv']);
});

it('B follows photo A and its square, and shows nothing of the one before', async () => {
  const world = await createWorld();
  const { engine, flow, state, revoked } = world;
  const beside = await compare(world);
  beside.answer(1);
  await settle();
  const square = { crop: { x: 10, y: 20, size: 200 }, quarterTurns: 1 } as never;
  flow.crop.adjust('b', square);
  expect(state().photos.b.crop.wanted).toBeNull();
  flow.crop.adjust('a', square);
  while (engine.analyses.at(-1)?.request.crop?.size !== 200) await new Promise((resolve) => setTimeout(resolve, 20));
  engine.answer(2);
  await settle();
  expect(beside.analyses).toHaveLength(2);
  expect(beside.analyses[1]?.request).toMatchObject({ crop: { x: 10, y: 20, size: 200 }, quarterTurns: 1 });
  expect(state().photos.b).toMatchObject({ result: { logit: 1 }, phase: { state: 'running' } });
  beside.answer(3);
  await settle();
  expect(state().photos.b).toMatchObject({ result: { logit: 3, crop: { size: 200 } }, phase: { state: 'idle' } });

  const revokedBefore = revoked.length;
  const done = flow.photo.analyse(photo('other.png'));
  await settle();
  engine.answer(4);
  await done;
  await settle();
  expect(state().photos.a.result?.logit).toBe(4);
  expect(state().photos.b.result).toBeNull();
  beside.answer(5);
  await settle();
  expect(state().photos.b.result).toMatchObject({ logit: 5, fileName: 'other.png' });
  expect(beside.kept.size).toBe(1);
  // The photos share one address; that of the first went with its runs.
  expect(revoked).toHaveLength(revokedBefore + 1);
});

it.each([
  [
    'B is removed',
    ({ flow }: World) => {
      flow.photo.removeSecond();
      return Promise.resolve();
    },
  ],
  [
    'another photo comes for B',
    ({ flow }: World) => {
      void flow.photo.analyse(photo('second.png'), 'b');
      return Promise.resolve();
    },
  ],
  ['the model in use is chosen', ({ flow }: World) => flow.own.compare(BUILT_IN)],
  ['the app’s model changes', (world: World) => finish(world, world.flow.own.use(MINE))],
  ['the model is removed', ({ flow }: World) => flow.own.remove(MINE)],
])('the second engine is closed and B emptied when %s', async (_, leave) => {
  const world = await createWorld();
  const beside = await compare(world);
  beside.answer(-3);
  await settle();
  expect(world.state().photos.b.result?.logit).toBe(-3);
  await leave(world);
  await settle();
  expect(beside).toMatchObject({ isEnded: true });
  expect(world.state().own.compared).toBeNull();
  expect(world.state().photos.b.result).toBeNull();
  expect(world.state().photos.a.result).not.toBeNull();
});

it('a photo that comes first is compared when it has come, and a failure of B is tried again there', async () => {
  const world = await createWorld(createReadyFlow);
  const { flow, engine, state } = world;
  const beside = await compare(world);
  expect(beside.analyses).toHaveLength(0);
  const done = flow.photo.analyse(photo('a.png'));
  await settle();
  engine.answer(0.5);
  await done;
  await settle();
  beside.analyses[0]!.answer.reject(new LensError('out-of-memory', ''));
  await settle();
  expect(state().photos.b).toMatchObject({ result: null, phase: { state: 'failed', error: { code: 'out-of-memory' } } });
  const again = flow.photo.tryAgain();
  await settle();
  beside.answer(6);
  await again;
  expect(state().photos.b).toMatchObject({ result: { logit: 6 }, phase: { state: 'idle' } });
});

it('a second model that cannot be opened is told of, and photo A stays', async () => {
  const world = await createWorld();
  const { engine, flow, state } = world;
  const comparing = flow.own.compare(MINE);
  while (engine.besides.length === 0) await new Promise((resolve) => setTimeout(resolve));
  engine.besides[0]!.loads[0]!.reject(new LensError('out-of-memory', ''));
  await comparing;
  expect(state().own).toMatchObject({ compared: null, error: { code: 'out-of-memory' } });
  expect(state().photos.a.result?.logit).toBe(0.75);
  expect(engine.besides[0]?.isEnded).toBe(true);
});

it('the model that ships stands beside a person’s own, with its own calibration', async () => {
  const world = await createWorld();
  await finish(world, world.flow.own.use(MINE), -1);
  const beside = await compare(world, BUILT_IN, MANIFEST);
  expect(beside.loadRequests[0]?.own).toBeNull();
  beside.answer(0.75);
  await settle();
  const { a, b } = world.state().photos;
  expect(a.result).toMatchObject({ logit: -1, manifest: { version: MINE } });
  const alone = (await createFlowWithResult(0.75)).state().photos.a.result!;
  expect(b.result).toMatchObject({
    logit: 0.75,
    probability: alone.probability,
    verdict: alone.verdict,
    threshold: alone.threshold,
    manifest: { version: MANIFEST.version },
  });
});

it('what is said of the photo while B is computed holds for B too', async () => {
  const world = await createWorld();
  const beside = await compare(world);
  world.flow.photo.sayKind('a', 'phone');
  beside.answer(1);
  await settle();
  const { a, b } = world.state().photos;
  expect([a.result?.saidKind, b.result?.saidKind]).toEqual(['phone', 'phone']);
});
