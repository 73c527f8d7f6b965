/** A person's own model, as Keras and the tensorflowjs package write it, in the place of the one that ships. */
import AxeBuilder from '@axe-core/playwright';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, test, type Page, type TestInfo } from '@playwright/test';
import { parse } from 'csv-parse/sync';
import { unzipSync, zipSync } from 'fflate';
import { defaultChoice } from '../src/domain/crop';
import type { SourcePx } from '../src/domain/geometry';
import { resampleSquare } from '../src/domain/resample';
import { drawSyntheticLesion } from '../src/domain/synthetic-lesion';
import { analyse, countColours, openReady, readScore, showLayer, statusOf, type Score, type Upload } from './support/app';
import { parseNpy } from './support/npy';
import { lesionPng, sparseFile } from './support/photos';
import { number, openTool } from './support/viewer';

test.describe.configure({ mode: 'serial' });

const FOLDER = new URL('../src/engine/own-model/testdata/', import.meta.url);
const PHOTO_PX = 256;

type InMemory = Exclude<Upload, string>;

function inMemory(name: string, content: Uint8Array | string): InMemory {
  return { name, mimeType: '', buffer: Buffer.from(content) };
}

function file(path: string): InMemory {
  return inMemory(path.split('/').at(-1)!, readFileSync(new URL(path, FOLDER)));
}

function folder(path: string, change: (json: string) => string = (json) => json): InMemory[] {
  return readdirSync(new URL(`${path}/`, FOLDER)).map((name) => {
    const one = file(`${path}/${name}`);
    return name === 'model.json' ? inMemory(name, change(one.buffer.toString())) : one;
  });
}

let page: Page;
let builtIn: Score;
let version: string;
/** Of everything since the page was opened. */
const requests: { readonly method: string; readonly url: URL; readonly body: Buffer | null }[] = [];

async function go(hash: string): Promise<void> {
  await page.evaluate((to) => {
    location.hash = to;
  }, hash);
  await expect(page.locator('h1')).toBeAttached();
}

async function expectModel(name: string, on = page): Promise<void> {
  await expect(statusOf(on)).toHaveAttribute('data-model', name);
  await expect(on.getByTestId('own-state')).toHaveAttribute('data-state', 'idle');
}

/** Waits until the model is in use and the photo on the screen is computed by it. */
async function openOwn(files: InMemory | InMemory[], name: string): Promise<void> {
  await go('#/model');
  await page.getByTestId('model-input').setInputFiles(files);
  await expectModel(name);
}

async function choose(testId: string, value: string): Promise<void> {
  await page.getByTestId(testId).selectOption(value);
  await expect(page.getByTestId(testId)).toHaveValue(value);
  await expect(page.getByTestId('own-state')).toHaveAttribute('data-state', 'idle');
}

async function outputs(): Promise<readonly { readonly value: number; readonly text: string; readonly isFollowed: boolean }[]> {
  return page
    .getByTestId('own-outputs')
    .locator('li')
    .evaluateAll((rows) =>
      rows.map((row) => ({
        value: Number(row.getAttribute('data-value')),
        text: row.textContent,
        isFollowed: row.getAttribute('aria-current') === 'true',
      })),
    );
}

test.beforeAll(async ({ browser }) => {
  // Not browser.newPage(): axe opens a page of its own and needs a context that may hold two.
  page = await (await browser.newContext()).newPage();
  page.on('request', (request) =>
    requests.push({ method: request.method(), url: new URL(request.url()), body: request.postDataBuffer() }),
  );
  await openReady(page);
  version = (await statusOf(page).getAttribute('data-model')) ?? '';
  builtIn = await analyse(page, lesionPng('irregular'));
});

test.afterAll(() => page.context().close());

