import { describe, expect, it } from 'vitest';
import { judge, type Evidence } from './judge';
import type { ModelManifest } from './manifest';
import { VGG16 } from './network';

const MANIFEST: ModelManifest = {
  format: 'lesion-lens-model',
  version: 'test',
  files: [],
  input: { mean: [0, 0, 0], std: [1, 1, 1] },
  network: VGG16,
  calibration: { slope: 1, offset: 0 },
  calibrations: { phone: { slope: 1, offset: 2 } },
  probes: { path: 'probes.json', limits: { unlike: 0, phone: [-1, 1] } },
  viewLimits: { dermatoscope: 0.1, phone: 0.4 },
  threshold: 0.5,
  metrics: [],
  quantisation: { dtype: 'float16', maxScoreChange: 0, aucChange: 0 },
  trainingData: [],
  licence: 'none',
};
const SEEN: Evidence = { logit: -1, traits: { unlike: -5, phone: -3 }, qualityReasons: [], saidKind: null, viewLogits: [] };

describe('a judgement', () => {
  it('calibrates for the kind of photo that was recognised, or that the person named', () => {
    expect(judge(SEEN, MANIFEST, null)).toMatchObject({ kind: 'dermatoscope', verdict: 'benign', threshold: 0.5 });
    const phone = { ...SEEN, traits: { unlike: -5, phone: 3 } };
    expect(judge(phone, MANIFEST, null)).toMatchObject({ kind: 'phone', verdict: 'malignant' });
    expect(judge(phone, MANIFEST, null).probability).toBeCloseTo(1 / (1 + Math.exp(-1)), 12);
    expect(judge({ ...phone, saidKind: 'dermatoscope' }, MANIFEST, null)).toMatchObject({
      kind: 'dermatoscope',
      verdict: 'benign',
    });
    expect(judge({ ...SEEN, traits: { unlike: -5, phone: 0 } }, MANIFEST, null).kind).toBe('unknown');
  });

  it('says nothing of a picture that is unlike the training pictures, but keeps the number', () => {
    const other = judge({ ...SEEN, logit: 3, traits: { unlike: 0.1, phone: 0 } }, MANIFEST, null);
    expect(other).toMatchObject({ verdict: 'cant-say', reasons: ['unlike-training'] });
    expect(other.probability).toBeGreaterThan(0.9);
  });

  it('says nothing where the views disagree, once all of them are there', () => {
    const views = [-1, 2, -1, 2, -1, 2, -1, 2];
    expect(judge({ ...SEEN, viewLogits: views.slice(0, 7) }, MANIFEST, null)).toMatchObject({
      verdict: 'benign',
      viewRange: null,
    });
    const all = judge({ ...SEEN, viewLogits: views }, MANIFEST, null);
    expect(all).toMatchObject({ verdict: 'cant-say', reasons: ['views-disagree'] });
    expect(all.viewRange?.low).toBe(all.probability);
    expect(judge({ ...SEEN, viewLogits: views, saidKind: 'phone' }, MANIFEST, null).reasons).toEqual([]);
    const calm = judge({ ...SEEN, viewLogits: views.map(() => -1) }, MANIFEST, null);
    expect(calm.verdict).toBe('benign');
    expect(calm.viewRange?.deviation).toBeCloseTo(0, 12);
  });

  it('keeps the reasons of the picture itself, and follows the person’s line', () => {
    expect(judge({ ...SEEN, qualityReasons: ['too-dark'] }, MANIFEST, null)).toMatchObject({
      verdict: 'cant-say',
      reasons: ['too-dark'],
    });
    expect(judge(SEEN, MANIFEST, 0.2)).toMatchObject({ verdict: 'malignant', threshold: 0.2 });
  });

  it('of a model without probes knows no kind and no likeness', () => {
    const bare = { ...MANIFEST, probes: null, viewLimits: {} };
    expect(judge({ ...SEEN, traits: null }, bare, null)).toMatchObject({ kind: 'unknown', verdict: 'benign', reasons: [] });
  });
});
