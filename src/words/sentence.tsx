import { createElement, Fragment, isValidElement, type ReactNode } from 'react';

/**
 * A sentence with marked-up parts: sentence`Called malignant from ${<b>0.5</b>} on.` Each run of text, with the strings and
 * numbers in it, becomes an element of its own (see tools/own-text-rule.js for why); null and false are left out.
 */
export function sentence(texts: TemplateStringsArray, ...values: readonly ReactNode[]): ReactNode {
  const parts: ReactNode[] = [];
  let text = texts[0] ?? '';
  const endText = (): void => {
    if (text !== '') parts.push(text.trim() === '' ? text : createElement('span', null, text));
    text = '';
  };
  values.forEach((value, i) => {
    if (isValidElement(value)) {
      endText();
      parts.push(value);
    } else if (typeof value === 'string' || typeof value === 'number') text += String(value);
    text += texts[i + 1] ?? '';
  });
  endText();
  return createElement(Fragment, null, ...parts);
}
