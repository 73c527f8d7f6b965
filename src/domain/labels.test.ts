import { describe, expect, it } from 'vitest';
import { formatBatchCsv, type BatchRow } from './csv';
import { PICTURE_TYPES } from './file-names';
import { labelsFromFolders, type LabelLookUp } from './label-look-up';
import { batchEntry } from './testing-batch';
import { readLabelFile, readLabelTable } from './labels';

function labelsFromCsv(text: string, folderName?: string): LabelLookUp {
  return readLabelTable(text, folderName).labelOf;
}

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
    ['the ISIC archive of today', 'isic_id,diagnosis_1,diagnosis_2\na,Malignant,x\nb,Benign,y\nc,Indeterminate,z\n'],
    [
      'PAD-UFES-20',
      'patient_id,diagnostic,itch,img_id,biopsed\n1,SCC,True,a.jpg,True\n2,SEK,UNK,b.jpg,False\n3,ACK,,c.jpg,False\n',
    ],
    ['ISIC 2018', 'image,MEL,NV,BCC,AKIEC,BKL,DF,VASC\na,0.0,0.0,0.0,1.0,0.0,0.0,0.0\nb,0,0,0,0,0,1,0\nc,0,0,0,0,0,0,0\n'],
    [
      'ISIC 2019, with the weights of its test',
      'image,MEL,NV,BCC,AK,BKL,DF,VASC,SCC,UNK,score_weight,validation_weight\n' +
        'a,0.0,0.0,0.0,0.0,0.0,0.0,0.0,1.0,0.0,1.0,1.0\nb,0,1,0,0,0,0,0,0,0,0.5,1\nc,0,0,0,1,0,0,0,0,0,1,1\n',
    ],
    ['a line for Excel that names the delimiter', 'sep=;\r\nfile;label\r\na.jpg;malignant\r\nb.jpg;benign\r\nc.jpg;none\r\n'],
    ['tabs', 'path\tlabel\na.jpg\tmalignant\nb.jpg\tBenign\nc.jpg\tpremalignant\n'],
  ])('reads the columns of %s', (_, text) => {
    const labelOf = labelsFromCsv(text);
    expect(['a.jpg', 'b.jpg', 'c.jpg', 'd.jpg'].map(labelOf)).toEqual([true, false, null, undefined]);
  });

  it.each([
    ['BCC', true],
    ['SCC', true],
    ['MEL', true],
    ['BOD', true], // Bowen's disease, which PAD-UFES-20 counts as SCC
    ['ACK', null],
    ['NEV', false],
    ['SEK', false],
  ])('takes %s of PAD-UFES-20 for %s', (word, label) => {
    expect(labelsFromCsv(`img_id,diagnostic\nPAT_1_2_3.png,${word}\n`)('PAT_1_2_3.png')).toBe(label);
  });

  it.each([
    ['MEL', true],
    ['NV', false],
    ['BCC', true],
    ['AK', null],
    ['BKL', false],
    ['DF', false],
    ['VASC', false],
    ['SCC', true],
    ['UNK', null],
  ])('takes the column %s of ISIC 2019 for %s', (word, label) => {
    const columns = ['MEL', 'NV', 'BCC', 'AK', 'BKL', 'DF', 'VASC', 'SCC', 'UNK'];
    const cells = columns.map((column) => (column === word ? '1.0' : '0.0'));
    expect(labelsFromCsv(`image,${columns.join(',')}\nISIC_1,${cells.join(',')}\n`)('ISIC_1.jpg')).toBe(label);
  });

  it('takes what is neither of the two columns of ISIC 2017 for a nevus', () => {
    const labelOf = labelsFromCsv('image_id,melanoma,seborrheic_keratosis\na,1.0,0.0\nb,0.0,1.0\nc,0.0,0.0\n');
    expect(['a.jpg', 'b.jpg', 'c.jpg'].map(labelOf)).toEqual([true, false, false]);
  });

  it('takes a row with columns of both sides set for neither, and no predictions for labels', () => {
    expect(labelsFromCsv('image,MEL,NV\na,1,1\n')('a.jpg')).toBeNull();
    expect(labelsFromCsv('image;MEL;BCC\na;1,0;1,0\n')('a.jpg')).toBe(true);
    expect(() => labelsFromCsv('image,MEL,NV\na,1,0\nb,0.7,0.3\n')).toThrow('0 and 1');
    expect(() => labelsFromCsv('image,melanoma\na,1\n')).toThrow('label');
  });

  const NAME_COLUMNS = 'file filename file_name path image image_id isic_id image_name img_id'.split(' ');

  it.each(NAME_COLUMNS)('matches ids and names in the column %s', (column) => {
    const labelOf = labelsFromCsv(`${column},label\nISIC_1,malignant\nISIC.2,benign\nISIC_3.png,benign\n`);
    for (const ending of Object.values(PICTURE_TYPES).flat()) {
      expect(labelOf(`ISIC_1${ending}`), ending).toBe(true);
      expect(labelOf(`set/ISIC_1${ending.toUpperCase()}`), ending).toBe(true);
    }
    expect(labelOf('ISIC.2.jpg')).toBe(false);
    expect(labelOf('ISIC_1')).toBe(true);
    expect(labelOf('ISIC_3.png')).toBe(false);
    // Another file than the one that is named.
    expect(labelOf('ISIC_3.jpg')).toBeUndefined();
  });

  it('tells ids in folders apart', () => {
    const labelOf = labelsFromCsv('path,label\nx/1,benign\ny/1,malignant\n');
    expect(['x/1.jpg', 'set/y/1.png', '1.jpg', 'z/1.jpg'].map(labelOf)).toEqual([false, true, undefined, undefined]);
  });

  it('compares letters, however they are composed', () => {
    const [composed, apart] = ['n\u00e6vus-\u00e9.jpg', 'n\u00e6vus-e\u0301.jpg'];
    for (const [cell, path] of [
      [composed, apart],
      [apart, composed],
    ] as const) {
      expect(labelsFromCsv(`file,label\nset/${cell},malignant\n`)(`set/${path}`)).toBe(true);
    }
    expect(labelsFromCsv(`file,label\n${composed}/1.jpg,malignant\n${composed}2/1.jpg,benign\n`, apart)('1.jpg')).toBe(true);
  });

  it('compares without case where case finds nothing, and does not guess there either', () => {
    const labelOf = labelsFromCsv(
      'file,label\nimg_1.JPG,malignant\nA.jpg,malignant\na.jpg,benign\nset/b.jpg,benign\nB.jpg,malignant\n',
    );
    expect(labelOf('IMG_1.jpg')).toBe(true);
    expect([labelOf('A.jpg'), labelOf('a.jpg'), labelOf('a.JPG')]).toEqual([true, false, undefined]);
    // The folder, though in another case, says more than the name.
    expect(labelOf('SET/B.jpg')).toBe(false);
  });

  it('knows the names of our own export again', () => {
    const names = ['=1.jpg', '-1.jpg', '+a/2.jpg', '@3', '\tt.jpg', ' s.jpg', "'-4.jpg", '-4.jpg', 'a\\b.jpg', 'x,"y".jpg'];
    const row: BatchRow = {
      file: '',
      probability: 0.5,
      logit: 0,
      verdict: 'benign',
      reasons: [],
      width: 1,
      height: 1,
      ms: 1,
      error: null,
      threshold: 0.6,
      kind: 'unknown',
      views: false,
      model: null,
      model_sha256: null,
      crop: null,
      backend: null,
    };
    const exported = formatBatchCsv(names.map((file) => ({ ...row, file, label: 'benign' as const })));
    const labelOf = labelsFromCsv(exported);
    expect(names.map((name) => [name, labelOf(name)])).toEqual(names.map((name) => [name, false]));
    expect(labelOf("'=1.jpg")).toBe(false);
  });

  it('reads a file of bytes as they come', () => {
    const latin = Uint8Array.from('file;label\r\nn\u00e6vus-\u00e9.jpg;malignant\r\n', (mark) => mark.charCodeAt(0));
    expect(readLabelFile(latin).labelOf('nævus-é.jpg')).toBe(true);
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

describe('classOf', () => {
  const NAMES = ['a.jpg', 'b.jpg', 'c.jpg', 'd.jpg'];
  const classesOf = (text: string) => NAMES.map(readLabelTable(text).classOf);

  it.each([
    ['of HAM10000', 'image_id,dx\na,akiec\nb,NV\nc,\n', ['akiec', 'nv', undefined]],
    ['of PAD-UFES-20', 'img_id,diagnostic\na.jpg,SCC\nb.jpg,SEK\nc.jpg,ACK\n', ['scc', 'sek', 'ack']],
    [
      'beside a label',
      'file,label,dx\na.jpg,malignant,mel\nb.jpg,benign,none\nc.jpg,premalignant,ak\n',
      ['mel', undefined, 'ak'],
    ],
    ['of ISIC 2020', 'image_name,target,diagnosis\na,1,melanoma\nb,0,nevus\nc,,unknown\n', ['melanoma', 'nevus', undefined]],
    [
      'of the ISIC archive',
      'isic_id,diagnosis_1,diagnosis_3\na,Malignant,"Melanoma, NOS"\nb,Benign,Nevus\nc,,\n',
      ['melanoma, nos', 'nevus', undefined],
    ],
    ['of ISIC 2018', 'image,MEL,NV,BCC\na,1,0,0\nb,0,1,0\nc,1,0,1\n', ['mel', 'nv', undefined]],
    ['of ISIC 2019', 'image,MEL,AK,UNK\na,1,0,0\nb,0,1,0\nc,0,0,1\n', ['mel', 'ak', undefined]],
    [
      'of ISIC 2017',
      'image_id,melanoma,seborrheic_keratosis\na,1,0\nb,0,1\nc,0,0\n',
      ['melanoma', 'seborrheic keratosis', 'nevus'],
    ],
    [
      'in the column of the label',
      'file,label\na.jpg,Melanoma\nb.jpg,clear_cell\nc.jpg,benign\n',
      ['melanoma', 'clear cell', undefined],
    ],
  ])('knows the classes %s', (_, text, classes) => {
    expect(classesOf(text)).toEqual([...classes, undefined]);
  });

  it.each(['malignant', 'premalignant', '1', '0.0', '?'])('takes %s for no class', (word) => {
    expect(classesOf(`file,label\na.jpg,${word}\nb.jpg,benign\n`)).toEqual([undefined, undefined, undefined, undefined]);
  });

  it('does not guess between two, and leaves the label that both give', () => {
    const { labelOf, classOf } = readLabelTable('file,dx\na.jpg,nv\na.jpg,bkl\nx/b.jpg,nv\ny/b.jpg,\n');
    expect([labelOf('a.jpg'), classOf('a.jpg')]).toEqual([false, undefined]);
    expect([classOf('x/b.jpg'), classOf('y/b.jpg'), classOf('b.jpg')]).toEqual(['nv', undefined, undefined]);
  });

  it('knows those of our own export again', () => {
    const row = { ...batchEntry(1, 0.5).row!, file: 'a.jpg' };
    const exported = formatBatchCsv([{ ...row, label: 'benign', class: '=nv, "x"' }]);
    expect(readLabelTable(exported).labelOf('a.jpg')).toBe(false);
    expect(readLabelTable(exported).classOf('a.jpg')).toBe('\'=nv, "x"');
  });
});

it('reads class folders', () => {
  expect(labelsFromFolders('set/Malignant/1.jpg')).toBe(true);
  expect(labelsFromFolders('benign/1.jpg')).toBe(false);
  expect(labelsFromFolders('malignant.jpg')).toBeUndefined();
});
