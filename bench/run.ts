/** npm run bench: times of the built app in headless Chromium, on WebAssembly. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from '@playwright/test';
import { encode } from 'fast-png';
import { drawSyntheticLesion } from '../src/domain/synthetic-lesion';
import { BROWSER_FLAGS, findBrowserHere } from '../tools/find-browser';
import { buildIfStale, serveDist } from '../tools/serve';
import { measureDomain } from './domain';
import { measureFirstPaint, PAINT_VISITS } from './first-paint';
import { measureGraphics } from './graphics';
import { measureEngines } from './measure-engines';
import { measureOpeningMemory, measureOwnModel } from './measure-own-model';
import { measureMainThread } from './main-thread';
import { spread, type Spread } from './spread';
import { measurePeakMemory, measureVisits } from './visits';

const RUNS = 9;
/** Of each engine: fresh workers, and passes in turn. */
const COLD_RUNS = 5;
const ENGINE_RUNS = 25;
const SIDE = 512;
/** Fresh profiles. */
const VISITS = 5;
/** An early layer, a middle one and a late one. */
const SWITCHED = ['block1_conv1', 'block2_conv1', 'block5_conv3'] as const;

/** Times as a person meets them: address to ready, then photo to score with its maps drawn. */
async function measure(browser: Browser, url: string, photo: Buffer) {
  const page = await browser.newPage();
  const opened = performance.now();
  await page.goto(`${url}?backend=wasm`);
  const status = page.getByTestId('app-status');
  await page.waitForFunction(
    () => document.querySelector('[data-testid="app-status"]')?.getAttribute('data-state') === 'ready',
    undefined,
    { timeout: 300_000 },
  );
  const loadMs = performance.now() - opened;
  const analyses: number[] = [];
  const draws: number[] = [];
  for (let run = 1; run <= RUNS + 1; run++) {
    const from = performance.now();
    await page.getByTestId('photo-input').setInputFiles({ name: `${run}.png`, mimeType: 'image/png', buffer: photo });
    await page.waitForFunction(
      (n) => document.querySelector('[data-testid="app-status"]')?.getAttribute('data-runs') === String(n),
      run,
      { timeout: 120_000, polling: 5 },
    );
    if (run > 1) analyses.push(performance.now() - from); // the first one warms up
    draws.push(Number(await page.getByTestId('atlas').getAttribute('data-draw-ms')));
  }
  const backend = await status.getAttribute('data-backend');
  await page.close();
  return { backend, loadMs, photoToScoreMs: spread(analyses), atlasDrawMs: spread(draws) };
}

/** One photo in, then the viewer: what a layer switch costs until its pixels are drawn, and what muting costs. */
async function measureViewer(browser: Browser, url: string, photo: Buffer) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(`${url}?backend=wasm`);
  await page.waitForFunction(
    () => document.querySelector('[data-testid="app-status"]')?.getAttribute('data-state') === 'ready',
    undefined,
    { timeout: 300_000 },
  );
  await page.getByTestId('photo-input').setInputFiles({ name: 'photo.png', mimeType: 'image/png', buffer: photo });
  await page.waitForFunction(() => document.querySelector('[data-testid="app-status"]')?.getAttribute('data-runs') === '1');
  const switches: Record<string, Spread> = {};
  for (const layer of SWITCHED) {
    const times: number[] = [];
    for (let run = 0; run < RUNS; run++) {
      // As a person meets it: from among others. What is read ahead is in the cache.
      for (const other of ['block3_conv1', 'block4_conv1', 'block5_conv1', 'block5_conv2']) await switchLayer(page, other);
      times.push(await switchLayer(page, layer));
    }
    switches[layer] = spread(times);
  }
  await switchLayer(page, 'block3_conv3');
  await page.getByTestId('tool-experiment').click();
  const firstRatios: number[] = [];
  const ratios: number[] = [];
  const mutes: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    await page.getByTestId('photo-input').setInputFiles({ name: 'photo.png', mimeType: 'image/png', buffer: photo });
    await page.waitForFunction(
      (n) => document.querySelector('[data-testid="app-status"]')?.getAttribute('data-runs') === String(n),
      run + 2,
      { polling: 5 },
    );
    const forwardMs = Number(await page.getByTestId('score').getAttribute('data-forward-ms'));
    // The first mute of a photo's layer remembers what the further ones use.
    for (const filter of ['10', '20', '30']) {
      await page.getByTestId('filter-number').fill(filter);
      await page.getByTestId('mute-filter').click();
      const experiment = page.locator('[data-testid="experiment-score"][data-state="done"]');
      await experiment.waitFor();
      const muteMs = Number(await experiment.getAttribute('data-ms'));
      (filter === '10' ? firstRatios : ratios).push(muteMs / forwardMs);
      mutes.push(muteMs);
      await page.getByTestId('unmute-all').click();
      await page.locator('[data-testid="experiment-score"][data-state="idle"]').waitFor();
    }
  }
  await page.close();
  return {
    layerSwitchMs: switches,
    muteMs: spread(mutes),
    firstMuteToFullPass: spread(firstRatios),
    muteToFullPass: spread(ratios),
  };
}

