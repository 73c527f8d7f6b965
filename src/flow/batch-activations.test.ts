import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { LensError } from '../domain/errors';
import type { OwnModel } from '../domain/own-model';
import { ownManifest, ownShape } from '../domain/own-manifest';
import { startSettings } from '../domain/own-settings';
import { createReadyFlow, photo, settle } from './testing';
import { LOADED } from './testing-engine';

type World = Awaited<ReturnType<typeof createReadyFlow>>;

/** Answers with 1, 2, 3 ... from `logit` on, until the batch is done. */
async function finish({ engine, state }: World, work: Promise<void>, logit = 1): Promise<void> {
  await settle();
  for (let i = 0; state().batch.running && i < 10; i += 1) {
    engine.answerNext(logit + i);
    await settle();
  }
  await work;
}

async function readExport({ flow }: World) {
  const blob = await flow.batch.exportActivations();
  if (blob === null) return null;
  const files = unzipSync(new Uint8Array(await blob.arrayBuffer()));
  expect(Object.keys(files)).toEqual(['activations.npy', 'activations.csv', 'manifest.json']);
  const facts = JSON.parse(strFromU8(files['manifest.json']!)) as { rows: { file: string }[] } & Record<string, unknown>;
  const lines = strFromU8(files['activations.csv']!).trimEnd().split('\r\n').slice(1);
  return { facts, firsts: lines.map((line) => line.split(',').slice(0, 2).join(' ')) };
}

const OWN: OwnModel = {
  format: 'keras-h5',
  name: 'sequential',
  summary: [],
  totals: { parameters: 10, trainable: 10, nonTrainable: 0 },
  input: { height: 128, width: 128, channels: 3 },
  output: { units: 1, activation: 'sigmoid' },
  layers: [{ name: 'mine_conv', kind: 'Conv2D', isConvolution: true, height: 126, width: 126, channels: 8 }],
  hash: 'abc',
};

function useOwn({ engine }: World, facts = OWN, labels = ['benign', 'malignant']): void {
  const settings = { ...startSettings(facts, LOADED.manifest.input), labels };
  engine.tellReload({ ...LOADED, manifest: ownManifest('mine', facts, ownShape(facts)!, settings) });
}

