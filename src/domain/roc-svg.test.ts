import { expect, it } from 'vitest';
import { labelledScores, measureBatch, type BatchMetrics } from './batch-metrics';
import { rocCurve } from './roc';
import { drawRocSvg, type RocTexts } from './roc-svg';
import { batchEntry } from './testing-batch';

const ENTRIES = [
  batchEntry(1, 0.9, { label: true }),
  batchEntry(2, 0.2, { label: true }),
  batchEntry(3, 0.6, { label: false }),
  batchEntry(4, 0.1, { label: false }),
];
const METRICS = measureBatch(ENTRIES, 0.5);
const { labels, probabilities } = labelledScores(ENTRIES);
const TEXTS: RocTexts = { title: 'ROC', x: 'across', y: 'up', lines: ['AUC'], tick: (value) => `tick ${value}` };

function draw(texts: Partial<RocTexts> = {}): string {
  return drawRocSvg(METRICS, rocCurve(labels, probabilities), { ...TEXTS, ...texts });
}

function unescape(text: string): string {
  return text.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

it('draws the curve, from corner to corner, and the threshold where the JSON has it', () => {
  const svg = draw();
  // (0, 0), (0, 1/2), (1/2, 1/2), (1/2, 1), (1, 1) on a square of 372 whose lower left corner is at (76, 424).
  expect(svg).toContain('d="M76 424L76 238L262 238L262 52L448 52"');
  expect([METRICS.sensitivity, METRICS.specificity]).toEqual([0.5, 0.5]);
  expect(svg).toContain('<circle cx="262" cy="238"');
  const json = /<metadata>([^]*)<\/metadata>/.exec(svg)?.[1] ?? '';
  expect(JSON.parse(unescape(json)) as BatchMetrics).toEqual(METRICS);
});

it('labels both axes and every tick', () => {
  const svg = draw();
  for (const words of ['across', 'up']) expect(svg.split(`>${words}<`)).toHaveLength(2);
  expect(svg.split('>tick 0.2<')).toHaveLength(3);
});

it('takes any name of a model', () => {
  const svg = draw({ lines: [`a<b>&"c"\u0000\u001b${'é'.repeat(100)}`] });
  expect(svg).toContain('<desc>a&lt;b&gt;&amp;&quot;c&quot;é');
  // On two lines, each within the file's width.
  expect(svg).toContain(`>${'é'.repeat(50)}</text>`);
  expect(svg).not.toMatch(/[\u0000-\u0008\u001b]/);
});
