import { expect, it } from 'vitest';
import { aboutOf, line, outOfHundred } from './en/line-words';

it.each([
  [0.424, 100, 'about 42 of 100'],
  [0.001, 100, 'fewer than 1 of 100'],
  [0.999, 100, 'more than 99 of 100'],
  [0, 100, '0 of 100'],
  [1, 100, '100 of 100'],
  [0.0019, 1000, 'about 2 of 1,000'],
  [0.9999, 1000, 'more than 999 of 1,000'],
])('%f of %i: %s', (rate, of, text) => {
  expect(aboutOf(rate, of)).toBe(text);
});

it('outOfHundred never rounds an error away', () => {
  expect([0, 0.002, 0.07, 0.998, 1].map(outOfHundred)).toEqual(['0', 'fewer than 1', '7', 'more than 99', '100']);
});

const { answer, counts } = line.baseRate;

it('answers by hand-computed numbers', () => {
  // 9 of 10 found, 1 of 2 harmless ones alarmed: of 1,000 with 100 malignant 90 of 540 above, 10 of 460 below.
  const rates = { sensitivity: 0.9, specificity: 0.5 };
  expect(answer('malignant', 100, rates)).toBe(
    'Of 1,000 spots, as you set it, 100 are malignant; of those above the line about 17 of 100 would be.',
  );
  expect(answer('benign', 100, rates)).toContain('of those below the line about 22 of 1,000 would be.');
  expect(counts(100, rates)).toContain('So 90 of 540 above the line are malignant, and 10 of 460 below it.');
});

it('says so where a side of the line holds nothing', () => {
  expect(answer('malignant', 'app-users', { sensitivity: 0, specificity: 1 })).toContain('was not measured');
  expect(answer('benign', 'app-users', { sensitivity: 1, specificity: 0 })).toContain('was not measured');
  // Nothing was measured below: by Bayes all of it would be malignant.
  const lowest = { sensitivity: 0.9967, specificity: 0 };
  expect(answer('benign', 'app-users', lowest)).toContain('was not measured');
  expect(counts('app-users', lowest)).not.toContain('of 0');
});
