import { expect, test, type Locator, type Page } from '@playwright/test';
import { displayP3Profile, profileSegment } from './support/colour-profile';
import { analyse, countRuns, openReady, putPhoto, readScore, statusOf, type Score, type Upload } from './support/app';
import { encodeJpeg, exifSegment } from './support/encode-jpeg';
import {
  animateWebp,
  encodeApng,
  encodeBmp,
  encodeGif,
  encodePng,
  encodePng16,
  encodePngAlpha,
  encodePngPalette,
} from './support/encode-pictures';
import { canEncodeHeif, encodeHeif, NO_HEIF } from './support/encode-heif';
import { canvasWebp } from './support/encode-webp';
import { turnHeif } from './support/turn-heif';
import { drawLesion, enlarge, mapPixels, orient, reduceColours } from './support/pictures';

test.describe.configure({ mode: 'serial' });

/** Not square, and of few enough colours for a palette. */
const PICTURE = reduceColours(drawLesion('irregular', 240, 180));
const OTHER = reduceColours(drawLesion('regular', 240, 180));

let page: Page;
let reference: Score;

function upload(buffer: Buffer, name: string): Upload {
  // The name's end and the type are left out of it on purpose: the bytes say what a file is.
  return { name, mimeType: 'image/png', buffer };
}

async function scoreOf(buffer: Buffer, name = 'photo'): Promise<Score> {
  return analyse(page, upload(buffer, name));
}

test.beforeAll(async ({ browser }) => {
  page = await browser.newPage();
  await openReady(page, '?backend=wasm');
  reference = await scoreOf(encodePng(PICTURE));
});

test.afterAll(() => page.close());

test.describe('files that keep every pixel give the very same score', () => {
  const onlyFirst: readonly [string, () => Promise<Buffer> | Buffer][] = [
    ['PNG, 16 bits', () => encodePng16(PICTURE)],
    ['PNG with a palette', () => encodePngPalette(PICTURE)],
    ['PNG with alpha, all of it opaque', () => encodePngAlpha(PICTURE, new Uint8Array(240 * 180).fill(255))],
    ['APNG: its first frame', () => encodeApng(PICTURE, OTHER)],
    ['GIF', () => encodeGif([PICTURE])],
    ['animated GIF: its first frame', () => encodeGif([PICTURE, OTHER])],
    ['BMP, 24 bits', () => encodeBmp(PICTURE)],
    ['BMP with a palette, rows from the top', () => encodeBmp(PICTURE, '8-top-down')],
    ['WebP, lossless', () => canvasWebp(page, encodePng(PICTURE), 1)],
    [
      'animated WebP: its first frame',
      async () =>
        animateWebp([await canvasWebp(page, encodePng(PICTURE), 1), await canvasWebp(page, encodePng(OTHER), 1)], 240, 180),
    ],
  ];
  for (const [what, encode] of onlyFirst) {
    test(what, async () => {
      expect(await scoreOf(await encode())).toEqual(reference);
    });
  }

  test('what they are compared with is another picture than the second frame', async () => {
    expect(Math.abs((await scoreOf(encodePng(OTHER))).logit - reference.logit)).toBeGreaterThan(0.5);
  });
});

test.describe('transparency lies on white', () => {
  const hole = Uint8Array.from({ length: 240 * 180 }, (_, i) =>
    ((i % 240) - 120) ** 2 + (Math.floor(i / 240) - 90) ** 2 < 40 ** 2 ? 0 : 255,
  );
  const onWhite = mapPixels(PICTURE, (value, i) => (hole[i] === 0 ? 255 : value));

  test('PNG and WebP with a hole are the picture with white in it', async () => {
    const white = await scoreOf(encodePng(onWhite));
    expect(Math.abs(white.logit - reference.logit)).toBeGreaterThan(0.05);
    const holed = encodePngAlpha(PICTURE, hole);
    expect(await scoreOf(holed)).toEqual(white);
    expect(await scoreOf(await canvasWebp(page, holed, 1))).toEqual(white);
  });

  test('half transparent is half white', async () => {
    const half = await scoreOf(encodePngAlpha(PICTURE, new Uint8Array(240 * 180).fill(128)));
    const mixed = await scoreOf(encodePng(mapPixels(PICTURE, (value) => Math.round((value * 128 + 255 * 127) / 255))));
    expect(Math.abs(half.probability - mixed.probability)).toBeLessThan(0.01);
  });
});