test('a Keras 2 file: its summary is Keras’s, and the photo on the screen is computed by it', async () => {
  await openOwn(file('nested.keras2.h5'), 'nested.keras2.h5');
  const summary = page.getByTestId('model-summary');
  const rows = await summary
    .locator('tbody tr')
    .evaluateAll((all) => all.map((row) => [...row.children].map((cell) => cell.textContent)));
  expect(rows).toHaveLength(16);
  expect(rows.slice(0, 2)).toEqual([
    ['vgg16', 'Functional', '(None, 8, 8, 6)', '812'],
    ['block1_conv1', 'Conv2D', '(None, 32, 32, 4)', '112'],
  ]);
  expect(rows.at(-1)).toEqual(['dense_1', 'Dense', '(None, 1)', '9']);
  const totals = await summary.locator('tfoot td').allTextContents();
  expect(totals).toEqual(['2,312', '1,482', '830']);
  await go('#/');
  const score = await readScore(page);
  expect(score.logit).not.toBeCloseTo(builtIn.logit, 3);
  const [rest, share] = await outputs();
  expect(rest!.value + share!.value).toBeCloseTo(1, 6);
  // No calibration lies between.
  expect(score.probability).toBeCloseTo(share!.value, 5);
});

test('its score is told as its own output, without a verdict', async () => {
  const panel = page.getByTestId('score');
  await expect(panel).toContainText('The model’s own output, as it gives it');
  await expect(panel).toContainText('Not a medical device');
  await expect(panel).not.toContainText(/benign|malignant|can’t say that|see a doctor/i);
  expect(await page.getByTestId('operating-point').count()).toBe(0);
  // Neither a report nor a check of the device speaks for it.
  await page.evaluate(() => {
    location.hash = '#/report';
  });
  await expect(page.getByRole('main')).toContainText('a model of your own');
  await page.evaluate(() => {
    location.hash = '#/about';
  });
  await expect(page.getByTestId('self-test-own')).toContainText('no reference results');
  await page.evaluate(() => {
    location.hash = '#/';
  });
  await expect(page.getByTestId('score')).toBeVisible();
});

test('rows of a batch and their CSV have its score and no verdict; its layers’ activations are exported', async () => {
  await go('#/batch');
  await page.getByTestId('batch-activations').selectOption('block2_conv1');
  await page.getByTestId('batch-input').setInputFiles([lesionPng('irregular'), lesionPng('regular')]);
  await expect(page.getByTestId('batch-progress')).toHaveAttribute('aria-valuenow', '2');
  await expect(page.getByTestId('batch-table')).not.toContainText(/above the line|below the line|can’t say/);
  await expect(page.getByTestId('batch-table')).toContainText('no verdict');
  const [csv] = await Promise.all([page.waitForEvent('download'), page.getByTestId('batch-export-csv').click()]);
  const [first] = parse<Record<string, string>>(readFileSync(await csv.path()), { columns: true, bom: true });
  expect(first).toMatchObject({ verdict: '', threshold: '', reasons: '', views: '', error: '', model: 'nested.keras2.h5' });
  const [zip] = await Promise.all([page.waitForEvent('download'), page.getByTestId('batch-export-activations').click()]);
  const rows = parseNpy(Buffer.from(unzipSync(readFileSync(await zip.path()))['activations.npy']!));
  expect(rows.shape).toEqual([2, 6]);
  await page.getByTestId('batch-clear').click();
  await go('#/');
  expect(Number(first!['logit'])).toBe((await readScore(page)).logit);
});

test('the viewer has its layers, draws them, and muting a filter changes the score', async () => {
  const offered = await page
    .getByTestId('layer-select')
    .locator('option')
    .evaluateAll((options) => options.map((option) => (option as HTMLOptionElement).value));
  const convolutions = ['block1_conv1', 'block1_conv2', 'block2_conv1', 'block2_conv2', 'inner_conv', 'inner_conv_2'];
  expect(offered.filter((name) => /conv/.test(name))).toEqual(convolutions);
  expect(offered).toContain('block1_pool');
  const atlas = await showLayer(page, 'block2_conv1');
  await expect(atlas).toHaveAttribute('data-channels', '6');
  expect(await countColours(atlas)).toBeGreaterThan(5);
  await openTool(page, 'tool-experiment');
  await page.getByTestId('mute-filter').click();
  const card = page.getByTestId('experiment-score');
  await expect(card).toHaveAttribute('data-state', 'done');
  expect(await number(card, 'data-logit')).not.toBe(await number(card, 'data-base-logit'));
});

