/** Pictures that are stored turned: each kind is turned once, for the score as for the screen. */
import { expect, test, type Locator, type Page } from '@playwright/test';
import { analyse, lookAtReport, openReady, readScore, type Score, type Upload } from './support/app';
import { canEncodeHeif, encodeHeif, NO_HEIF } from './support/encode-heif';
import { encodeJpeg, exifSegment } from './support/encode-jpeg';
import { pngChunk } from './support/encode-pictures';
import { addWebpExif, canvasFile } from './support/encode-webp';
import { drawLesion, enlarge, orient } from './support/pictures';
import { turnHeif } from './support/turn-heif';

test.describe.configure({ mode: 'serial' });

const [WIDTH, HEIGHT] = [1024, 768];
// Every pixel is a block of its own: JPEG of flat blocks is exact, however it is turned.
const upright = enlarge(drawLesion('irregular', WIDTH / 8, HEIGHT / 8), 8);
const ORIENTATIONS = [1, 2, 3, 4, 5, 6, 7, 8] as const;

let page: Page;

test.beforeAll(async ({ browser }) => {
  page = await browser.newPage();
  await openReady(page, '?backend=wasm');
});

test.afterAll(() => page.close());

function exifOf(orientation: number): Buffer {
  return exifSegment(orientation).subarray(4 + 'Exif\0\0'.length);
}

/** Files of the very pixels that the JPEG holds, each with the same EXIF. */
const KINDS: Readonly<Record<string, (jpeg: Buffer, orientation: number) => Promise<Buffer>>> = {
  WebP: async (jpeg, orientation) => {
    const { width, height } = orient(upright, orientation);
    return addWebpExif(await canvasFile(page, jpeg, 'image/webp'), exifOf(orientation), width, height);
  },
  PNG: async (jpeg, orientation) => {
    const png = await canvasFile(page, jpeg, 'image/png');
    const afterHeader = 8 + 25;
    return Buffer.concat([png.subarray(0, afterHeader), pngChunk('eXIf', exifOf(orientation)), png.subarray(afterHeader)]);
  },
};

interface Seen {
  readonly score: Score;
  readonly size: string;
  /** Of the photo as the screen shows it and as the crop editor does: their pixels. */
  readonly shown: string;
  readonly edited: string;
}

interface Look {
  readonly seen: Seen;
  /** Of the report's square, scaled as browsers do: green of every 8th pixel. */
  readonly report: readonly number[];
}

function upload(buffer: Buffer, name: string): Upload {
  return { name, mimeType: 'image/webp', buffer };
}

/** Size and fingerprint of the pixels of an <img> or a canvas. */
async function pixelsOf(picture: Locator): Promise<string> {
  return picture.evaluate(async (element: HTMLImageElement | HTMLCanvasElement) => {
    if (element instanceof HTMLImageElement) await element.decode();
    const [width, height] =
      element instanceof HTMLImageElement ? [element.naturalWidth, element.naturalHeight] : [element.width, element.height];
    const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })!;
    context.drawImage(element, 0, 0);
    const hash = await crypto.subtle.digest('SHA-256', context.getImageData(0, 0, width, height).data);
    return `${width}x${height} ${Array.from(new Uint8Array(hash, 0, 8)).join(' ')}`;
  });
}

async function look(buffer: Buffer, name: string): Promise<Look> {
  const score = await analyse(page, upload(buffer, name));
  const size = /\d+×\d+/.exec(await page.getByTestId('photo-name').innerText())?.[0] ?? '';
  const shown = await pixelsOf(page.locator('img[alt$="with the square that was analysed"]').first());
  await page.getByTestId('crop-edit').click();
  const edited = await pixelsOf(page.getByTestId('crop-editor').locator('img'));
  await page.keyboard.press('Escape');
  const report = await lookAtReport(page);
  expect(await readScore(page)).toEqual(score);
  return { seen: { score, size, shown, edited }, report };
}

function meanDifference(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, i) => sum + Math.abs(value - b[i]!), 0) / a.length;
}

/** Logits of a batch, in the order of the files. */
async function batchLogits(files: readonly Upload[]): Promise<number[]> {
  await page.evaluate(() => {
    location.hash = '#/batch';
  });
  await page.getByTestId('batch-input').setInputFiles(files as Exclude<Upload, string>[]);
  await expect(page.getByTestId('batch-progress')).toHaveAttribute('aria-valuenow', String(files.length));
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByTestId('batch-export-csv').click()]);
  const csv = Buffer.concat((await (await file.createReadStream()).toArray()) as Buffer[]).toString();
  await page.getByTestId('batch-clear').click();
  await page.evaluate(() => {
    location.hash = '#/';
  });
  const rows = csv.trim().split(/\r?\n/).slice(1); // prettier-ignore
  return rows.map((row) => Number(row.split(',')[2]));
}

for (const orientation of ORIENTATIONS) {
  test(`orientation ${orientation}: WebP and PNG are what their JPEG is, on the screen, in the report and in a batch`, async () => {
    const stored = orient(upright, orientation);
    const plain = encodeJpeg(stored);
    const jpeg = await look(encodeJpeg(stored, { segments: [exifSegment(orientation)] }), 'a.jpg');
    expect(jpeg.seen.size).toBe(`${WIDTH}×${HEIGHT}`);
    const files: Upload[] = [];
    for (const [kind, encode] of Object.entries(KINDS)) {
      const file = await encode(plain, orientation);
      const looked = await look(file, kind);
      expect(looked.seen, kind).toEqual(jpeg.seen);
      expect(meanDifference(looked.report, jpeg.report), kind).toBeLessThan(1);
      files.push(upload(file, `${kind}.bin`));
    }
    expect(await batchLogits(files)).toEqual(files.map(() => jpeg.seen.score.logit));
  });
}

test('without its EXIF the turned WebP scores otherwise', async () => {
  const turned = await analyse(page, upload(await canvasFile(page, encodeJpeg(orient(upright, 6)), 'image/webp'), 'a'));
  const straight = await analyse(page, upload(encodeJpeg(upright), 'b'));
  expect(turned.logit).not.toBe(straight.logit);
});

test.describe("AVIF obeys HEIF's own turning", () => {
  test.skip(!canEncodeHeif(), NO_HEIF);

  for (const orientation of ORIENTATIONS) {
    test(`as of orientation ${orientation}, which EXIF says too: turned once`, async () => {
      const wanted = await look(encodeJpeg(upright), 'a.jpg');
      const stored = encodeJpeg(orient(upright, orientation), { segments: [exifSegment(orientation)] });
      const { seen, report } = await look(turnHeif(encodeHeif(stored, 'avif'), orientation), 'a.avif');
      expect(seen.size).toBe(`${WIDTH}×${HEIGHT}`);
      expect(seen.shown).toMatch(/^1024x768 /);
      expect(meanDifference(report, wanted.report)).toBeLessThan(3);
      expect(meanDifference(report.toReversed(), wanted.report)).toBeGreaterThan(8);
      expect(Math.abs(seen.score.probability - wanted.seen.score.probability)).toBeLessThan(0.02);
    });
  }
});
