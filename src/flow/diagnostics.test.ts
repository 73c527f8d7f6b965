import { expect, it } from 'vitest';
import { LensError } from '../domain/errors';
import { createReadyFlow, photo } from './testing';

it('remembers errors by code, and of a photo nothing else', async () => {
  const { flow, engine } = await createReadyFlow();
  await flow.photo.analyse(photo('bad-secret.png'));
  const analysing = flow.photo.analyse(photo('mole-of-mine.png'));
  await expect.poll(() => engine.analyses.length).toBe(1);
  engine.analyses[0]?.answer.reject(new LensError('image-decode-failed', 'mole-of-mine'));
  await analysing;
  const text = await flow.device.describeState();
  expect(text).toContain('- unexpected\n- image-decode-failed\n');
  expect(text).not.toMatch(/mole-of-mine|secret/);
});
