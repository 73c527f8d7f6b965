import { describe, expect, it } from 'vitest';
import { labelsFromFolders } from './label-look-up';
import { labelsFromCsv, readLabelTable } from './labels';

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

  it('does not guess even where the two labels are the same', () => {
    expect(labelsFromCsv('file,label\nx/1.jpg,benign\ny/1.jpg,benign\n')('z/1.jpg')).toBeUndefined();
  });

  it('takes a row that stands there twice, unless it contradicts itself', () => {
    expect(labelsFromCsv('file,label\nx/1.jpg,benign\nx/1.jpg,benign\n')('x/1.jpg')).toBe(false);
    expect(labelsFromCsv('file,label\nx/1.jpg,benign\nx/1.jpg,malignant\n')('x/1.jpg')).toBeUndefined();
  });

  it("uses the folder's own name where names repeat", () => {
    expect(labelsFromCsv(CSV, 'y')('same.jpg')).toBe(true);
    expect(labelsFromCsv(CSV, 'x')('same.jpg')).toBe(false);
  });

  it('reads paths of Windows and of find', () => {
    expect(labelsFromCsv('file,label\n.\\ham\\a.jpg,Malignant\n')('ham/a.jpg')).toBe(true);
    expect(labelsFromCsv('file,label\n./ham/a.jpg,benign\n')('ham/a.jpg')).toBe(false);
  });

  it('does with image_id alone', () => {
    expect(labelsFromCsv('image_id,label\nA,malignant\nB,benign\n')('deep/A.jpg')).toBe(true);
  });

  it.each([
    ['the ISIC archive', 'isic_id,benign_malignant\na,malignant\nb,benign\nc,indeterminate\n'],
    ['ISIC 2020', 'image_name,target,diagnosis\na,1,melanoma\nb,0,nevus\nc,,unknown\n'],
    ['HAM10000', 'lesion_id,image_id,dx\n1,a,akiec\n2,b,nv\n3,c,none\n'],
    ['a spreadsheet with semicolons and a byte order mark', '\ufeffFile;Malignant\r\na.jpg;TRUE\r\nb.jpg;FALSE\r\nc.jpg;?\r\n'],
    ['tabs', 'path\tlabel\na.jpg\tmalignant\nb.jpg\tBenign\nc.jpg\tpremalignant\n'],
  ])('reads the columns of %s', (_, text) => {
    const labelOf = labelsFromCsv(text);
    expect(['a.jpg', 'b.jpg', 'c.jpg', 'd.jpg'].map(labelOf)).toEqual([true, false, null, undefined]);
  });

  it('prefers a label to a diagnosis beside it', () => {
    expect(labelsFromCsv('file,dx,label\na.jpg,akiec,premalignant\n')('a.jpg')).toBeNull();
  });

  it('counts the pictures that it names, each once', () => {
    expect(readLabelTable(`${CSV}x/same.jpg,benign,S1\n,benign,\n`).pictures).toBe(5);
  });

  it('asks for rows that are alike', () => {
    expect(() => labelsFromCsv('file,label\na.jpg,benign\nb.jpg\n')).toThrow();
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