describe('activations', () => {
  it('are kept of what is computed from then on, and exported with what they are of; a failed row has no line', async () => {
    const world = await createReadyFlow();
    const { flow, engine, state } = world;
    flow.batch.setActivations('block2_conv1');
    await finish(world, flow.batch.run([photo('a.png'), photo('bad.png'), photo('c.png')]));
    expect(engine.analyses.map(({ request }) => request.activations)).toEqual(['block2_conv1', 'block2_conv1']);
    const { facts, firsts } = (await readExport(world))!;
    expect(firsts).toEqual(['a.png 1', 'c.png 2']);
    expect(facts).toMatchObject({
      format: 'lesion-lens-activations',
      model: { version: 'test' },
      layer: { name: 'block2_conv1', values: 'mean of each map', side: 64, channels: 128 },
      preprocessing: { side: 128, order: 'rgb' },
      rows: [
        { file: 'a.png', crop: { x: 50, y: 0, size: 300 }, backend: 'wasm' },
        { file: 'c.png', crop: { x: 50, y: 0, size: 300 }, backend: 'wasm' },
      ],
    });
    expect(state().batch.activationsError).toBeNull();
  });

  it('are of 8 numbers here, so that 32 bytes a row stay; clearing lets them go', async () => {
    const world = await createReadyFlow();
    world.flow.batch.setActivations('dense');
    await finish(world, world.flow.batch.run([photo('a.png')]));
    const [entry] = world.state().batch.entries;
    const { values } = world.cache.activations(entry!.id)!;
    expect(values.buffer.byteLength).toBe(32);
    world.flow.batch.clear();
    expect(world.cache.activations(entry!.id)).toBeNull();
    expect(await readExport(world)).toBeNull();
  });

  it('that a row lacks are computed again on request; it keeps its row until then, its place and its label', async () => {
    const world = await createReadyFlow();
    const { flow, state, engine } = world;
    const table = new File(['file,label\na.png,malignant\n'], 'labels.csv');
    const first = flow.batch.run([photo('a.png'), photo('b.png'), table]);
    await expect.poll(() => engine.analyses.length).toBe(2);
    await finish(world, first);
    flow.batch.setActivations('block1_conv1');
    await finish(world, flow.batch.run([photo('c.png')]), 3);
    expect((await readExport(world))?.firsts).toEqual(['c.png 3']);

    const again = flow.batch.computeMissing();
    expect(state().batch).toMatchObject({ running: true, finished: 1 });
    expect(state().batch.entries.map(({ row }) => row?.logit)).toEqual([1, 2, 3]);
    await finish(world, again, 10);
    expect(state().batch).toMatchObject({ running: false, finished: 3 });
    expect(state().batch.entries.map(({ row, label }) => [row?.logit, label])).toEqual([
      [10, true],
      [11, undefined],
      [3, undefined],
    ]);
    expect((await readExport(world))?.firsts).toEqual(['a.png 10', 'b.png 11', 'c.png 3']);
    const asked = engine.analyses.length;
    await flow.batch.computeMissing();
    expect(engine.analyses).toHaveLength(asked);
  });

  it('cancelled, rows keep what they had', async () => {
    const world = await createReadyFlow();
    const { flow, state, engine } = world;
    await finish(world, flow.batch.run([photo('a.png'), photo('b.png'), photo('c.png')]));
    flow.batch.setActivations('block1_conv1');
    const again = flow.batch.computeMissing();
    await settle();
    engine.answerNext(10);
    await settle();
    flow.batch.cancel();
    engine.answerNext(11);
    await again;
    await settle();
    expect(state().batch).toMatchObject({ running: false, finished: 3 });
    expect(state().batch.entries.map(({ row }) => row?.logit)).toEqual([10, 2, 3]);
    expect((await readExport(world))?.firsts).toEqual(['a.png 10']);
  });

  it('of a file that cannot be read any more: its score stays, and why it has none is said', async () => {
    const world = await createReadyFlow();
    const { flow, state, engine } = world;
    await finish(world, flow.batch.run([photo('a.png'), photo('b.png')]));
    flow.batch.setActivations('block1_conv1');
    const again = flow.batch.computeMissing();
    await settle();
    engine.analyses[2]!.answer.reject(new LensError('file-unreadable'));
    engine.analyses[3]!.answer.resolve(await engine.analyses[1]!.answer.promise);
    await again;
    expect(state().batch).toMatchObject({ finished: 2, activationsError: { code: 'file-unreadable', detail: 'a.png' } });
    expect(state().batch.entries.map(({ row }) => [row?.logit, row?.error])).toEqual([
      [1, null],
      [2, null],
    ]);
  });

  it('of another layer or another model stand in no table together', async () => {
    const world = await createReadyFlow();
    const { flow, engine } = world;
    flow.batch.setActivations('block1_conv1');
    await finish(world, flow.batch.run([photo('a.png')]));
    flow.batch.setActivations('block1_conv2');
    await finish(world, flow.batch.run([photo('b.png')]), 2);
    expect((await readExport(world))?.firsts).toEqual(['b.png 2']);
    flow.batch.setActivations(null);
    expect(await readExport(world)).toBeNull();

    useOwn(world);
    flow.batch.setActivations('block1_conv2');
    await finish(world, flow.batch.run([photo('c.png')]), 3);
    expect(engine.analyses.at(-1)?.request.activations).toBeNull();
    flow.batch.setActivations('mine_conv');
    await finish(world, flow.batch.computeMissing(), 4);
    expect((await readExport(world))?.firsts).toEqual(['a.png 4', 'b.png 5', 'c.png 6']);
    // Another file under the same name.
    useOwn(world, { ...OWN, hash: 'def' });
    expect(await readExport(world)).toBeNull();
  });
});

describe('a person’s own model', () => {
  it('gives rows a score and no verdict, whatever its labels are called, also when the line is moved', async () => {
    const world = await createReadyFlow();
    const { flow, state } = world;
    await finish(world, flow.batch.run([photo('a.png')]));
    useOwn(world);
    flow.batch.setWithViews(true);
    await finish(world, flow.batch.run([photo('b.png')]), 3);
    const said = () => state().batch.entries.map(({ row }) => [row?.verdict, row?.threshold, row?.views]);
    expect(said()).toEqual([
      ['malignant', 0.5, false],
      [null, null, null],
    ]);
    expect(state().batch.entries[1]?.row).toMatchObject({
      logit: 3,
      reasons: [],
      error: null,
      model: 'mine',
      model_sha256: 'abc',
    });
    expect(state().batch.entries[1]?.row?.probability).toBeCloseTo(1 / (1 + Math.exp(-3)));
    flow.preferences.setLine(0.9);
    expect(said()).toEqual([
      ['benign', 0.9, false],
      [null, null, null],
    ]);
  });
});
