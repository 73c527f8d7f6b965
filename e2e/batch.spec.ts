import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { parse } from 'csv-parse/sync';
import { unzipSync } from 'fflate';
import type { BatchMetrics } from '../src/domain/batch-metrics';
import { analyse, openReady, showLayer } from './support/app';
import { parseNpy } from './support/npy';
import { darkPng, flatPng, lesionPng, noisyLesionPng, textFile, truncate, type PhotoFile } from './support/photos';
import { realDermoscopy } from './support/real-photos';
import { exportLayer } from './support/viewer';

test.describe.configure({ mode: 'serial' });

const COLUMNS = [
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
];

let page: Page;
const scroller = (): Locator => page.getByRole('region', { name: 'Rows of results' });

test.beforeAll(async ({ browser }) => {
  // Not browser.newPage(): axe opens a page of its own and needs a context that may hold two.
  page = await (await browser.newContext()).newPage();
  await openReady(page, '?backend=wasm');
});

test.afterAll(() => page.context().close());

async function open(hash: '#/' | '#/batch'): Promise<void> {
  await page.evaluate((to) => {
    location.hash = to;
  }, hash);
  await expect(page.getByTestId('batch-progress')).toHaveCount(hash === '#/' ? 0 : 1);
}

/** The batch's page, new and with nothing in its list. */
async function openEmptyBatch(): Promise<void> {
  await page.setViewportSize({ width: 1280, height: 720 });
  await open('#/');
  await open('#/batch');
  // In the page: a batch that ends by itself takes its button along.
  for (const button of ['batch-cancel', 'batch-clear']) {
    await page.evaluate((testId) => document.querySelector<HTMLElement>(`[data-testid=${testId}]`)?.click(), button);
    await expect(page.getByTestId(button)).toHaveCount(0);
  }
  await expect(page.getByTestId('batch-progress')).toHaveAttribute('aria-valuemax', '0');
}

function named(file: PhotoFile, name: string): PhotoFile {
  return { ...file, name };
}

async function addAndWait(files: readonly PhotoFile[], total: number): Promise<void> {
  await page.getByTestId('batch-input').setInputFiles([...files]);
  const progress = page.getByTestId('batch-progress');
  await expect(progress).toHaveAttribute('aria-valuemax', String(total));
  await expect(progress).toHaveAttribute('aria-valuenow', String(total));
}

async function download(testId: string, fileName: string): Promise<string> {
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByTestId(testId).click()]);
  expect(file.suggestedFilename()).toBe(fileName);
  return readFileSync(await file.path(), 'utf8');
}

async function exportCsv(columns = COLUMNS): Promise<readonly Readonly<Record<string, string>>[]> {
  const text = await download('batch-export-csv', 'batch.csv');
  expect(text.split('\r\n')[0]).toBe(`\ufeff${columns.join(',')}`);
  return parse<Record<string, string>>(text, { columns: true, bom: true });
}

test('a batch scores every file, goes on after a broken one, and exports them all', async () => {
  await openEmptyBatch();
  await open('#/');
  const alone = await analyse(page, lesionPng('irregular'));
  await page.getByRole('link', { name: 'Batch' }).click();
  const regular = lesionPng('regular');
  await addAndWait(
    [
      named(lesionPng('irregular'), 'a.png'),
      named(truncate(regular, 0.5), 'b, broken.png'),
      textFile('c.jpg', 'image/jpeg', 'no picture'),
      named(regular, 'd.png'),
    ],
    4,
  );
  const rows = await exportCsv();
  expect(rows.map(({ file, error }) => [file, error])).toEqual([
    ['a.png', ''],
    ['b, broken.png', 'file-truncated'],
    ['c.jpg', 'file-not-image'],
    ['d.png', ''],
  ]);
  expect(Number(rows[0]?.['probability'])).toBe(alone.probability);
  expect(rows[0]).toMatchObject({ verdict: alone.verdict, width: '256', height: '256' });
  expect(rows[1]).toMatchObject({ probability: '', logit: '', verdict: '' });

  await addAndWait([named(regular, 'e.png')], 5);
  const more = await exportCsv();
  expect(more.map(({ file }) => file)).toEqual(['a.png', 'b, broken.png', 'c.jpg', 'd.png', 'e.png']);
  expect(more[4]?.['probability']).toBe(more[3]?.['probability']);
  await expect(page.getByTestId('batch-table').locator('tbody tr[aria-rowindex]')).toHaveCount(5);

  await page.getByRole('button', { name: 'Clear the list' }).click();
  await expect(page.getByTestId('batch-progress')).toHaveAttribute('aria-valuemax', '0');
  await expect(page.getByTestId('batch-table')).toHaveCount(0);
});