test('where the code that reads models does not come, that is told, and it is read once the page is opened anew', async ({
  browser,
}) => {
  const fresh = await browser.newPage();
  await openReady(fresh, '#/model');
  const code = /read-own-model-[^/]*\.js$/;
  let refused = 0;
  await fresh.context().route(code, (route) => {
    refused += 1;
    return route.abort();
  });
  const nested = file('nested.keras');
  await fresh.getByTestId('model-input').setInputFiles(nested);
  await expect(fresh.getByTestId('error')).toHaveAttribute('data-code', 'own-model-reader-missing');
  await expect(statusOf(fresh)).toHaveAttribute('data-model', version);
  expect(refused).toBeGreaterThan(0);
  await fresh.context().unroute(code);
  // Browsers do not ask again for a module that failed.
  await fresh.reload();
  await expect(statusOf(fresh)).toHaveAttribute('data-state', 'ready');
  await fresh.getByTestId('model-input').setInputFiles(nested);
  await expectModel(nested.name, fresh);
  await fresh.close();
});

test('what the model gets is shown by every scaling', async () => {
  const size = { width: PHOTO_PX as SourcePx, height: PHOTO_PX as SourcePx };
  const photo = drawSyntheticLesion('irregular', PHOTO_PX);
  const bytes = [...resampleSquare(photo, PHOTO_PX, PHOTO_PX, defaultChoice(size).crop, 32)];
  const caffe = [123.68, 116.779, 103.939];
  const [mean, std] = [[0.485, 0.456, 0.406], [0.229, 0.224, 0.225]]; // prettier-ignore
  const wanted: Readonly<Record<string, readonly number[]>> = {
    unit: bytes.map((byte) => byte / 255),
    signed: bytes.map((byte) => byte / 127.5 - 1),
    caffe: bytes.map((byte, i) => byte - caffe[i % 3]!),
    torch: bytes.map((byte, i) => (byte / 255 - mean[i % 3]!) / std[i % 3]!),
    raw: bytes,
  };
  await go('#/model');
  const preview = page.getByTestId('own-preview');
  for (const [name, numbers] of Object.entries(wanted)) {
    await choose('own-preprocessing', name);
    expect(await number(preview, 'data-min'), name).toBeCloseTo(Math.min(...numbers), 3);
    expect(await number(preview, 'data-max'), name).toBeCloseTo(Math.max(...numbers), 3);
    await expect(page.getByTestId('own-order')).toHaveValue(name === 'caffe' ? 'bgr' : 'rgb');
  }
  expect(await countColours(preview)).toBeGreaterThan(50);
  await choose('own-preprocessing', 'custom');
  await page.getByTestId('own-mean').fill('0.5 0.5');
  await expect(page.getByTestId('own-custom-apply')).toHaveAttribute('aria-disabled', 'true');
  await page.getByTestId('own-mean').fill('0.5, 0.5, 0.5');
  await page.getByTestId('own-std').fill('0.25 0.25 0.25');
  await page.getByTestId('own-custom-apply').click();
  const custom = bytes.map((byte) => (byte / 255 - 0.5) / 0.25);
  await expect.poll(() => number(preview, 'data-min')).toBeCloseTo(Math.min(...custom), 3);
  await expect.poll(() => number(preview, 'data-max')).toBeCloseTo(Math.max(...custom), 3);
  await choose('own-preprocessing', 'raw');
});

test('the one that ships takes over again, with the score it had', async () => {
  await choose('model-select', 'built-in');
  await expectModel(version);
  await go('#/');
  await expect(page.getByTestId('score')).not.toContainText('own output');
  const { logit, probability, verdict } = await readScore(page);
  expect(logit).toBeCloseTo(builtIn.logit, 4);
  expect({ verdict, probability: probability.toFixed(4) }).toEqual({
    verdict: builtIn.verdict,
    probability: builtIn.probability.toFixed(4),
  });
});

