/**
 * What can break, broken on purpose, in random order: each time a right score or a coded error follows, and nothing is lost.
 * FAULTS=full runs 50 losses of the graphics device, 20 crashes and 20 broken downloads (about an hour on software graphics);
 * SEED repeats an order.
 */
import { readdirSync } from 'node:fs';
import { expect, test, type Browser, type Page } from '@playwright/test';
import { MODEL_VERSION } from '../src/domain/model-version';
import { analyse, openReady, readScore, showLayer, waitForState, type Score } from './support/app';
import { lesionPng } from './support/photos';

const IS_FULL = process.env['FAULTS'] === 'full';
const COUNTS = IS_FULL
  ? { losses: 25, crashes: 20, downloads: 20, fullDisks: 3 }
  : { losses: 1, crashes: 6, downloads: 6, fullDisks: 1 };
const SEED = Number(process.env['SEED'] ?? Date.now() % 1_000_000);
/** Backends round differently (see engine/tolerances.ts). */
const SCORE_TOLERANCE = 1e-3;

/** Repeatable numbers 0-1 (mulberry32). */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const random = createRandom(SEED);

function pick<T>(choices: readonly T[]): T {
  return choices[Math.floor(random() * choices.length)]!;
}

/** Gives the test a hand inside the engine's worker: `tell(page, 'lose' | 'crash')`. */
async function openHand(page: Page): Promise<void> {
  await page.route('**/assets/worker-*.js', async (route) => {
    const response = await route.fetch();
    const hand = `{
      const contexts = [], original = OffscreenCanvas.prototype.getContext;
      OffscreenCanvas.prototype.getContext = function (kind, ...rest) {
        const context = original.call(this, kind, ...rest);
        if (kind === 'webgl2' && context) contexts.push(context);
        return context;
      };
      addEventListener('message', ({ data }) => {
        if (data === 'lose') for (const context of contexts) context.getExtension('WEBGL_lose_context')?.loseContext();
        if (data === 'crash') setTimeout(() => { throw new Error('crashed by the test'); });
        if (data === 'fill-disk') Cache.prototype.put = () => Promise.reject(new DOMException('full', 'QuotaExceededError'));
      });
    }\n`;
    await route.fulfill({ response, body: hand + (await response.text()) });
  });
  await page.addInitScript(() => {
    const workers: Worker[] = [];
    const Original = Worker;
    Object.assign(globalThis, {
      engineWorkers: workers,
      Worker: class extends Original {
        constructor(...args: ConstructorParameters<typeof Worker>) {
          super(...args);
          workers.push(this);
        }
      },
    });
  });
}

/** @param message - To the worker that was started last. */
async function tell(page: Page, message: 'lose' | 'crash' | 'fill-disk'): Promise<void> {
  await page.evaluate((text) => {
    (globalThis as unknown as { engineWorkers: Worker[] }).engineWorkers.at(-1)?.postMessage(text);
  }, message);
}

async function expectScore(page: Page, wanted: Score): Promise<void> {
  await waitForState(page, 'done');
  expect(Math.abs((await readScore(page)).probability - wanted.probability)).toBeLessThan(SCORE_TOLERANCE);
}

/** Breaks the engine while it idles, analyses, or reads maps; then everything must be as if nothing had happened. */
async function breakEngine(page: Page, message: 'lose' | 'crash', wanted: Score): Promise<string> {
  const when = pick(['idle', 'analysing', 'reading maps'] as const);
  const layer = pick(['block1_conv1', 'block3_conv2', 'block5_conv3', 'block2_pool']);
  if (when === 'idle') {
    await tell(page, message);
    await page.waitForTimeout(100);
  }
  const runs = Number(await page.getByTestId('app-status').getAttribute('data-runs'));
  if (when === 'analysing') {
    await page.getByTestId('photo-input').setInputFiles(lesionPng('irregular'));
    await page.waitForTimeout(random() * 150);
    await tell(page, message);
    await expect(page.getByTestId('app-status')).toHaveAttribute('data-runs', String(runs + 1), { timeout: 120_000 });
  }
  const shown = showLayer(page, layer);
  if (when === 'reading maps') await tell(page, message);
  await shown;
  await expectScore(page, wanted);
  await expect(page.getByTestId('error')).toHaveCount(0);
  return `${message} while ${when}, then ${layer}`;
}

async function loseDevice(browser: Browser, right: Score): Promise<string> {
  const page = await browser.newPage();
  await openHand(page);
  await openReady(page, '?backend=webgl');
  await analyse(page, lesionPng('irregular'));
  const first = await breakEngine(page, 'lose', right);
  await expect(page.getByTestId('app-status')).toHaveAttribute('data-backend', 'webgl');
  const second = await breakEngine(page, 'lose', right);
  // The second loss may only be noticed by the next call.
  await showLayer(page, 'block4_conv1');
  await expect(page.getByTestId('app-status')).toHaveAttribute('data-backend', 'wasm');
  await analyse(page, lesionPng('irregular'));
  await expectScore(page, right);
  await page.close();
  return `${first}; ${second}; on WebAssembly`;
}

