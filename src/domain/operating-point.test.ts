import { expect, it } from 'vitest';
import type { CurveRow, TestMetrics } from './manifest';
import { measureLine, ratesAt, stepLine } from './operating-point';

const CURVE: readonly CurveRow[] = [
  [0.1, 1, 0.2],
  [0.2, 0.9, 0.6],
  [0.6, 0.5, 0.95],
];

it.each([
  [0.1, 1, 0.2],
  [0.2, 0.9, 0.6],
  [0.6, 0.5, 0.95],
  // Between two rows: of each figure the worse.
  [0.15, 0.9, 0.2],
  [0.3, 0.5, 0.6],
  // Beyond the ends nothing is promised that was not measured.
  [0.05, 1, 0],
  [0, 1, 0],
  [0.7, 0, 0.95],
  [1, 0, 0.95],
])('at %f: sensitivity %f, specificity %f', (threshold, sensitivity, specificity) => {
  expect(ratesAt({ curve: CURVE }, threshold)).toEqual({ sensitivity, specificity });
});

it('knows nothing without a curve', () => {
  expect(ratesAt({}, 0.5)).toBeNull();
});

function set(name: string, facts: Partial<TestMetrics>): TestMetrics {
  const figures = {
    images: 10,
    malignant: 5,
    auc: 0.9,
    aucCi95: [0.8, 1],
    sensitivity: 0.91,
    specificity: 0.61,
    ece: 0,
  } as const;
  return { name, heldOut: true, ...figures, ...facts };
}

it("takes the first held-out set of the kind, else the first of any; at its own line the model's own figures", () => {
  const metrics = [
    set('validation', { heldOut: false, kind: 'dermatoscope', curve: CURVE }),
    set('phones', { kind: 'phone', curve: CURVE, sensitivity: 0.92 }),
    set('clinic', { kind: 'dermatoscope', curve: CURVE }),
  ];
  const manifest = { threshold: 0.2, metrics };
  expect(measureLine({ manifest, threshold: 0.2, kind: 'dermatoscope' })).toEqual({
    set: 'clinic',
    rates: { sensitivity: 0.91, specificity: 0.61 },
  });
  expect(measureLine({ manifest, threshold: 0.6, kind: 'dermatoscope' })).toEqual({
    set: 'clinic',
    rates: { sensitivity: 0.5, specificity: 0.95 },
  });
  expect(measureLine({ manifest, threshold: 0.2, kind: 'phone' })?.rates.sensitivity).toBe(0.92);
  const oneKind = { threshold: 0.2, metrics: metrics.slice(0, 2) };
  expect(measureLine({ manifest: oneKind, threshold: 0.2, kind: 'dermatoscope' })?.set).toBe('phones');
  expect(measureLine({ manifest, threshold: 0.2, kind: 'unknown' })?.set).toBe('phones');
});

it('says nothing where nothing was measured', () => {
  expect(measureLine({ manifest: { threshold: 0.2, metrics: [] }, threshold: 0.2, kind: 'dermatoscope' })).toBeNull();
  const withoutCurve = { threshold: 0.2, metrics: [set('clinic', {})] };
  expect(measureLine({ manifest: withoutCurve, threshold: 0.2, kind: 'dermatoscope' })?.rates).toEqual({
    sensitivity: 0.91,
    specificity: 0.61,
  });
  expect(measureLine({ manifest: withoutCurve, threshold: 0.3, kind: 'dermatoscope' })).toBeNull();
});

it.each([
  [0.0637, 1, 0.07],
  [0.0637, -1, 0.06],
  [0.07, 1, 0.08],
  [0.07, -1, 0.06],
  [0.29, 1, 0.3],
  [0.58, -1, 0.57],
  [0.0637, 10, 0.16],
  [0.0637, -10, 0],
  [0.97, 10, 1],
])('from %f %i steps: %f', (from, steps, to) => {
  expect(stepLine(from, steps)).toBe(to);
});
