import { expect, test } from 'vitest';
import { VGG16 } from '../domain/network';
import { withMutes } from './experiment';
import { createFlowWithResult, photo, settle } from './testing';

test('mutes are kept by layer in network order, sorted, without empty layers', () => {
  const one = withMutes(VGG16, [], 'block3_conv1', [7, 2, 7]);
  expect(one).toEqual([{ layer: 'block3_conv1', filters: [2, 7] }]);
  const two = withMutes(VGG16, one, 'block1_conv2', [0]);
  expect(two.map(({ layer }) => layer)).toEqual(['block1_conv2', 'block3_conv1']);
  expect(withMutes(VGG16, two, 'block3_conv1', [])).toEqual([{ layer: 'block1_conv2', filters: [0] }]);
});

test('muting gives another score, calibrated; unmuting and undoing bring the measured one back', async () => {
  const { flow, state } = await createFlowWithResult(0.5);
  await flow.experiment.toggleMute('block3_conv3', 4);
  await flow.experiment.toggleMute('block2_conv1', 9);
  expect(state().experiment.isRunning).toBe(false);
  expect(state().photos).toMatchObject({ a: { experiment: { logit: -2 } }, b: { experiment: null } });
  expect(state().photos.a.experiment?.probability).toBeCloseTo(1 / (1 + Math.exp(4)), 12);
  expect(state().photos.a.result?.logit).toBe(0.5);
  await flow.experiment.undo();
  expect(state()).toMatchObject({
    experiment: { mutes: [{ layer: 'block3_conv3', filters: [4] }] },
    photos: { a: { experiment: { logit: -1 } } },
  });
  await flow.experiment.toggleMute('block3_conv3', 4);
  expect(state()).toMatchObject({ experiment: { mutes: [] }, photos: { a: { experiment: null } } });
});

test('keeping a selection mutes all others, and unmuting all can be undone', async () => {
  const { flow, state } = await createFlowWithResult(0.5);
  await flow.experiment.keepOnly('block1_conv1', [3, 5]);
  expect(state().experiment.mutes[0]?.filters).toHaveLength(62);
  await flow.experiment.unmuteAll();
  expect(state().experiment.mutes).toEqual([]);
  await flow.experiment.undo();
  expect(state().experiment.mutes[0]?.filters).not.toContain(5);
});

test('of changes made while one is computed only the last is computed', async () => {
  const { engine, flow, state } = await createFlowWithResult(0.5);
  await Promise.all([0, 1, 2, 3].map((filter) => flow.experiment.toggleMute('block1_conv1', filter)));
  expect(engine.experiments.map((mutes) => mutes[0]?.filters.length)).toEqual([4]);
  expect(state().photos.a.experiment?.logit).toBe(-4);
});

test('mutes hold for the next photo', async () => {
  const { engine, flow, state } = await createFlowWithResult(0.5);
  await flow.experiment.toggleMute('block1_conv1', 0);
  const done = flow.photo.analyse(photo('b.png'));
  await settle();
  engine.answer(3);
  await done;
  await settle();
  expect(state().photos.a.experiment?.runId).toBe(state().photos.a.result?.runId);
});

test('an experiment that fails shows no score', async () => {
  const { engine, flow, state } = await createFlowWithResult(0.5);
  engine.kept.clear();
  await flow.experiment.toggleMute('block1_conv1', 0);
  expect(state()).toMatchObject({
    experiment: { isRunning: false, error: { code: 'unexpected' } },
    photos: { a: { experiment: null } },
  });
});