const SHARDS = readdirSync(new URL(`../public/model/${MODEL_VERSION}/`, import.meta.url)).filter((name) => name.endsWith('.bin'));

async function breakDownload(browser: Browser, right: Score): Promise<string> {
  const how = pick(['cut', 'flipped', 'refused', 'missing'] as const);
  const shard = pick(SHARDS);
  const page = await browser.newPage();
  let broken = 0;
  await page.route(`**/${shard}`, async (route) => {
    broken += 1;
    if (broken > 1) return route.continue();
    if (how === 'refused') return route.abort('connectionreset');
    if (how === 'missing') return route.fulfill({ status: 500, body: 'no' });
    const response = await route.fetch();
    const body = Buffer.from(await response.body());
    const at = Math.floor(random() * body.length);
    body[at] = body[at]! ^ 0x40;
    return route.fulfill({ response, body: how === 'cut' ? body.subarray(0, at) : body });
  });
  await page.goto('./?backend=wasm');
  const error = page.getByTestId('error');
  await expect(error).toHaveAttribute('data-code', /^model-(corrupt|download-failed)$/);
  const code = await error.getAttribute('data-code');
  await page.getByTestId('try-again').click();
  await waitForState(page, 'ready');
  await analyse(page, lesionPng('irregular'));
  await expectScore(page, right);
  await page.close();
  return `${shard} ${how}: ${code}`;
}

async function fillDisk(browser: Browser, right: Score): Promise<string> {
  const context = await browser.newContext({ serviceWorkers: 'allow' });
  const page = await context.newPage();
  await page.addInitScript(() => {
    Cache.prototype.put = () => Promise.reject(new DOMException('full', 'QuotaExceededError'));
  });
  await openHand(page);
  await page.route('**/*.bin', async (route) => {
    await tell(page, 'fill-disk').catch(() => undefined);
    await route.continue();
  });
  await openReady(page, '?backend=wasm');
  await analyse(page, lesionPng('irregular'));
  await expectScore(page, right);
  await expect(page.getByTestId('offline-state')).not.toHaveAttribute('data-state', 'ready');
  await context.close();
  return 'disk full';
}

test('faults in random order: a right score or a coded error, and nothing is lost', async ({ browser }, info) => {
  info.annotations.push({ type: 'seed', description: String(SEED) });
  process.stdout.write(`Order of faults: SEED=${SEED}\n`);
  test.setTimeout(IS_FULL ? 3 * 3600_000 : 600_000);
  const crashing = await browser.newPage();
  await openHand(crashing);
  await openReady(crashing, '?backend=wasm');
  const right = await analyse(crashing, lesionPng('irregular'));
  const faults = [
    ...Array.from({ length: COUNTS.losses }, () => () => loseDevice(browser, right)),
    ...Array.from({ length: COUNTS.crashes }, () => () => breakEngine(crashing, 'crash', right)),
    ...Array.from({ length: COUNTS.downloads }, () => () => breakDownload(browser, right)),
    ...Array.from({ length: COUNTS.fullDisks }, () => () => fillDisk(browser, right)),
  ];
  for (let i = faults.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [faults[i], faults[j]] = [faults[j]!, faults[i]!];
  }
  for (const fault of faults) {
    const told = await test.step('fault', fault);
    if (IS_FULL) process.stdout.write(`${told}\n`);
  }
});

test.describe('little memory on the page', () => {
  let page: Page;

  test.beforeAll(async ({ browser }) => {
    page = await browser.newPage();
    await openReady(page, '?backend=wasm');
  });

  test.afterAll(() => page.close());

  /** From now on no picture can be made that is wider. */
  async function limitPictures(maxPx: number): Promise<void> {
    await page.evaluate((most) => {
      const scope = globalThis as typeof globalThis & { OwnImageData?: typeof ImageData };
      const Original = (scope.OwnImageData ??= ImageData);
      Object.assign(scope, {
        ImageData: class extends Original {
          constructor(data: Uint8ClampedArray<ArrayBuffer>, width: number, height: number) {
            if (width > most) throw new RangeError('Array buffer allocation failed');
            super(data, width, height);
          }
        },
      });
    }, maxPx);
  }

  test('too little for a whole atlas: a smaller one of the same maps', async () => {
    await limitPictures(600);
    await analyse(page, lesionPng('regular'));
    const atlas = await showLayer(page, 'block1_conv1');
    await expect(atlas).toHaveAttribute('data-stride', '2');
    await expect(atlas).toHaveAttribute('data-channels', '64');
    await showLayer(page, 'block5_conv3');
    await expect(atlas).toHaveAttribute('data-stride', '1');
  });

  test('too little for any: a sentence in its place, the score stays, smaller layers are shown', async () => {
    await limitPictures(200);
    await analyse(page, lesionPng('regular'));
    await page.getByTestId('layer-select').selectOption('block1_conv1');
    await expect(page.getByTestId('part-failed')).toHaveAttribute('data-code', 'out-of-memory');
    await expect(page.getByTestId('score')).toHaveAttribute('data-probability', /^0\./);
    await showLayer(page, 'block4_conv1');
    await expect(page.getByTestId('part-failed')).toHaveCount(0);
  });
});
