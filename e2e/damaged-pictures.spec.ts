/**
 * Damaged pictures, compared by what is seen: none may get a verdict unless its pixels are those of the whole one. 500 of a
 * fixed seed; DAMAGE_SEED and DAMAGE_COUNT ask for others. What is scored does not depend on the network: a small one takes no
 * time, and has nothing that would keep a verdict back from drawn pictures.
 */
import { readFileSync } from 'node:fs';
import { expect, test, type Page } from '@playwright/test';
import { parse } from 'csv-parse/sync';
import { analyse, countRuns, openReady, putPhoto, readScore, waitForState, type Upload } from './support/app';
import { DAMAGES, damagePictures, type Damage, type DamagedPicture, type WholePicture } from './support/damage-pictures';
import { encodeJpeg } from './support/encode-jpeg';
import { encodeApng, encodeBmp, encodeGif, encodePng16, encodePngPalette } from './support/encode-pictures';
import { lesionPng } from './support/photos';
import { drawLesion, reduceColours } from './support/pictures';
import { JPEG_SAMPLES, WEBP_SAMPLES } from '../src/domain/testdata/damage';
import { spreadPhotos } from './support/real-photos';
import { serveSmallModel } from './support/small-model';
import { wholePictures } from './support/whole-pictures';

test.describe.configure({ mode: 'serial' });

const SEED = Number(process.env['DAMAGE_SEED'] ?? 20_264);
const COUNT = Number(process.env['DAMAGE_COUNT'] ?? 500);

/** Grey levels, and the share of the scored square's pixels that may differ by more. */
const TOLERANCE = 2;
const MAX_SHARE = 0.001;

/** What a broken card or transfer does. The others leave files of which some are valid pictures, only other ones. */
const GROSS: readonly Damage[] = ['4 KB of zeros', '4 KB cut out', 'zeros to the end', 'cut off, with an end', 'cut off'];
/** Of the others, at most this share may get a verdict though they look otherwise: 14 seeds gave 0.02 to 0.05. */
const MAX_UNNOTICED = 0.07;

const REFUSALS = ['file-truncated', 'image-damaged', 'image-decode-failed', 'image-unsupported', 'file-not-image'];
/** A damaged head may claim any size. */
const HEAD_REFUSALS = [...REFUSALS, 'image-too-many-pixels'];

let page: Page;
let wholes: readonly WholePicture[];
let damaged: readonly DamagedPicture[];
/** By the file's name, once the batch has run. */
let inBatch: ReadonlyMap<string, Row>;

test.beforeAll(async ({ browser }) => {
  page = await browser.newPage();
  await serveSmallModel(page);
  await openReady(page, '?backend=wasm');
  wholes = await wholePictures(page);
  damaged = damagePictures(wholes, COUNT, SEED);
});

test.afterAll(() => page.close());

function upload(name: string, bytes: Uint8Array): Upload {
  return { name, mimeType: '', buffer: Buffer.from(bytes) };
}

interface Row {
  readonly file: string;
  readonly verdict: string;
  readonly error: string;
}

/** Puts all into a new batch. @returns its rows, in the files' order. */
async function runBatch(files: readonly Exclude<Upload, string>[]): Promise<readonly Row[]> {
  await page.getByRole('link', { name: 'Batch' }).click();
  // Before the page is drawn there is no button to be found, and the pictures before would stay.
  await page.getByTestId('batch-input').waitFor({ state: 'attached' });
  for (const button of ['batch-cancel', 'batch-clear']) {
    await page.evaluate((id) => document.querySelector<HTMLElement>(`[data-testid=${id}]`)?.click(), button);
  }
  // Playwright carries 50 MB in one call.
  for (let i = 0; i < files.length; i += 50) await page.getByTestId('batch-input').setInputFiles(files.slice(i, i + 50));
  const progress = page.getByTestId('batch-progress');
  await expect(progress).toHaveAttribute('aria-valuenow', String(files.length), { timeout: 250_000 });
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByTestId('batch-export-csv').click()]);
  await page.getByRole('link', { name: 'Analyse' }).click();
  return parse<Row>(readFileSync(await download.path(), 'utf8'), { columns: true, bom: true });
}

/** The share of the pixels of the centre square that differ, as the browser decodes both; 1: another size. */
async function differingShare(a: Uint8Array, b: Uint8Array): Promise<number> {
  return page.evaluate(
    async ([files, tolerance]) => {
      const read = async (base64: string): Promise<ImageData | null> => {
        const blob = new Blob([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))]);
        const bitmap = await createImageBitmap(blob, { imageOrientation: 'from-image', colorSpaceConversion: 'none' });
        const side = Math.min(bitmap.width, bitmap.height);
        const context = new OffscreenCanvas(side, side).getContext('2d', { alpha: false, willReadFrequently: true });
        context?.drawImage(bitmap, -((bitmap.width - side) >> 1), -((bitmap.height - side) >> 1));
        return context?.getImageData(0, 0, side, side) ?? null;
      };
      const [first, second] = await Promise.all([read(files[0]), read(files[1])]);
      if (first === null || second === null || first.width !== second.width) return 1;
      let count = 0;
      for (let i = 0; i < first.data.length; i += 4) {
        if ([0, 1, 2].some((c) => Math.abs(first.data[i + c]! - second.data[i + c]!) > tolerance)) count++;
      }
      return count / (first.data.length / 4);
    },
    [[Buffer.from(a).toString('base64'), Buffer.from(b).toString('base64')], TOLERANCE] as const,
  );
}