test('rows say whether their pictures were looked at turned and mirrored; on request they are, and cancelling ends it', async () => {
  await openEmptyBatch();
  const said = page.getByTestId('batch-views-words');
  await expect(said).toHaveAttribute('data-without', '0');
  await addAndWait([named(lesionPng('irregular'), 'a.png'), textFile('b.jpg', 'image/jpeg', 'no picture')], 2);
  await expect(said).toHaveAttribute('data-without', '1');
  await expect(said).toContainText('1 picture here was not looked at turned and mirrored.');
  await page.getByTestId('batch-with-views').check();
  await addAndWait([named(lesionPng('irregular'), 'c.png')], 3);
  const rows = await exportCsv();
  expect(rows.map(({ views }) => views)).toEqual(['no', '', 'yes']);
  const [before, , after] = rows;
  expect(after!['probability']).toBe(before!['probability']);
  await expect(said).toHaveAttribute('data-without', '1');

  await page.getByTestId('batch-clear').click();
  await expect(said).toHaveCount(0);
  await page
    .getByTestId('batch-input')
    .setInputFiles(Array.from({ length: 30 }, (_, i) => named(lesionPng('regular'), `${i}.png`)));
  const progress = page.getByTestId('batch-progress');
  await expect.poll(async () => Number(await progress.getAttribute('aria-valuenow'))).toBeGreaterThan(1);
  await page.getByTestId('batch-cancel').click();
  const finished = Number(await progress.getAttribute('aria-valuenow'));
  await expect(progress).toHaveAttribute('aria-valuemax', String(finished));
  expect((await exportCsv()).map(({ views }) => views)).toEqual(Array.from({ length: finished }, () => 'yes'));
  await page.getByTestId('batch-with-views').uncheck();
});

test('a batch can be cancelled: finished rows stay, and few rows are in the page at a time', async () => {
  await openEmptyBatch();
  const files = Array.from({ length: 120 }, (_, i) => named(lesionPng('regular'), `${i}.png`));
  await page.getByTestId('batch-input').setInputFiles(files);
  const progress = page.getByTestId('batch-progress');
  await expect(progress).toHaveAttribute('aria-valuemax', '120');
  await expect(page.getByTestId('batch-words')).toContainText('more');
  const table = page.getByTestId('batch-table');
  await expect(table).toHaveAttribute('aria-rowcount', '121');
  expect(await table.locator('tbody tr[aria-rowindex]').count()).toBeLessThan(40);
  // By keys to the end: the last row comes into the page.
  await scroller().focus();
  await page.keyboard.press('End');
  await expect(table.locator('tr[data-file="119.png"]')).toHaveAttribute('aria-rowindex', '121');
  await expect.poll(async () => Number(await progress.getAttribute('aria-valuenow'))).toBeGreaterThan(1);
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(progress).not.toHaveAttribute('aria-valuemax', '120');
  const finished = await progress.getAttribute('aria-valuenow');
  await expect(progress).toHaveAttribute('aria-valuemax', finished ?? '');
  expect(await exportCsv()).toHaveLength(Number(finished));
});

