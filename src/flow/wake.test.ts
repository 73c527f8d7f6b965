import { expect, it } from 'vitest';
import { LensError } from '../domain/errors';
import { createReadyFlow, createTestFlow } from './testing';
import { LOADED } from './testing-engine';

it('asks the worker for a sign of life, and reads a diary that is open anew', async () => {
  const { flow, engine, diary, state } = await createReadyFlow();
  await flow.device.wake();
  expect(engine.revived).toBe(1);
  expect(state().diary.state).toBe('closed');
  await flow.diary.open();
  diary.newer = ['newer0001'];
  await flow.device.wake();
  expect(state().diary.newer).toEqual(['newer0001']);
});

it('loads a model anew whose load broke off', async () => {
  const { flow, engine, state } = createTestFlow();
  const loading = flow.model.load();
  engine.loads[0]?.reject(new LensError('model-download-failed'));
  await loading;
  const waking = flow.device.wake();
  engine.loads[1]?.resolve(LOADED);
  await waking;
  expect(state().model.state).toBe('ready');
  expect(engine.revived).toBe(0);
});