test(`${COUNT} damaged pictures: each is refused, or its pixels are those of the whole one, but for a known few`, async () => {
  await analyse(page, lesionPng('irregular'));
  const before = await readScore(page);
  const rows = await runBatch(damaged.map(({ name, bytes }) => ({ name, mimeType: '', buffer: Buffer.from(bytes) })));
  inBatch = new Map(rows.map((row) => [row.file, row]));
  expect(inBatch.size).toBe(damaged.length);
  const unnoticed: { readonly how: Damage; readonly words: string }[] = [];
  for (const { name, how, of, bytes } of damaged) {
    const { verdict, error } = inBatch.get(name)!;
    if (error !== '') {
      expect.soft(how === 'the head damaged' ? HEAD_REFUSALS : REFUSALS, name).toContain(error);
      continue;
    }
    const share = verdict === 'cant-say' ? 0 : await differingShare(bytes, of.bytes);
    if (share > MAX_SHARE) unnoticed.push({ how, words: `${name}: ${(100 * share).toFixed(1)} %` });
  }
  const scored = rows.filter(({ error }) => error === '').length;
  process.stdout.write(
    `seed ${SEED}: of ${rows.length} damaged pictures ${scored} scored, ${unnoticed.length} of them look otherwise\n`,
  );
  for (const { words } of unnoticed) process.stdout.write(`  ${words}\n`);
  expect(unnoticed.filter(({ how }) => GROSS.includes(how)).map(({ words }) => words)).toEqual([]);
  const others = damaged.filter(({ how }) => !GROSS.includes(how)).length;
  expect(unnoticed.length / others).toBeLessThan(MAX_UNNOTICED);
  // What was there is still there, and the engine goes on.
  expect(await readScore(page)).toEqual(before);
  expect(await analyse(page, lesionPng('irregular'))).toEqual(before);
});

test('a damaged picture of each kind alone: it is refused, or scored, as in the batch, and the result stays', async () => {
  const before = await readScore(page);
  for (const how of DAMAGES) {
    // The one whose kind changes from damage to damage.
    const picture = damaged.filter((one) => one.how === how)[DAMAGES.indexOf(how) % wholes.length]!;
    const runs = await countRuns(page);
    await putPhoto(page, upload(picture.name, picture.bytes));
    const outcome = await page.waitForFunction((runsBefore) => {
      const { state, runs: now } = document.querySelector<HTMLElement>('[data-testid=app-status]')?.dataset ?? {};
      const code = document.querySelector<HTMLElement>('[data-testid=error]')?.dataset['code'];
      if (state === 'error' && code !== undefined) return { code };
      return state === 'done' && Number(now) > runsBefore ? { code: null } : null;
    }, runs);
    const { code } = (await outcome.jsonValue())!;
    expect(code ?? '', picture.name).toBe(inBatch.get(picture.name)!.error);
    if (code === null) {
      await analyse(page, lesionPng('irregular'));
    } else {
      expect(await readScore(page), picture.name).toEqual(before);
      await page.getByRole('button', { name: 'Dismiss' }).click();
      await waitForState(page, 'done');
    }
  }
  expect(await readScore(page)).toEqual(before);
});

test('200 whole photos, and every whole kind of file, are scored', async ({}, info) => {
  const picture = reduceColours(drawLesion('irregular', 240, 180));
  const other = drawLesion('regular', 240, 180);
  const kinds: readonly (readonly [string, Uint8Array])[] = [
    ...wholes.map(({ name, bytes }) => [name, bytes] as const),
    ...JPEG_SAMPLES.map(([name, bytes]) => [`${name}.jpg`, bytes] as const),
    ...WEBP_SAMPLES.map(([name, bytes]) => [`${name}.webp`, bytes] as const),
    ['16 bits.png', encodePng16(picture)],
    ['palette.png', encodePngPalette(picture)],
    ['animated.png', encodeApng(picture, other)],
    ['animated.gif', encodeGif([picture, picture])],
    ['plain.bmp', encodeBmp(picture)],
    ['flat codes.jpg', encodeJpeg(other)],
    ['progressive, flat codes.jpg', encodeJpeg(other, { isProgressive: true })],
    ['cmyk.jpg', encodeJpeg(other, { model: 'cmyk' })],
  ];
  const real = spreadPhotos(200);
  if (real.length === 0) info.annotations.push({ type: 'skipped', description: '200 real photos: LESION_DATA is not set' });
  const drawn = Array.from({ length: real.length === 0 ? 200 : 0 }, (_, i) => {
    const lesion = drawLesion(i % 2 === 0 ? 'regular' : 'irregular', 120 + (i % 41), 110 + (i % 37));
    return {
      name: `drawn-${i}.jpg`,
      mimeType: '',
      buffer: encodeJpeg(lesion, { isProgressive: i % 3 === 0, quantum: 1 + (i % 9) }),
    };
  });
  const files = [...real, ...drawn, ...kinds.map(([name, bytes]) => ({ name, mimeType: '', buffer: Buffer.from(bytes) }))];
  const rows = await runBatch(files);
  expect(rows).toHaveLength(files.length);
  expect(rows.filter(({ error }) => error !== '').map(({ file, error }) => [file, error])).toEqual([]);
});