/** @returns Milliseconds from the choice to the atlas being drawn. */
async function switchLayer(page: Page, layer: string): Promise<number> {
  return page.evaluate(async (name) => {
    const select = document.querySelector<HTMLSelectElement>('[data-testid="layer-select"]');
    const atlas = document.querySelector<HTMLCanvasElement>('[data-testid="atlas"]');
    if (select === null || atlas === null) throw new Error('no viewer');
    const startMs = performance.now();
    // No named function in here: the bundler would give it a helper that the page does not have.
    const drawn = new Promise<number>((resolve) => {
      new MutationObserver((_, observer) => {
        if (document.querySelector('[data-testid="atlas"]')?.getAttribute('data-layer') !== name) return;
        observer.disconnect();
        resolve(performance.now() - startMs);
      }).observe(document.body, { attributes: true, childList: true, subtree: true, attributeFilter: ['data-layer'] });
    });
    Object.getOwnPropertyDescriptor(HTMLSelectElement.prototype, 'value')?.set?.call(select, name);
    select.dispatchEvent(new Event('change', { bubbles: true }));
    return drawn;
  }, layer);
}

/** A JPEG of the synthetic lesion, encoded by the browser. */
async function encodeJpeg(page: Page, png: Buffer, width: number, height: number): Promise<Buffer> {
  const base64 = await page.evaluate(
    async ([text, w, h]) => {
      const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
      const picture = await createImageBitmap(new Blob([bytes]));
      const canvas = new OffscreenCanvas(w, h);
      canvas.getContext('2d')?.drawImage(picture, 0, 0, w, h);
      const jpeg = new Uint8Array(await (await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.9 })).arrayBuffer());
      let binary = '';
      for (let i = 0; i < jpeg.length; i += 8192) binary += String.fromCharCode(...jpeg.subarray(i, i + 8192));
      return btoa(binary);
    },
    [png.toString('base64'), width, height] as const,
  );
  return Buffer.from(base64, 'base64');
}

const BATCH = 100;
const BATCH_PART = 20;
const DROPS_A_ROUND = 4;

