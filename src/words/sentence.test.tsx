import { isValidElement, type ReactElement, type ReactNode } from 'react';
import { expect, test } from 'vitest';
import { sentence } from './sentence';

/** "span:text" or "b:text" for an element, the text itself for bare text. */
function partsOf(node: ReactNode): readonly string[] {
  const { children } = (node as ReactElement<{ children: ReactNode }>).props;
  return [children].flat().map((part) => {
    if (!isValidElement<{ children: string }>(part)) return part as string;
    return `${String(part.type)}:${part.props.children}`;
  });
}

test('each run of text, with its numbers, is one element; what is left out leaves no gap', () => {
  expect(partsOf(sentence`Of ${100} it misses ${(<b>7</b>)}, ${'at most'}${false}.`)).toEqual([
    'span:Of 100 it misses ',
    'b:7',
    'span:, at most.',
  ]);
});

test('space between two elements stays bare: nobody translates it', () => {
  expect(partsOf(sentence`${(<b>1</b>)} ${(<b>2</b>)}`)).toEqual(['b:1', ' ', 'b:2']);
});
