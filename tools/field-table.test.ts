import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { FIELD_TABLE } from '../e2e/field-table';

it.each(FIELD_TABLE)('$kind: $right', ({ file, title }) => {
  const source = readFileSync(new URL(`../${file}`, import.meta.url), 'utf8');
  const titles = [...source.matchAll(/\b(?:test|it)(?:\.\w+(?:\([^)]*\))?)*\(\s*(['"`])([\s\S]*?)\1/g)].map((match) => match[2]);
  const describes = [...source.matchAll(/describe\(\s*(['"`])([\s\S]*?)\1/g)].map((match) => match[2]);
  expect(
    [...titles, ...describes].filter((text) => text?.includes(title)),
    title,
  ).not.toEqual([]);
});