/** A photo of 12 megapixels and a batch, against the bare forward pass of the same page. */
async function measureIntake(browser: Browser, url: string, photo: Buffer) {
  const folder = mkdtempSync(join(tmpdir(), 'lesion-bench-'));
  const page = await browser.newPage({ serviceWorkers: 'block' });
  try {
    await page.goto(`${url}?backend=wasm`);
    await page.locator('[data-testid=app-status][data-state=ready]').waitFor();
    const large = join(folder, 'large.jpg');
    writeFileSync(large, await encodeJpeg(page, photo, 4000, 3000));
    const small = await encodeJpeg(page, photo, 600, 450);
    const batch = Array.from({ length: BATCH }, (_, i) => join(folder, `${i}.jpg`));
    for (const file of batch) writeFileSync(file, small);
    let runs = 0;
    const drop = async (): Promise<{ readonly ms: number; readonly forwardMs: number }> => {
      const startMs = performance.now();
      await page.getByTestId('photo-input').setInputFiles(large);
      runs += 1;
      await page.waitForFunction(
        (n) => document.querySelector('[data-testid="app-status"]')?.getAttribute('data-runs') === String(n),
        runs,
        { polling: 5, timeout: 120_000 },
      );
      return {
        ms: performance.now() - startMs,
        forwardMs: Number(await page.getByTestId('score').getAttribute('data-forward-ms')),
      };
    };
    await drop();
    const drops: Awaited<ReturnType<typeof drop>>[] = [];
    const perImage: number[] = [];
    const ratios: number[] = [];
    const dropSome = async (): Promise<number[]> => {
      const some = [];
      for (let run = 0; run < DROPS_A_ROUND; run++) some.push(await drop());
      drops.push(...some);
      return some.map(({ forwardMs }) => forwardMs);
    };
    // Alternated, as the machine's speed drifts: each part of the batch stands between the passes it is compared with.
    let before = await dropSome();
    for (let first = 0; first < BATCH; first += BATCH_PART) {
      await page.evaluate(() => {
        location.hash = '#/batch';
      });
      const startMs = performance.now();
      await page.getByTestId('batch-input').setInputFiles(batch.slice(first, first + BATCH_PART));
      await page.locator(`[data-testid=batch-progress][aria-valuenow="${first + BATCH_PART}"]`).waitFor({ timeout: 600_000 });
      const ms = (performance.now() - startMs) / BATCH_PART;
      runs += BATCH_PART;
      await page.evaluate(() => {
        location.hash = '#/';
      });
      const after = await dropSome();
      perImage.push(ms);
      ratios.push(ms / spread([...before, ...after]).median);
      before = after;
    }
    return {
      forwardMs: spread(drops.map(({ forwardMs }) => forwardMs)),
      twelveMegapixelsMs: spread(drops.map(({ ms }) => ms)),
      batchMsPerImage: spread(perImage),
      batchToForward: spread(ratios),
    };
  } finally {
    await page.close();
    rmSync(folder, { recursive: true });
  }
}

await buildIfStale();
const server = await serveDist(4392);
const browser = await chromium.launch({ executablePath: findBrowserHere(), args: BROWSER_FLAGS });
const photo = Buffer.from(encode({ width: SIDE, height: SIDE, channels: 4, data: drawSyntheticLesion('irregular', SIDE) }));
const pass = await measureEngines(browser, COLD_RUNS, ENGINE_RUNS);
const ownModel = await measureOwnModel(browser, ENGINE_RUNS);
const result = await measure(browser, server.url, photo);
const viewer = await measureViewer(browser, server.url, photo);
const intake = await measureIntake(browser, server.url, photo);
const visits = await measureVisits(browser, server.url, photo, VISITS);
const firstPaint = await measureFirstPaint(browser, server.url);
const graphics = await measureGraphics(browser, server.url, photo, RUNS);
const mainThread = await measureMainThread(browser, server.url, RUNS);
await browser.close();
const peakMemory = await measurePeakMemory(server.url, photo);
const openingMemory = await measureOpeningMemory(server.url);
await server.close();
const domain = measureDomain(RUNS);

const record = {
  date: new Date().toISOString(),
  cpu: cpus()[0]?.model ?? '',
  cores: cpus().length,
  runs: RUNS,
  pass,
  ownModel,
  ...result,
  ...viewer,
  ...intake,
  ...visits,
  firstPaint,
  peakMemory,
  openingMemory,
  graphics,
  ...mainThread,
  ...domain,
};
mkdirSync('bench/results', { recursive: true });
const file = `bench/results/${record.date.slice(0, 10)}.json`;
writeFileSync(file, `${JSON.stringify(record, null, 1)}\n`);
const row = (name: string, s: Spread, digits = 1): string =>
  `| ${name} | ${s.median.toFixed(digits)} | ${s.min.toFixed(digits)} | ${s.max.toFixed(digits)} |`;
const longTaskRows = (when: string, { count, longestMs }: typeof mainThread.longTasksOfCamera): string[] => [
  row(`tasks of 50 ms or more on the page's thread ${when}, how many`, count, 0),
  row('the longest of them', longestMs),
];
const paintRows = (['desktop', 'phone'] as const).flatMap((size) =>
  (['first', 'second'] as const).flatMap((when) => [
    row(`largest contentful paint, ${size}, ${when} visit (of ${PAINT_VISITS})`, firstPaint[size][when].largestContentfulPaintMs),
    row('total blocking time of it until ready', firstPaint[size][when].totalBlockingTimeMs),
  ]),
);
const memoryRows =
  peakMemory === null
    ? []
    : [
        `| peak memory of the page's process when ready, MB | ${peakMemory.readyMb.toFixed(0)} | | |`,
        `| the same after a photo, its eight views and the largest layer, MB | ${peakMemory.afterPhotoMb.toFixed(0)} | | |`,
      ];