test.describe('JPEG and its kin', () => {
  let jpeg: Score;

  test('baseline', async () => {
    jpeg = await scoreOf(encodeJpeg(PICTURE));
    expect(Math.abs(jpeg.probability - reference.probability)).toBeLessThan(0.02);
  });

  test('progressive: the same coefficients, the same score', async () => {
    expect(await scoreOf(encodeJpeg(PICTURE, { isProgressive: true }))).toEqual(jpeg);
  });

  test('greyscale', async () => {
    const grey = mapPixels(PICTURE, (_, i) => {
      const [r = 0, g = 0, b = 0] = PICTURE.rgb.subarray(3 * i, 3 * i + 3);
      return Math.round(0.299 * r + 0.587 * g + 0.114 * b);
    });
    const png = await scoreOf(encodePng(grey));
    expect(Math.abs((await scoreOf(encodeJpeg(PICTURE, { model: 'grey' }))).probability - png.probability)).toBeLessThan(0.02);
  });

  test('CMYK as Adobe stores it', async () => {
    const cmyk = await scoreOf(encodeJpeg(PICTURE, { model: 'cmyk' }));
    expect(Math.abs(cmyk.probability - reference.probability)).toBeLessThan(0.02);
  });

  test('WebP, lossy', async () => {
    const webp = await scoreOf(await canvasWebp(page, encodePng(PICTURE), 0.95));
    expect(Math.abs(webp.probability - reference.probability)).toBeLessThan(0.02);
  });
});

test.describe('EXIF orientation', () => {
  // Every pixel is a block of its own: JPEG of flat blocks is exact, however it is turned.
  const upright = enlarge(drawLesion('irregular', 128, 96), 8);
  let first: Score;

  for (let orientation = 1; orientation <= 8; orientation++) {
    test(`${orientation} gives the upright picture's probability, to the last digit`, async () => {
      const stored = orient(upright, orientation);
      const score = await scoreOf(encodeJpeg(stored, { segments: [exifSegment(orientation)] }), `exif-${orientation}.jpg`);
      if (orientation === 1) first = score;
      expect(score).toEqual(first);
      expect(score.probability).toBe(first.probability);
      await expect(page.getByTestId('photo-name')).toContainText('1024×768');
    });
  }

  test('the tag is what does it: without it the turned picture scores otherwise', async () => {
    expect((await scoreOf(encodeJpeg(orient(upright, 6)))).logit).not.toBe(first.logit);
  });

  test('a photo, whose blocks are rounded otherwise when they are turned: within 0.01', async () => {
    const photo = drawLesion('irregular', 640, 480);
    const scores: Score[] = [];
    for (const orientation of [1, 3, 6, 7]) {
      scores.push(await scoreOf(encodeJpeg(orient(photo, orientation), { quantum: 3, segments: [exifSegment(orientation)] })));
    }
    const probabilities = scores.map(({ probability }) => probability);
    expect(Math.max(...probabilities) - Math.min(...probabilities)).toBeLessThan(0.01);
  });
});

test.describe('colour profile', () => {
  const plain = encodeJpeg(PICTURE);
  const tagged = encodeJpeg(PICTURE, { segments: [profileSegment(displayP3Profile())] });

  test('a Display P3 JPEG is read as its own numbers, as training read it: the same score as without the profile', async () => {
    expect(await scoreOf(tagged)).toEqual(await scoreOf(plain));
  });

  test('the profile is a real one: a browser that shows the picture applies it', async () => {
    const reads = await page.evaluate(
      async (files) => {
        const pixels: number[] = [];
        for (const base64 of files) {
          const bitmap = await createImageBitmap(new Blob([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))]));
          const context = new OffscreenCanvas(1, 1).getContext('2d');
          context?.drawImage(bitmap, 200, 150, 1, 1, 0, 0, 1, 1);
          pixels.push(...(context?.getImageData(0, 0, 1, 1).data.subarray(0, 3) ?? []));
        }
        return pixels;
      },
      [plain.toString('base64'), tagged.toString('base64')],
    );
    const change = [0, 1, 2].map((c) => Math.abs((reads[c + 3] ?? 0) - (reads[c] ?? 0)));
    expect(Math.max(...change)).toBeGreaterThan(5);
  });
});

