import { ESLint } from 'eslint';
import { beforeAll, describe, expect, it } from 'vitest';

/** Lints a component as if it stood in that file; only the rule on text is asked. */
describe('text in an element of its own', () => {
  let eslint: ESLint;
  beforeAll(() => {
    eslint = new ESLint({
      ruleFilter: ({ ruleId }) => ruleId === 'pages/own-text',
      overrideConfig: { languageOptions: { parserOptions: { disallowAutomaticSingleRunInference: true } } },
    });
  });

  async function countErrors(markup: string): Promise<number> {
    const text = `export function Part({ word, count, isOn }: { word: string; count: number; isOn: boolean }) {
      return ${markup};
    }`;
    const [result] = await eslint.lintText(text, { filePath: 'src/ui/ScrollTable.tsx' });
    const fatal = result?.messages.find((m) => m.fatal);
    if (fatal) throw new Error(fatal.message);
    return result?.messages.length ?? 0;
  }

  it.each([
    ['text beside an element', '<p>{word} <b>{count}</b></p>'],
    ['words written out beside an element', '<p>as it is <b>{count}</b></p>'],
    ['two texts', '<p>{word}{count}</p>'],
    ['text that is not always there', '<p>{isOn && word}<b>{count}</b></p>'],
    ['text behind a space', '<p><b>{count}</b><span> {word}</span></p>'],
    ['text in a fragment', '<>{word}</>'],
  ])('refuses %s', async (_, markup) => {
    expect(await countErrors(markup)).toBeGreaterThan(0);
  });

  it.each([
    ['a text alone', '<p>{word}</p>'],
    ['texts in elements, with a space between', '<p><span>{word}</span> <b>{count}</b></p>'],
    ['elements on lines of their own', '<p>\n<span>{word}</span>\n<b>{count}</b>\n</p>'],
    ['what is no text', '<p>{isOn && <b>{word}</b>}<i>{count}</i></p>'],
  ])('takes %s', async (_, markup) => {
    expect(await countErrors(markup)).toBe(0);
  });
});
