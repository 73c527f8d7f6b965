import { describe, expect, it } from 'vitest';
import { chunkByName, labelsFromCsv, labelsFromFolders } from './labels';

const CSV = `file,label,image_id
ham/a.jpg,malignant,A
ham/b.jpg,benign,B
pad/c.png,premalignant,C
x/same.jpg,benign,S1
y/same.jpg,malignant,S2
`;

describe('labelsFromCsv', () => {
  const labelOf = labelsFromCsv(CSV);

  it('matches whole paths, last two parts, names and ids', () => {
    expect(labelOf('ham/a.jpg')).toBe(true);
    expect(labelOf('deep/ham/b.jpg')).toBe(false);
    expect(labelOf('b.jpg')).toBe(false);
    expect(labelOf('other/A.png')).toBe(true);
  });

  it('knows labels that are neither class', () => {
    expect(labelOf('pad/c.png')).toBeNull();
    expect(labelOf('c.png')).toBeNull();
  });

  it('does not guess between two labels of one name', () => {
    expect(labelOf('y/same.jpg')).toBe(true);
    expect(labelOf('same.jpg')).toBeUndefined();
    expect(labelOf('unknown.jpg')).toBeUndefined();
  });

  it('asks for its columns', () => {
    expect(() => labelsFromCsv('name,class\na,b\n')).toThrow('label');
  });
});

it('reads class folders', () => {
  expect(labelsFromFolders('set/Malignant/1.jpg')).toBe(true);
  expect(labelsFromFolders('benign/1.jpg')).toBe(false);
  expect(labelsFromFolders('malignant.jpg')).toBeUndefined();
});

it('never puts one name twice into a chunk and loses no path', () => {
  const paths = ['a/1.jpg', 'b/1.jpg', 'a/2.jpg', 'c/1.jpg', 'a/3.jpg'];
  const chunks = chunkByName(paths, 2);
  expect(chunks.flat().sort()).toEqual([...paths].sort());
  for (const chunk of chunks) {
    expect(chunk.length).toBeLessThanOrEqual(2);
    expect(new Set(chunk.map((p) => p.split('/').at(-1))).size).toBe(chunk.length);
  }
});