const openingRows =
  openingMemory === null
    ? []
    : [
        `| peak memory of the page's process before a model of 67 MB, MB | ${openingMemory.beforeMb.toFixed(0)} | | |`,
        `| the same once it is open, MB | ${openingMemory.openedMb.toFixed(0)} | | |`,
      ];
const ownModelRows = (['threads1', 'threads2'] as const).flatMap((threads) =>
  (['keeping', 'scoring', 'stock'] as const).map((way) => {
    const times = ownModel.passMs[threads];
    const share = (times[way].median / times.stock.median).toFixed(2);
    return row(`MobileNet as own model, ${threads}, ${way} (${share} of stock tfjs)`, times[way]);
  }),
);
const graphicsRows = Object.entries(graphics).map(([name, times]) =>
  typeof times === 'string' ? `| one pass, ${name} | ${times} | | |` : row(`one pass, ${name}`, times as Spread),
);
const engineRows = (['warm', 'cold'] as const).flatMap((when) =>
  (['threads1', 'threads2'] as const).flatMap((threads) =>
    (['ours', 'tfjs', 'ort'] as const).map((kind) => {
      const ratio = pass[when].ours[threads] / pass[when][kind][threads];
      return row(`${when} pass, ${threads}, ${kind} (ours is ${ratio.toFixed(2)} of it)`, pass[`${when}Spread`][kind][threads]);
    }),
  ),
);
process.stdout.write(
  [
    `| ${record.cores} cores, ${String(record.backend)}, ms | median of ${RUNS} | min | max |`,
    '|---|---|---|---|',
    ...engineRows,
    ...ownModelRows,
    row('address to ready (once)', spread([result.loadMs])),
    row(`address to the first score, first visit (of ${VISITS})`, visits.firstLoadMs),
    row(`the same on a second visit (of ${VISITS})`, visits.secondVisitMs),
    row('what of it is not the pass itself', visits.secondVisitBeforePassMs),
    ...paintRows,
    row('photo to score and maps, warm', result.photoToScoreMs),
    row('drawing the atlas', result.atlasDrawMs),
    ...Object.entries(viewer.layerSwitchMs).map(([layer, times]) => row(`choosing ${layer} to its maps drawn`, times)),
    row('muting a filter of block3_conv3 to the new score', viewer.muteMs),
    `| the first of a photo's layer, as a share of a full pass | ${viewer.firstMuteToFullPass.median.toFixed(3)} | | |`,
    `| any further one, as a share of a full pass | ${viewer.muteToFullPass.median.toFixed(3)} | | |`,
    row('the bare forward pass beside the next two', intake.forwardMs),
    row('a JPEG of 12 megapixels, drop to score and maps', intake.twelveMegapixelsMs),
    row(`a batch of ${BATCH} JPEGs of 600x450, an image`, intake.batchMsPerImage),
    row('the same as a share of the passes beside it', intake.batchToForward, 3),
    ...memoryRows,
    ...openingRows,
    ...graphicsRows,
    ...longTaskRows('while a JPEG of 12 megapixels is analysed', mainThread.longTasksOfTwelveMegapixels),
    ...longTaskRows('in 5 s of camera at 1920x1440', mainThread.longTasksOfCamera),
    row('interval of the AUC of 10,000 pictures', domain.aucIntervalMs),
    row('the same by bootstrap (of 3)', domain.aucBootstrapMs),
    row('telling the kind of markup made to be slow', domain.sniffMarkupMs, 3),
    `| twice as much of it, as a multiple | ${domain.sniffTwiceTheMarkup.toFixed(2)} | | |`,
    row('looking for damage in a JPEG of 12 megapixels', domain.findDamageMs),
    `Written to ${file}`,
    '',
  ].join('\n'),
);
process.exit(0);
