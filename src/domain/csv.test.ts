import { parse } from 'csv-parse/sync';
import { expect, it } from 'vitest';
import { formatActivationsCsv, formatBatchCsv, type BatchRow } from './csv';

const ROW: BatchRow = {
  file: 'a.jpg',
  probability: 0.1234567890123456,
  logit: -1.5,
  verdict: 'benign',
  reasons: [],
  width: 200,
  height: 150,
  ms: 12.5,
  error: null,
  threshold: 0.25,
  kind: 'phone',
  views: true,
  model: 'v1',
  model_sha256: 'ab12',
  crop: '25 0 150',
  backend: 'wasm',
};

it('has the columns of the contract and full precision', () => {
  expect(formatBatchCsv([{ ...ROW, label: 'malignant' }])).toBe(
    '\ufefffile,probability,logit,verdict,reasons,width,height,ms,error,threshold,kind,views,model,model_sha256,crop,backend,label\r\na.jpg,0.1234567890123456,-1.5,benign,,200,150,12.5,,0.25,phone,yes,v1,ab12,25 0 150,wasm,malignant\r\n',
  );
});

it('has the class after the columns of the contract, where any row has one', () => {
  const rows = [
    { ...ROW, label: 'malignant', class: 'melanoma, nos' },
    { ...ROW, label: null, class: null },
  ] as const;
  const [header, first, second] = formatBatchCsv(rows).split('\r\n');
  expect(header).toMatch(/^\ufefffile,.*,backend,label,class$/);
  expect(first).toMatch(/,malignant,"melanoma, nos"$/);
  expect(second).toMatch(/,wasm,,$/);
  expect(formatBatchCsv([rows[1]])).toMatch(/^[^\r]*,label\r\n/);
});

it('is UTF-8 by its first bytes, so that Excel reads names as they are, and says the same once read', async () => {
  const csv = formatBatchCsv([{ ...ROW, file: 'nævus-é.jpg' }]);
  const bytes = new Uint8Array(await new Blob([csv]).arrayBuffer());
  expect([...bytes.subarray(0, 7)]).toEqual([0xef, 0xbb, 0xbf, ...new TextEncoder().encode('file')]);
  const [row] = parse<Record<string, string>>(Buffer.from(bytes), { columns: true, bom: true });
  expect(Object.keys(row!)).toEqual([
    'file',
    'probability',
    'logit',
    'verdict',
    'reasons',
    'width',
    'height',
    'ms',
    'error',
    'threshold',
    'kind',
    'views',
    'model',
    'model_sha256',
    'crop',
    'backend',
    'label',
  ]);
  expect(row!['file']).toBe('nævus-é.jpg');
});

it('survives any file name, and lets none run as a formula', () => {
  const names = ['a,b.jpg', 'say "hi".png', 'two\nlines.png', '=HYPERLINK("x").png', 'plain name.jpg', '-1.jpg'];
  const rows = parse<Record<string, string>>(formatBatchCsv(names.map((file) => ({ ...ROW, file }))), {
    columns: true,
    bom: true,
  });
  expect(rows.map((r) => r['file'])).toEqual([
    'a,b.jpg',
    'say "hi".png',
    'two\nlines.png',
    '\'=HYPERLINK("x").png',
    'plain name.jpg',
    "'-1.jpg",
  ]);
});

it('gives failed photos a row too', () => {
  const failed: BatchRow = {
    ...ROW,
    probability: null,
    logit: null,
    verdict: null,
    error: 'file-truncated',
    threshold: null,
    kind: null,
    views: null,
    model: null,
    model_sha256: null,
    crop: null,
    backend: null,
  };
  expect(formatBatchCsv([failed])).toContain('\r\na.jpg,,,,,200,150,12.5,file-truncated,,,,,,,,\r\n');
});

it('writes activations a line a picture, so that the same float32 is read back', () => {
  const rows = [
    { file: 'a,b.png', values: Float32Array.of(0.1, 0, 1e-9) },
    { file: '=1.png', values: Float32Array.of(-2, 3.5, 16777217) },
  ];
  const text = [...formatActivationsCsv('mine/conv', 3, rows)].join('');
  expect(text.startsWith('\ufefffile,mine/conv_0,mine/conv_1,mine/conv_2\r\n"a,b.png",')).toBe(true);
  const [, ...lines] = parse(text, { bom: true });
  expect(lines.map(([file]) => file)).toEqual(['a,b.png', "'=1.png"]);
  expect(lines.map(([, ...numbers]) => Float32Array.from(numbers, Number))).toEqual(rows.map(({ values }) => values));
});
