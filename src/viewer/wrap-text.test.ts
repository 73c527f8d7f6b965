import { expect, it } from 'vitest';
import { wrapText } from './wrap-text';

const measure = (text: string): number => text.length;

it('breaks between words, never inside one, and loses none', () => {
  expect(wrapText('of 100 benign ones it called 45 malignant', 12, measure)).toEqual([
    'of 100',
    'benign ones',
    'it called 45',
    'malignant',
  ]);
  expect(wrapText('a incomprehensibilities b', 5, measure)).toEqual(['a', 'incomprehensibilities', 'b']);
  expect(wrapText('  one   two ', 20, measure)).toEqual(['one two']);
  expect(wrapText('', 5, measure)).toEqual([]);
});
