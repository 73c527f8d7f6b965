import { expect, it } from 'vitest';
import { aucInterval } from './auc-interval';
import { formatMetrics, labelledScores, measureBatch, ratePredictions, ratesByClass, type BatchMetrics } from './batch-metrics';
import { batchEntry } from './testing-batch';

const MODEL = { model: 'm-1', model_sha256: 'abc' };

/** Two malignant ones, at 0.9 and 0.4; three benign ones, at 0.1, 0.4 and 0.7, of which one "can't say". */
const ENTRIES = [
  batchEntry(1, 0.9, { label: true }, MODEL),
  batchEntry(2, 0.4, { label: true }, MODEL),
  batchEntry(3, 0.1, { label: false }, MODEL),
  batchEntry(4, 0.4, { label: false }, { ...MODEL, verdict: 'cant-say' }),
  batchEntry(5, 0.7, { label: false }, MODEL),
  // None of these counts: labelled as neither, not labelled, not read, still waiting.
  batchEntry(6, 0.8, { label: null }, { ...MODEL, verdict: 'cant-say' }),
  batchEntry(7, 0.8, {}, { model: 'm-2' }),
  batchEntry(8, null, { label: true }),
  batchEntry(9, 0, { label: true, row: null }),
];

it('gives the figures of the scored pictures of both classes, by hand', () => {
  const metrics = measureBatch(ENTRIES, 0.5);
  const { labels, probabilities } = labelledScores(ENTRIES);
  expect(metrics).toEqual({
    format: 1,
    model: { version: 'm-1', sha256: 'abc' },
    models: [{ version: 'm-1', sha256: 'abc', n: 5 }],
    n: 5,
    malignant: 2,
    benign: 3,
    threshold: 0.5,
    // 0.9 beats three; 0.4 beats one and ties with one.
    auc: 4.5 / 6,
    auc_ci95: aucInterval(labels, probabilities),
    auc_ci95_method: 'DeLong',
    sensitivity: 1 / 2,
    specificity: 2 / 3,
    ece: expect.closeTo((0.1 + Math.abs(1 - 0.8) + 0.7 + 0.1) / 5, 12) as number,
    ece_bins: 15,
    confusion: { true_positives: 1, false_negatives: 1, false_positives: 1, true_negatives: 2 },
    cant_say: 1,
    cant_say_rate: 0.2,
  } satisfies BatchMetrics);
  expect(measureBatch(ENTRIES, 0.4).confusion).toEqual({
    true_positives: 2,
    false_negatives: 0,
    false_positives: 2,
    true_negatives: 1,
  });
});

it('names every model that scored, and then no single one', () => {
  const both = [...ENTRIES, batchEntry(10, 0.3, { label: false }, { model: 'm-2', model_sha256: null })];
  expect(measureBatch(both, 0.5)).toMatchObject({
    model: null,
    models: [
      { version: 'm-1', sha256: 'abc', n: 5 },
      { version: 'm-2', sha256: null, n: 1 },
    ],
  });
});

it('writes JSON in full precision, with null where there is no figure', () => {
  const json = JSON.parse(formatMetrics(measureBatch(ENTRIES, 0.5))) as BatchMetrics;
  expect(json).toEqual(measureBatch(ENTRIES, 0.5));
  const benign = measureBatch(
    ENTRIES.filter(({ label }) => label === false),
    0.5,
  );
  expect(JSON.parse(formatMetrics(benign))).toMatchObject({
    n: 3,
    auc: null,
    auc_ci95: null,
    sensitivity: null,
    specificity: 2 / 3,
  });
});

it('gives the rates of each class, those that are neither benign nor malignant included, by hand', () => {
  const entries = [
    batchEntry(1, 0.9, { label: true, labelClass: 'mel' }),
    batchEntry(2, 0.2, { label: false, labelClass: 'nv' }),
    batchEntry(3, 0.6, { label: false, labelClass: 'nv' }, { verdict: 'cant-say' }),
    batchEntry(4, 0.5, { label: null, labelClass: 'ak' }),
    batchEntry(5, 0.1, { label: true, labelClass: 'odd' }),
    batchEntry(6, 0.1, { label: false, labelClass: 'odd' }),
    // Not scored, waiting, without a class.
    batchEntry(7, null, { label: false, labelClass: 'nv' }),
    batchEntry(8, 0, { label: true, labelClass: 'bcc', row: null }),
    batchEntry(9, 0.9, { label: false }),
  ];
  const rates = ratesByClass(entries, 0.5);
  expect(rates.map((rate) => [rate.class, rate.label, rate.n, rate.called_malignant, rate.cant_say])).toEqual([
    ['nv', 'benign', 2, 1, 1],
    ['odd', null, 2, 0, 0],
    ['ak', null, 1, 1, 0],
    ['mel', 'malignant', 1, 1, 0],
  ]);
  expect(rates[0]).toMatchObject({ called_malignant_rate: 0.5, cant_say_rate: 0.5, mean_score: 0.4 });
  expect(ratesByClass(entries, 0.7)[0]?.called_malignant).toBe(0);
  expect(measureBatch(entries, 0.5).classes).toEqual(rates);
  expect(measureBatch(ENTRIES, 0.5)).not.toHaveProperty('classes');
});

it('counts how often a model names the class of the label, by hand', () => {
  const among = ['mel', 'nv', 'bcc', 'df'];
  const pair = (id: number, labelClass: string | null, name: string | null) =>
    batchEntry(id, 0.5, { label: false, labelClass, predicted: name === null ? null : { name, among } });
  const entries = [
    pair(1, 'mel', 'mel'),
    pair(2, 'mel', 'nv'),
    pair(3, 'nv', 'nv'),
    pair(4, 'nv', 'nv'),
    pair(5, 'bcc', 'nv'),
    pair(6, 'nv', 'df'),
    // The model has no such class; no class; no class of the model's.
    pair(7, 'vasc', 'mel'),
    pair(8, null, 'mel'),
    pair(9, 'mel', null),
  ];
  const predictions = ratePredictions(entries);
  expect(predictions).toEqual({
    n: 6,
    correct: 3,
    accuracy: 0.5,
    classes: [
      { class: 'bcc', n: 1, predicted: 0, correct: 0, recall: 0, precision: null },
      { class: 'df', n: 0, predicted: 1, correct: 0, recall: null, precision: 0 },
      { class: 'mel', n: 2, predicted: 1, correct: 1, recall: 0.5, precision: 1 },
      { class: 'nv', n: 3, predicted: 4, correct: 2, recall: 2 / 3, precision: 0.5 },
    ],
  });
  expect(measureBatch(entries, 0.5).predictions).toEqual(predictions);
  expect(ratePredictions(entries.slice(6))).toBeNull();
});