test('a Keras 3 file with two answers: labels are the person’s, and another answer can be followed', async () => {
  await openOwn(file('resnet.keras'), 'resnet.keras');
  // What these weights, which are random numbers, do not answer with 0 or 1.
  await choose('own-preprocessing', 'unit');
  await page.getByTestId('own-labels').fill('nevus');
  await expect(page.getByTestId('own-labels-apply')).toHaveAttribute('aria-disabled', 'true');
  await page.getByTestId('own-labels').fill("{'melanoma': 0, 'nevus': 1}");
  await page.getByTestId('own-labels-apply').click();
  await expect(page.getByTestId('own-watched').locator('option')).toHaveText(['melanoma', 'nevus']);
  await expectModel('resnet.keras');
  await expect(page.getByTestId('own-watched')).toHaveValue('0');
  await go('#/');
  const first = await outputs();
  expect(first.map(({ text }) => /melanoma|nevus/.exec(text)?.[0])).toEqual(['melanoma', 'nevus']);
  expect(first.map(({ isFollowed }) => isFollowed)).toEqual([true, false]);
  const { logit } = await readScore(page);
  expect(logit).toBeCloseTo(Math.log(first[0]!.value / (1 - first[0]!.value)), 3);
  await go('#/model');
  await choose('own-watched', '1');
  await go('#/');
  expect((await outputs()).map(({ isFollowed }) => isFollowed)).toEqual([false, true]);
  expect((await readScore(page)).logit).toBeCloseTo(-logit, 3);
});

test('TensorFlow.js’s files at once, and a graph; a file that is missing is named', async () => {
  await go('#/model');
  const [json, shard] = folder('mobilenet.tfjs').sort((a) => (a.name === 'model.json' ? -1 : 1));
  await page.getByTestId('model-input').setInputFiles(json!);
  const error = page.getByTestId('error');
  await expect(error).toHaveAttribute('data-code', 'own-model-shard-missing');
  await error.locator('summary').click();
  await expect(error).toContainText(shard!.name);
  await expect(statusOf(page)).toHaveAttribute('data-model', 'resnet.keras');
  await openOwn([shard!, json!], 'model.json');
  await expect(error).toHaveCount(0);
  await openOwn(folder('nested.graph'), 'model.json (2)');
  await go('#/');
  await expect(page.getByTestId('atlas')).toBeVisible();
  expect((await outputs()).length).toBe(2);
});

test('axe finds nothing serious on its page, in light and dark, and the keyboard reaches every control', async () => {
  await go('#/model');
  await choose('own-preprocessing', 'custom');
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    for (const hash of ['#/model', '#/']) {
      await go(hash);
      const { violations } = await new AxeBuilder({ page }).analyze();
      const serious = violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
      expect(serious, `${hash} in ${colorScheme}`).toEqual([]);
    }
  }
  await go('#/model');
  await page.locator('h1').focus();
  const reached: string[] = [];
  for (let presses = 0; presses < 40; presses++) {
    await page.keyboard.press('Tab');
    reached.push(await page.evaluate(() => document.activeElement?.getAttribute('data-testid') ?? ''));
  }
  const controls = 'model-select model-input own-keep own-name own-remove own-preprocessing own-order own-mean own-std own-custom-apply own-labels own-labels-apply own-watched'; // prettier-ignore
  expect([...new Set(reached)].filter((testId) => controls.split(' ').includes(testId))).toEqual(controls.split(' '));
});

