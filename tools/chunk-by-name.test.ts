import { expect, it } from 'vitest';
import { chunkByName } from './chunk-by-name';

it('never puts one name twice into a chunk and loses no path', () => {
  const paths = ['a/1.jpg', 'b/1.jpg', 'a/2.jpg', 'c/1.jpg', 'a/3.jpg'];
  const chunks = chunkByName(paths, 2);
  expect(chunks.flat().sort()).toEqual([...paths].sort());
  for (const chunk of chunks) {
    expect(chunk.length).toBeLessThanOrEqual(2);
    expect(new Set(chunk.map((p) => p.split('/').at(-1))).size).toBe(chunk.length);
  }
});