test('labels: curve, errors at a threshold, calibration; filter, order and search; a row opens in the viewer', async () => {
  await openEmptyBatch();
  const files = [
    named(lesionPng('irregular'), 'mel-1.png'),
    named(lesionPng('regular'), 'nev-1.png'),
    named(lesionPng('regular'), 'nev-2.png'),
    named(darkPng(), 'dark.png'),
    named(truncate(lesionPng('regular'), 0.5), 'cut.png'),
    textFile(
      'labels.csv',
      'text/csv',
      'file,label\nmel-1.png,malignant\nnev-1.png,benign\nnev-2.png,malignant\ndark.png,none\nx.png,benign\n',
    ),
  ];
  await addAndWait(files, 5);
  const evaluation = page.getByTestId('batch-evaluation');
  await expect(evaluation).toHaveAttribute('data-n', '3');
  await expect(page.getByTestId('batch-label-words')).toHaveText(
    '3 pictures with a label and a score: 2 malignant, 1 benign. 1 labelled as neither are left out. 1 have no label. The table of labels names 5 pictures.',
  );
  const rows = await exportCsv();
  const probability = (name: string): number => Number(rows.find(({ file }) => file === name)?.['probability']);
  // One malignant picture ties with the benign one: by hand, (win or tie of mel-1, and a tie) / 2.
  const wins = probability('mel-1.png') > probability('nev-1.png') ? 1 : 0;
  await expect(page.getByTestId('batch-auc')).toHaveAttribute('data-auc', String((wins + 0.5) / 2));

  // A table put in again counts, though as many pictures have a label as before.
  await page
    .getByTestId('batch-input')
    .setInputFiles(textFile('labels.csv', 'text/csv', 'file,label\nmel-1.png,benign\nnev-1.png,malignant\nnev-2.png,benign\n'));
  await expect(page.getByTestId('batch-auc')).toHaveAttribute('data-auc', String(1 - (wins + 0.5) / 2));
  await page.getByTestId('batch-input').setInputFiles(files.slice(-1));
  await expect(page.getByTestId('batch-auc')).toHaveAttribute('data-auc', String((wins + 0.5) / 2));

  const confusion = page.getByTestId('batch-confusion').locator('td');
  await page.getByTestId('batch-threshold').fill('0');
  await expect(confusion).toHaveText(['2', '0', '1', '0']);
  await page.getByTestId('batch-threshold').fill('1');
  await expect(confusion).toHaveText(['0', '2', '0', '1']);
  await page.getByTestId('batch-order').selectOption('wrong-first');
  const shown = page.getByTestId('batch-table').locator('tbody tr[data-file]');
  await expect(shown.first()).toHaveAttribute(
    'data-file',
    probability('mel-1.png') < probability('nev-2.png') ? 'mel-1.png' : 'nev-2.png',
  );
  await page.getByTestId('batch-filter').selectOption('wrong');
  await expect(shown).toHaveCount(2);
  await page.getByTestId('batch-filter').selectOption('errors');
  await expect(shown).toHaveCount(1);
  await expect(shown).toHaveAttribute('data-file', 'cut.png');
  await page.getByTestId('batch-filter').selectOption('cant-say');
  await expect(shown).toHaveAttribute('data-file', 'dark.png');
  await page.getByTestId('batch-filter').selectOption('all');
  const heading = page.getByRole('columnheader', { name: 'Score' });
  for (const [sort, first] of [
    ['descending', Math.max],
    ['ascending', Math.min],
  ] as const) {
    await heading.getByRole('button').press('Enter');
    await expect(heading).toHaveAttribute('aria-sort', sort);
    const scores = rows.filter(({ probability: p }) => p !== '').map(({ probability: p }) => Number(p));
    await expect(shown.first()).toHaveAttribute(
      'data-file',
      rows.find(({ probability: p }) => p !== '' && Number(p) === first(...scores))?.['file'] ?? '',
    );
  }
  await heading.getByRole('button').press('Enter');
  await expect(heading).not.toHaveAttribute('aria-sort');
  await expect(shown.first()).toHaveAttribute('data-file', 'mel-1.png');
  await page.getByTestId('batch-search').fill('NEV');
  await expect(shown).toHaveCount(2);
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);

  await page.getByRole('link', { name: 'nev-1.png' }).click();
  await expect(page.getByTestId('score')).toHaveAttribute('data-probability', String(probability('nev-1.png')));
});