test.describe("HEIC and AVIF, written by libheif's encoder", () => {
  test.skip(!canEncodeHeif(), NO_HEIF);
  const photo = drawLesion('irregular', 400, 300);
  let jpeg: Score;

  const isNear = (score: Score): void => {
    expect(Math.abs(score.probability - jpeg.probability)).toBeLessThan(0.02);
  };
  /** The decoder's files that the page or its worker asked for; the service worker keeps them for use without a network. */
  const decoderRequests: string[] = [];

  test.beforeAll(async () => {
    page.on('request', (request) => {
      if (request.serviceWorker() === null && request.url().includes('libheif')) decoderRequests.push(request.url());
    });
    jpeg = await scoreOf(encodeJpeg(photo));
  });

  test('AVIF: within 0.02 of its JPEG', async () => {
    isNear(await scoreOf(encodeHeif(photo, 'avif')));
  });

  test('HEIC: within 0.02 of its JPEG; it is seen, and nothing of its decoder was loaded before', async () => {
    expect(decoderRequests).toEqual([]);
    isNear(await scoreOf(encodeHeif(photo, 'heic')));
    expect(decoderRequests.filter((url) => url.endsWith('.wasm'))).toHaveLength(1);
    for (const url of decoderRequests) expect(new URL(url).origin).toBe(new URL(page.url()).origin);
    await expect(page.getByTestId('photo-name')).toContainText('400×300');
    const shown = shownPhoto(page);
    await expect.poll(() => shown.evaluate((img) => (img instanceof HTMLImageElement ? img.naturalWidth : 0))).toBe(400);
  });

  for (const orientation of [2, 3, 5, 6, 8]) {
    test(`HEIC stored as of orientation ${orientation}, which the file says in HEIF's way and in EXIF's: turned once`, async () => {
      const jpegFile = encodeJpeg(orient(photo, orientation), { segments: [exifSegment(orientation)] });
      isNear(await scoreOf(turnHeif(encodeHeif(jpegFile, 'heic'), orientation)));
      await expect(page.getByTestId('photo-name')).toContainText('400×300');
      // The drawn lesion is dark in its top left corner only.
      const [topLeft = 0, ...others] = await readCorners(page);
      for (const corner of others) expect(corner).toBeGreaterThan(topLeft + 20);
    });
  }

  test('a decoder that cannot be loaded is a coded error; "Try again" gets it', async ({ browser }) => {
    const context = await browser.newContext({ serviceWorkers: 'block' });
    const fresh = await context.newPage();
    await openReady(fresh, '?backend=wasm');
    await fresh.route('**/libheif*.wasm', (route) => route.abort());
    await putPhoto(fresh, upload(encodeHeif(photo, 'heic'), 'a.heic'));
    await expect(fresh.getByTestId('error')).toHaveAttribute('data-code', 'heic-decoder-missing');
    await fresh.unroute('**/libheif*.wasm');
    await fresh.getByRole('button', { name: 'Try again' }).click();
    await expect(statusOf(fresh)).toHaveAttribute('data-runs', '1');
    isNear(await readScore(fresh));
    await context.close();
  });

  test('HEIC in the batch: the same score', async () => {
    const heic = encodeHeif(photo, 'heic');
    const { logit } = await scoreOf(heic);
    await page.goto('./?backend=wasm#/batch');
    await page.getByTestId('batch-input').setInputFiles({ name: 'a.heic', mimeType: 'image/heic', buffer: heic });
    await expect(page.getByTestId('batch-progress')).toHaveAttribute('aria-valuenow', '1', { timeout: 60_000 });
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByTestId('batch-export-csv').click()]);
    const csv = await (await file.createReadStream()).toArray();
    expect(
      Number(
        Buffer.concat(csv as Buffer[])
          .toString()
          .split(/\r?\n/)[1]
          ?.split(',')[2],
      ),
    ).toBe(logit);
  });
});