/** Of each the code that is shown. */
function badFiles(info: TestInfo): readonly (readonly [string, InMemory | InMemory[] | string])[] {
  const resnet = file('resnet.keras').buffer;
  return [
    ['own-model-format', inMemory('notes.h5', 'These are notes.')],
    ['own-model-format', lesionPng('irregular')],
    ['own-model-truncated', inMemory('cut.keras', resnet.subarray(0, resnet.length / 2))],
    ['own-model-damaged', inMemory('model.json', '{"format": ')],
    ['own-model-weights-only', file('others/weights-only.weights.h5')],
    ['own-model-weights-mismatch', folder('resnet.tfjs', (json) => json.replace('"filters": 8', '"filters": 9'))],
    ['own-model-not-finite', file('others/nan.keras')],
    ['own-model-shard-missing', folder('resnet.tfjs').filter(({ name }) => name === 'model.json')],
    ['own-model-shard-size', folder('resnet.tfjs').map((one) => (one.name.endsWith('.bin') ? inMemory(one.name, 'short') : one))],
    ['own-model-elsewhere', folder('resnet.tfjs', (json) => json.replace('group1-', 'https://example.com/group1-'))],
    ['own-model-too-large', sparseFile(info.outputPath('large.h5'), 600_000_001)],
    ['own-model-unpacks-too-large', inMemory('bomb.keras', zipSync({ 'config.json': new Uint8Array(30_000_000) }))],
    ['own-model-custom-layer', file('others/custom.keras2.h5')],
    ['own-model-lambda', file('others/lambda.keras')],
    ['own-model-layer-unsupported', file('others/lstm.keras')],
    ['own-model-no-maps', file('others/dense-only.keras')],
    ['own-model-input', file('others/two-inputs.keras')],
    ['own-model-input', file('inception.keras')],
    ['own-model-output', file('others/two-outputs.keras')],
  ];
}

test('what is refused is told by its code, and the model in use goes on', async ({}, info) => {
  await openOwn(file('nested.keras'), 'nested.keras');
  await go('#/');
  const before = await readScore(page);
  for (const [code, files] of badFiles(info)) {
    await go('#/model');
    await page.getByTestId('model-input').setInputFiles(files);
    await expect(page.getByTestId('error')).toHaveAttribute('data-code', code);
    await expect(page.getByTestId('model-select')).toHaveValue('nested.keras');
    await page.getByTestId('dismiss').click();
    await expect(page.getByTestId('error')).toHaveCount(0);
    await go('#/');
    expect((await analyse(page, lesionPng('irregular'))).logit, code).toBeCloseTo(before.logit, 4);
  }
  expect(existsSync(info.outputPath('large.h5'))).toBe(true);
});

test('kept, it is there after the page is opened anew, and is renamed and removed', async () => {
  await go('#/model');
  await expect(page.getByTestId('own-kept')).toHaveAttribute('data-kept', 'false');
  await page.getByTestId('own-keep').click();
  await expect(page.getByTestId('own-kept')).toHaveAttribute('data-kept', 'true');
  await go('#/privacy');
  await expect(page.getByTestId('stored-table')).toContainText('lesion-lens-models');
  await page.reload();
  await go('#/model');
  await expect(statusOf(page)).toHaveAttribute('data-model', version);
  const names = page.getByTestId('model-select').locator('option');
  await expect(names.nth(1)).toHaveText('nested.keras');
  await expect(names).toHaveCount(2);
  await choose('model-select', 'nested.keras');
  await expectModel('nested.keras');
  await page.getByTestId('own-name').fill('My network');
  await page.getByTestId('own-rename').click();
  await expectModel('My network');
  await page.reload();
  await go('#/model');
  await expect(statusOf(page)).toHaveAttribute('data-model', version);
  await choose('model-select', 'My network');
  await expectModel('My network');
  await page.getByTestId('own-remove').click();
  await page.getByTestId('own-remove-confirm').click();
  await expectModel(version);
  await expect(names).toHaveCount(1);
  await page.reload();
  await go('#/model');
  await expect(statusOf(page)).toHaveAttribute('data-model', version);
  await expect(names).toHaveCount(1);
});

test('nothing of it left: only GET of the app’s own files', ({ baseURL }) => {
  const { origin } = new URL(baseURL ?? '');
  const asked = requests.filter(({ url }) => url.protocol !== 'blob:' && url.protocol !== 'data:');
  expect(asked.some(({ url }) => /read-own-model/.test(url.pathname))).toBe(true);
  for (const { method, url, body } of asked) {
    expect([method, url.origin, url.search, body], url.href).toEqual(['GET', origin, '', null]);
  }
});
