import { expect, test } from 'vitest';
import { LensError } from '../domain/errors';
import { selectStatus } from '../store/select-status';
import { createReadyFlow, createTestFlow } from './testing';
import { LOADED } from './testing-engine';

test('a load that succeeds makes the model ready', async () => {
  const { state } = await createReadyFlow();
  expect(state().model).toEqual({ state: 'ready', facts: LOADED });
  expect(selectStatus(state())).toBe('ready');
});

test('a load under way, or done, is not started twice', async () => {
  const { engine, flow } = createTestFlow();
  const load = flow.model.load();
  await flow.model.load();
  engine.loads[0]?.resolve(LOADED);
  await load;
  await flow.model.load();
  expect(engine.loads).toHaveLength(1);
});

test('a failure is a state with its code, and can be tried again', async () => {
  const { engine, flow, state } = createTestFlow();
  const load = flow.model.load();
  engine.loads[0]?.reject(new LensError('model-download-failed', 'HTTP 503'));
  await load;
  expect(state().model).toEqual({ state: 'failed', error: { code: 'model-download-failed', detail: 'HTTP 503' } });
  expect(selectStatus(state())).toBe('error');
  const retry = flow.model.load();
  expect(selectStatus(state())).toBe('loading-model');
  engine.loads[1]?.resolve(LOADED);
  await retry;
  expect(selectStatus(state())).toBe('ready');
});

test('the self-test ends in its cases', async () => {
  const { flow, state } = await createReadyFlow();
  await flow.model.runSelfTest();
  expect(state().selfTest).toEqual({ state: 'done', cases: [LOADED.selfTest] });
});

test('a Keras file that could not be written says why, and the next one is handed over', async () => {
  const { engine, flow, state } = await createReadyFlow();
  engine.kerasFile = new LensError('out-of-memory', '67 MB');
  expect(await flow.model.writeKeras()).toBeNull();
  expect(state().kerasFile).toEqual({ state: 'failed', error: { code: 'out-of-memory', detail: '67 MB' } });
  engine.kerasFile = new Blob(['file']);
  const [first, second] = await Promise.all([flow.model.writeKeras(), flow.model.writeKeras()]);
  expect([first, second]).toEqual([engine.kerasFile, null]);
  expect(state().kerasFile).toEqual({ state: 'idle' });
});