test.describe('dropped', () => {
  const drawn = (kind: 'regular' | 'irregular', name: string) => ({
    name,
    base64: encodePng(reduceColours(drawLesion(kind, 160, 160))).toString('base64'),
  });

  test.beforeEach(async () => {
    await page.evaluate(() => {
      location.hash = '#/batch';
    });
    await expect(page.getByTestId('batch-progress')).toBeVisible();
    await page.evaluate(() => document.querySelector<HTMLElement>('[data-testid=batch-clear]')?.click());
    await expect(page.getByTestId('batch-clear')).toHaveCount(0);
    await page.evaluate(() => {
      location.hash = '#/';
    });
    await expect(page.getByTestId('batch-progress')).toHaveCount(0);
  });

  test('two on the analyse page are A and B; three go to the batch', async () => {
    const runs = await countRuns(page);
    await drop(page, [drawn('regular', 'a.png'), drawn('irregular', 'b.png')]);
    await expect(statusOf(page)).toHaveAttribute('data-runs', String(runs + 2));
    await expect(page.getByTestId('photo-name')).toContainText('a.png');
    await expect(page.getByTestId('photo-name-b')).toContainText('b.png');
    await drop(page, [drawn('regular', 'c.png'), drawn('irregular', 'd.png'), drawn('regular', 'e.png')]);
    await expect(page).toHaveURL(/#\/batch$/);
    await expect(page.getByTestId('batch-progress')).toHaveAttribute('aria-valuenow', '3');
  });

  test('a folder goes to the batch, with what lies in folders inside; one without pictures says so', async () => {
    await drop(page, [], {
      set: { 'a.png': drawn('regular', 'a.png').base64, inner: { 'b.png': drawn('irregular', 'b.png').base64 } },
    });
    await expect(page).toHaveURL(/#\/batch$/);
    await expect(page.getByTestId('batch-progress')).toHaveAttribute('aria-valuenow', '2');
    await drop(page, [], { empty: {} });
    await expect(page.getByTestId('error')).toHaveAttribute('data-code', 'folder-empty');
  });
});

interface DroppedTree {
  readonly [name: string]: string | DroppedTree;
}

/** Drops files; or folders, whose entries a script cannot make, so that they are stood in for here. */
async function drop(
  onPage: Page,
  files: readonly { readonly name: string; readonly base64: string }[],
  tree: DroppedTree = {},
): Promise<void> {
  await onPage.evaluate(
    ([listed, folders]) => {
      const fileOf = (name: string, base64: string): File =>
        new File([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))], name, { type: 'image/png' });
      const entryOf = (name: string, node: string | DroppedTree, path: string): object => {
        const fullPath = `${path}/${name}`;
        if (typeof node === 'string') {
          return {
            name,
            fullPath,
            isFile: true,
            isDirectory: false,
            file: (give: (file: File) => void) => give(fileOf(name, node)),
          };
        }
        const children = Object.entries(node).map(([child, inner]) => entryOf(child, inner, fullPath));
        const createReader = () => ({ readEntries: (give: (some: object[]) => void) => give(children.splice(0, 1)) });
        return { name, fullPath, isFile: false, isDirectory: true, createReader };
      };
      const carried = new DataTransfer();
      for (const { name, base64 } of listed) carried.items.add(fileOf(name, base64));
      const event = new DragEvent('drop', { dataTransfer: carried, bubbles: true, cancelable: true });
      const roots = Object.entries(folders);
      if (roots.length > 0) {
        const items = roots.map(([name, node]) => ({
          kind: 'file',
          getAsFile: () => null,
          webkitGetAsEntry: () => entryOf(name, node, ''),
        }));
        Object.defineProperty(event, 'dataTransfer', { value: { types: ['Files'], files: [], items } });
      }
      document.body.dispatchEvent(event);
    },
    [files, tree] as const,
  );
}

/** Of photo A. */
function shownPhoto(inPage: Page): Locator {
  return inPage.getByRole('img', { name: /with the square that was analysed$/ }).first();
}

/** Green of the shown photo near its corners: top left, top right, bottom left, bottom right. */
async function readCorners(inPage: Page): Promise<number[]> {
  const img = shownPhoto(inPage);
  await expect.poll(() => img.evaluate((element) => (element instanceof HTMLImageElement ? element.naturalWidth : 0))).toBe(400);
  return img.evaluate((element) => {
    const context = new OffscreenCanvas(400, 300).getContext('2d');
    if (context === null || !(element instanceof HTMLImageElement)) return [];
    context.drawImage(element, 0, 0);
    const corners: readonly (readonly [number, number])[] = [
      [20, 20],
      [380, 20],
      [20, 280],
      [380, 280],
    ];
    return corners.map(([x, y]) => context.getImageData(x, y, 1, 1).data[1] ?? 0);
  });
}
