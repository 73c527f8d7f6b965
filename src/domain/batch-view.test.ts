import { describe, expect, it } from 'vitest';
import { isWrong, lineOfScores, viewBatch, type BatchEntry, type BatchView } from './batch-view';
import { batchEntry as entry } from './testing-batch';

const VIEW: BatchView = { filter: 'all', order: 'added', text: '', threshold: 0.5 };

const ids = (entries: readonly BatchEntry[]): number[] => entries.map(({ id }) => id);

describe('viewBatch', () => {
  const waiting = entry(5, null, { row: null });
  const failed = entry(4, null, {}, { error: 'file-empty' });
  const entries = [entry(1, 0.2), entry(2, 0.9), entry(3, 0.6, {}, { verdict: 'cant-say' }), failed, waiting];

  it.each([
    ['all', [1, 2, 3, 4, 5]],
    ['malignant', [2]],
    ['benign', [1]],
    ['cant-say', [3]],
    ['errors', [4]],
    ['wrong', []],
  ] as const)('filters %s', (filter, shown) => {
    expect(ids(viewBatch(entries, { ...VIEW, filter }))).toEqual(shown);
  });

  it.each([
    ['score-high', [2, 3, 1, 4, 5]],
    ['score-low', [1, 3, 2, 4, 5]],
    ['verdict', [1, 3, 2, 4, 5]],
  ] as const)('orders by %s, what has no score last', (order, shown) => {
    expect(ids(viewBatch(entries, { ...VIEW, order }))).toEqual(shown);
  });

  it('orders names as people do, and finds a part of a path in any case', () => {
    const named = ['b/10.jpg', 'b/2.jpg', 'A/3.JPG'].map((path, id) => entry(id, 0.1, { path }));
    expect(viewBatch(named, { ...VIEW, order: 'file' }).map(({ path }) => path)).toEqual(['A/3.JPG', 'b/2.jpg', 'b/10.jpg']);
    expect(ids(viewBatch(named, { ...VIEW, text: 'a/3.jpg' }))).toEqual([2]);
  });

  it('orders names backwards, labels, and what there is to note', () => {
    const named = ['2.jpg', '10.jpg', '1.jpg'].map((path, id) => entry(id, 0.1, { path }));
    expect(ids(viewBatch(named, { ...VIEW, order: 'file-down' }))).toEqual([1, 0, 2]);
    const labelled = ([undefined, null, false, true, true] as const).map((label, id) => entry(id, 0.1, { label }));
    expect(ids(viewBatch(labelled, { ...VIEW, order: 'label' }))).toEqual([3, 4, 2, 1, 0]);
    const noted = [
      waiting,
      entry(6, 0.1),
      entry(7, 0.1, { notes: ['blurred'] }),
      entry(8, 0.1, {}, { reasons: ['too-dark'] }),
      failed,
    ];
    expect(ids(viewBatch(noted, { ...VIEW, order: 'notes' }))).toEqual([4, 8, 7, 6, 5]);
  });

  it('puts the wrong ones first, the worst at the top, unlabelled ones last', () => {
    const labelled = [
      entry(1, 0.4, { label: true }), // wrong by 0.1
      entry(2, 0.9, { label: false }), // wrong by 0.4
      entry(3, 0.9, { label: true }),
      entry(4, 0.5, { label: false }), // at the threshold: called malignant, wrong
      entry(5, 0.5, { label: null }),
    ];
    expect(ids(viewBatch(labelled, { ...VIEW, order: 'wrong-first' }))).toEqual([2, 1, 4, 3, 5]);
    expect(ids(viewBatch(labelled, { ...VIEW, filter: 'wrong' }))).toEqual([1, 2, 4]);
    expect(isWrong(entry(6, 0.5, { label: true }), 0.5)).toBe(false);
  });
});

describe('without a loaded model', () => {
  it('the line is the one that the scores were held against, and where nothing was scored there is none', () => {
    const unread = entry(1, null, {}, { threshold: null });
    expect(lineOfScores([unread, entry(2, 0.3, {}, { threshold: 0.06 })])).toBe(0.06);
    expect(lineOfScores([unread, { ...unread, row: null }])).toBeNull();
  });

  it('nothing is wrong where there is no line', () => {
    const labelled = entry(1, 0.3, { label: true });
    expect(isWrong(labelled, null)).toBe(false);
    expect(viewBatch([labelled], { ...VIEW, filter: 'wrong', threshold: null })).toEqual([]);
  });
});

it('calls no score of a person’s own model wrong, as no verdict is said of it', () => {
  const own = entry(1, 0.9, { label: false }, { verdict: null, threshold: null });
  expect(isWrong(own, 0.5)).toBe(false);
  expect(isWrong(entry(2, 0.9, { label: false }), 0.5)).toBe(true);
});