test('squares from a table and round the lesion; rates by class; figures as JSON and the curve as SVG say the same', async () => {
  await openEmptyBatch();
  await page.getByTestId('batch-crop').selectOption('table');
  const table = page.getByTestId('batch-crop-table');
  await table.setInputFiles(textFile('crops.csv', 'text/csv', 'file,x,y,side\nmel.png,0,0,100\nnev.png,0,left,100\n'));
  const error = page.getByTestId('batch-crop-error');
  await expect(error).toHaveAttribute('data-code', 'crops-line-invalid');
  await expect(error).toContainText('Line 3:');
  await table.setInputFiles(textFile('crops.csv', 'text/csv', 'file,x,y,side\nmel.png,28,28,200\nout.png,100,0,200\n'));
  await expect(error).toHaveCount(0);
  await expect(page.getByTestId('batch-crop-words')).toHaveAttribute('data-pictures', '2');

  const labels = 'image_id,dx\nmel,mel\nnev,nv\nbkl,bkl\nfound,mel\nout,nv\n';
  const pictures = [
    named(lesionPng('irregular'), 'mel.png'),
    named(lesionPng('regular'), 'nev.png'),
    named(lesionPng('irregular'), 'bkl.png'),
  ];
  await addAndWait([textFile('labels.csv', 'text/csv', labels), ...pictures, named(lesionPng('regular'), 'out.png')], 4);
  await page.getByTestId('batch-crop').selectOption('find-lesion');
  await expect(page.getByTestId('batch-crop-others')).toHaveAttribute('data-others', '4');
  await addAndWait([named(lesionPng('irregular'), 'found.png')], 5);

  const rows = await exportCsv([...COLUMNS, 'class']);
  expect(rows.map((row) => [row['file'], row['error'], row['label'], row['class']])).toEqual([
    ['mel.png', '', 'malignant', 'mel'],
    ['nev.png', '', 'benign', 'nv'],
    ['bkl.png', '', 'benign', 'bkl'],
    ['out.png', 'crop-outside', 'benign', 'nv'],
    ['found.png', '', 'malignant', 'mel'],
  ]);
  expect(rows.slice(0, 4).map(({ crop }) => crop)).toEqual(['28 28 200', '0 0 256', '0 0 256', '']);
  expect(rows[4]!['crop']).toMatch(/^\d+ \d+ \d+$/);
  expect(rows[4]!['crop']).not.toBe('0 0 256');
  const results = page.getByTestId('batch-table');
  await expect(results.locator('[data-file="nev.png"]')).toContainText('the table has no row for it');

  const metrics = JSON.parse(await download('batch-export-metrics', 'batch-metrics.json')) as BatchMetrics;
  const auc = page.getByTestId('batch-auc');
  await expect(auc).toHaveAttribute('data-auc', String(metrics.auc));
  await expect(auc).toHaveAttribute('data-ece', String(metrics.ece));
  expect(metrics).toMatchObject({ format: 1, n: 4, malignant: 2, threshold: Number(rows[0]!['threshold']) });
  expect(metrics.model).toEqual({ version: rows[0]!['model'], sha256: rows[0]!['model_sha256'] });
  const shown = page.getByTestId('batch-classes').locator('tbody tr');
  const ofClass = (await shown.all()).map((row) =>
    Promise.all(['class', 'n', 'called'].map((a) => row.getAttribute(`data-${a}`))),
  );
  expect(await Promise.all(ofClass)).toEqual(
    metrics.classes!.map((rates) => [rates.class, String(rates.n), String(rates.called_malignant)]),
  );
  expect(metrics.classes!.map((rates) => [rates.class, rates.n])).toEqual([
    ['mel', 2],
    ['bkl', 1],
    ['nv', 1],
  ]);

  const svg = await download('batch-export-roc', 'batch-roc.svg');
  const drawn = await page.evaluate((text) => {
    const { documentElement: root } = new DOMParser().parseFromString(text, 'image/svg+xml');
    return { tag: root.tagName, json: root.querySelector('metadata')?.textContent ?? '', words: root.textContent };
  }, svg);
  expect(drawn.tag).toBe('svg');
  expect(JSON.parse(drawn.json)).toEqual(metrics);
  expect(drawn.words).toContain(`AUC ${metrics.auc!.toFixed(3)}`);

  await page.setViewportSize({ width: 360, height: 800 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
  await page.getByTestId('batch-crop').selectOption('centre');
});

test('what the scores lean on: the mean move of the pictures that have anything of the kind', async () => {
  await openEmptyBatch();
  await addAndWait([lesionPng('irregular'), noisyLesionPng(4), named(truncate(lesionPng('regular'), 0.5), 'broken.png')], 3);
  const leaning = page.getByTestId('batch-leaning');
  await leaning.locator('summary').click();
  await page.getByTestId('batch-leaning-start').click();
  await expect(leaning).toHaveAttribute('data-state', 'done', { timeout: 60_000 });
  const moves = page.getByTestId('batch-leaning-moves');
  await expect(moves).toHaveAttribute('data-pictures', '2');
  const lesion = moves.locator('[data-shortcut=lesion]');
  expect(Number(await lesion.getAttribute('data-mean')), 'without the lesion the score falls').toBeLessThan(-0.05);
  await expect(moves.locator('[data-shortcut=ink]')).not.toHaveAttribute('data-mean', /./);
  const found = await new AxeBuilder({ page }).include('[data-testid=batch-leaning]').analyze();
  expect(found.violations).toEqual([]);
});

test('labels that fit no picture, or one class only, say so instead of a curve', async () => {
  await openEmptyBatch();
  await page
    .getByTestId('batch-input')
    .setInputFiles([named(lesionPng('regular'), 'a.png'), textFile('labels.csv', 'text/csv', 'file,label\nb.png,benign\n')]);
  const words = page.getByTestId('batch-label-words');
  await expect(words).toContainText('none of them has the name of a picture here');
  await addAndWait([named(lesionPng('regular'), 'b.png')], 2);
  await expect(words).toContainText('1 picture with a label and a score: 0 malignant, 1 benign.');
  await expect(page.getByTestId('batch-evaluation')).toContainText('need scored pictures of both classes');
  await expect(page.getByTestId('batch-auc')).toHaveCount(0);
  await page.getByTestId('batch-input').setInputFiles(textFile('labels.csv', 'text/csv', 'no table at all'));
  await expect(page.getByTestId('batch-label-error')).toContainText('could not be used');
  await expect(words).toContainText('1 benign');
});

test('a table of a thousand rows: long names keep rows alike, the keys go on scrolling when a focused row leaves; it fits a phone', async () => {
  await openEmptyBatch();
  await page.setViewportSize({ width: 360, height: 800 });
  const long = `${'long name '.repeat(24)}.png`;
  const small = flatPng();
  await page
    .getByTestId('batch-input')
    .setInputFiles([
      named(small, 'first.png'),
      named(small, long),
      ...Array.from({ length: 1000 }, (_, i) => named(small, `${i}.png`)),
    ]);
  const table = page.getByTestId('batch-table');
  await expect(table).toHaveAttribute('aria-rowcount', '1003');
  await expect(page.getByTestId('batch-progress')).not.toHaveAttribute('aria-valuenow', '0');
  await page.getByTestId('batch-cancel').focus();
  const heights = await table
    .locator('tbody tr[aria-rowindex]')
    .evaluateAll((trs) => trs.map((tr) => tr.getBoundingClientRect().height));
  expect(new Set(heights)).toEqual(new Set([88]));
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  expect(await scroller().evaluate((element) => element.scrollWidth - element.clientWidth)).toBeLessThanOrEqual(0);

  await table.getByRole('link', { name: 'first.png' }).focus();
  await scroller().evaluate((element) => {
    element.scrollTop = element.scrollHeight / 2;
  });
  await expect(table.locator('tr[data-file="first.png"]')).toHaveCount(0);
  await expect(scroller()).toBeFocused();
  await page.keyboard.press('End');
  await expect(table.locator('tr[data-file="999.png"]')).toHaveCount(1);
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
});

test('a folder: class folders label, what is no picture is left out', async ({}, info) => {
  const folder = info.outputPath('set');
  for (const [path, content] of [
    ['benign/1.png', lesionPng('regular').buffer],
    ['malignant/1.png', lesionPng('irregular').buffer],
    ['malignant/notes.txt', Buffer.from('notes')],
    ['.DS_Store', Buffer.from('x')],
  ] as const) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  await openEmptyBatch();
  await page.getByTestId('batch-folder-input').setInputFiles(folder);
  await expect(page.getByTestId('batch-progress')).toHaveAttribute('aria-valuenow', '2');
  await expect(page.getByTestId('batch-words')).toContainText('left out');
  await expect(page.getByTestId('batch-evaluation')).toHaveAttribute('data-n', '2');
  await expect(page.getByTestId('batch-table')).toContainText('benign/1.png');
  expect((await exportCsv()).map(({ file }) => file).sort()).toEqual(['set/benign/1.png', 'set/malignant/1.png']);
});

async function exportActivations(): Promise<Readonly<Record<string, Buffer>>> {
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByTestId('batch-export-activations').click()]);
  expect(download.suggestedFilename()).toMatch(/^lesion-lens_v[\d.]+_\w+_batch-activations\.zip$/);
  const files = unzipSync(readFileSync(await download.path()));
  return Object.fromEntries(Object.entries(files).map(([name, bytes]) => [name, Buffer.from(bytes)]));
}

