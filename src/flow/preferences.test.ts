import { expect, test } from 'vitest';
import { createReadyFlow, createTestFlow, photo, settle } from './testing';
import { LOADED } from './testing-engine';

/** Calibrated, a logit of 0 is 0.5 and one of 1 is 0.88; the model's line is at 0.5. */
async function withPhotos() {
  const world = await createReadyFlow();
  const { flow, engine } = world;
  for (const [slot, logit] of [
    ['a', 0],
    ['b', 1],
  ] as const) {
    const done = flow.photo.analyse(photo(`${slot}.png`), slot);
    await settle();
    engine.answer(logit);
    await done;
  }
  return world;
}

test('moving the line judges both photos and the batch anew, without a pass', async () => {
  const { flow, engine, state } = await withPhotos();
  const batch = flow.batch.run([photo('c.png'), photo('bad.png')]);
  await settle();
  engine.answerNext(0);
  engine.answerNext(0);
  engine.answerNext(0);
  await batch;
  const passes = engine.analyses.length;
  const seen = () => ({
    a: state().photos.a.result?.verdict,
    b: state().photos.b.result?.verdict,
    lines: [state().photos.a.result?.threshold, state().photos.b.result?.threshold],
    rows: state().batch.entries.map(({ row }) => [row?.verdict, row?.threshold]),
  });
  expect(seen()).toEqual({
    a: 'malignant',
    b: 'malignant',
    lines: [0.5, 0.5],
    rows: [
      ['malignant', 0.5],
      [null, null],
    ],
  });
  flow.preferences.setLine(0.7);
  expect(seen()).toEqual({
    a: 'benign',
    b: 'malignant',
    lines: [0.7, 0.7],
    rows: [
      ['benign', 0.7],
      [null, null],
    ],
  });
  flow.preferences.setLine(0.9);
  expect(seen().b).toBe('benign');
  flow.preferences.setLine(null);
  expect(seen()).toEqual({
    a: 'malignant',
    b: 'malignant',
    lines: [0.5, 0.5],
    rows: [
      ['malignant', 0.5],
      [null, null],
    ],
  });
  expect(engine.analyses).toHaveLength(passes);
});

test('the line is kept and holds for later photos; what is unfit stays unjudged', async () => {
  const { flow, engine, state, settings } = await withPhotos();
  flow.preferences.setLine(0.7);
  const done = flow.photo.analyse(photo('next.png'));
  await settle();
  engine.answer(0);
  await done;
  expect(state().photos.a.result).toMatchObject({ verdict: 'benign', threshold: 0.7 });
  expect(createTestFlow(undefined, settings).state().preferences.line).toBe(0.7);
});

test("a link's line is not kept, nor with what is kept later", async () => {
  const { flow, state, settings } = await withPhotos();
  flow.preferences.followLink(0.7);
  expect(state().photos.a.result?.verdict).toBe('benign');
  flow.preferences.setBaseRate(12);
  expect(state().preferences).toEqual({ line: 0.7, baseRate: 12, engine: 'auto', language: null });
  expect(createTestFlow(undefined, settings).state().preferences).toEqual({
    line: null,
    baseRate: 12,
    engine: 'auto',
    language: null,
  });
});

test('when all that is stored is removed, the line is the model’s again', async () => {
  const { flow, state, settings } = await withPhotos();
  flow.preferences.setLine(0.7);
  flow.preferences.setBaseRate('urgent-referral');
  settings.clear();
  await flow.device.clearStored();
  expect(state().preferences).toEqual({ line: null, baseRate: 'app-users', engine: 'auto', language: null });
  expect(state().photos.a.result).toMatchObject({ verdict: 'malignant', threshold: 0.5 });
});

test('a spoilt record counts as none', () => {
  const settings = new Map([['lesion-lens-preferences', '{"line":"x","baseRate":[]}']]);
  expect(createTestFlow(undefined, settings).state().preferences).toEqual({
    line: null,
    baseRate: 'app-users',
    engine: 'auto',
    language: null,
  });
});

test('rows of a batch keep their line while a model is open that has none', async () => {
  const { flow, engine, store, state } = await createReadyFlow();
  const batch = flow.batch.run([photo('c.png')]);
  await settle();
  engine.answerNext(0);
  await batch;
  const { manifest } = LOADED;
  const own = { ...manifest, threshold: 0.3, own: {} as NonNullable<typeof manifest.own> };
  store.setState({ model: { state: 'ready', facts: { ...LOADED, manifest: own } } });
  const line = (): number | null | undefined => state().batch.entries[0]?.row?.threshold;
  flow.preferences.setLine(0.7);
  expect(line()).toBe(0.7);
  flow.preferences.setLine(null);
  expect(line()).toBe(0.7);
});