test('pictures that were computed without activations are computed again, and both files hold the same numbers', async () => {
  await openEmptyBatch();
  await addAndWait([named(lesionPng('irregular'), 'a.png'), textFile('b.jpg', 'image/jpeg', 'no picture')], 2);
  const before = await exportCsv();
  await page.getByTestId('batch-activations').selectOption('dense');
  const said = page.getByTestId('batch-activations-words');
  await expect(said).toHaveAttribute('data-kept', '0');
  await expect(page.getByTestId('batch-export-activations')).toBeDisabled();
  await page.getByTestId('batch-compute-missing').click();
  await expect(said).toHaveAttribute('data-kept', '1');
  await addAndWait([named(lesionPng('regular'), 'c.png')], 3);
  await expect(page.getByTestId('batch-compute-missing')).toHaveCount(0);
  const files = await exportActivations();
  const { shape, values } = parseNpy(files['activations.npy']!);
  expect(shape).toEqual([2, 256]);
  const [head, ...rows] = parse(files['activations.csv']!, { bom: true });
  expect(head?.slice(0, 2)).toEqual(['file', 'dense_0']);
  expect(rows.map(([file]) => file)).toEqual(['a.png', 'c.png']);
  expect(Float32Array.from(rows.flatMap(([, ...numbers]) => numbers.map(Number)))).toEqual(values);
  const facts = JSON.parse(files['manifest.json']!.toString()) as Record<string, unknown>;
  expect(facts).toMatchObject({ shape, layer: { name: 'dense' }, rows: [{ file: 'a.png', backend: 'wasm' }, { file: 'c.png' }] });
  const [first] = await exportCsv();
  expect({ ...first, ms: '' }).toEqual({ ...before[0], ms: '' });
  expect(facts['model']).toEqual({ version: first!['model'], sha256: first!['model_sha256'] });
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
  await page.getByTestId('batch-activations').selectOption('off');
});

const MANY = 200;
const KEPT_LAYER = 'block5_conv3';

test(`${MANY} pictures: the CSV equals single analyses bit for bit, activations too; memory`, async ({}, info) => {
  test.setTimeout(1_200_000);
  const real = realDermoscopy(MANY);
  const photos = real.length === MANY ? real : Array.from({ length: MANY }, (_, i) => named(noisyLesionPng(i), `${i}.png`));
  info.annotations.push({ type: 'pictures', description: real.length === MANY ? 'real' : 'synthetic' });
  await openEmptyBatch();
  await page.getByTestId('batch-activations').selectOption(KEPT_LAYER);
  const heapAt: number[] = [];
  const client = await page.context().newCDPSession(page);
  await page.getByTestId('batch-input').setInputFiles([...photos]);
  const progress = page.getByTestId('batch-progress');
  for (const mark of [20, 100, MANY]) {
    await expect
      .poll(async () => Number(await progress.getAttribute('aria-valuenow')), { timeout: 600_000 })
      .toBeGreaterThanOrEqual(mark);
    await client.send('HeapProfiler.collectGarbage');
    const { usedSize, backingStorageSize } = await client.send('Runtime.getHeapUsage');
    heapAt.push((usedSize + backingStorageSize) / 1e6);
  }
  const rows = await exportCsv();
  expect(rows).toHaveLength(MANY);
  const files = await exportActivations();
  const { shape, values } = parseNpy(files['activations.npy']!);
  expect(shape).toEqual([MANY, 512]);
  const lines = parse(files['activations.csv']!, { bom: true }).slice(1);
  expect(lines.map(([file]) => file)).toEqual(rows.map(({ file }) => file));
  // Thumbnails are 12 kB each, activations 2 kB, rows a few; whole pictures would be hundreds of MB.
  expect((heapAt[2] ?? NaN) - (heapAt[0] ?? NaN)).toBeLessThan(5);
  process.stdout.write(`Heap of the page at 20, 100, ${MANY} pictures: ${heapAt.map((mb) => mb.toFixed(1)).join(', ')} MB\n`);

  await page.getByRole('link', { name: 'Analyse' }).click();
  // A small window: drawing 200 atlases by software is not what is tested.
  await page.setViewportSize({ width: 360, height: 400 });
  for (const [i, photo] of photos.entries()) {
    const alone = await analyse(page, photo);
    expect(rows[i]?.['probability'], photo.name).toBe(String(alone.probability));
    expect(rows[i]?.['logit'], photo.name).toBe(String(alone.logit));
  }
  // Of the photo that is on the screen now.
  await page.setViewportSize({ width: 1280, height: 720 });
  await showLayer(page, KEPT_LAYER);
  const maps = (await exportLayer(page)).values;
  const means = Array.from({ length: 512 }, (_, k) => maps.filter((_, i) => i % 512 === k).reduce((a, b) => a + b, 0) / 64);
  const worst = Math.max(...means.map((mean, k) => Math.abs(mean - values[(MANY - 1) * 512 + k]!)));
  expect(worst / Math.max(...means)).toBeLessThan(1e-6);
});
