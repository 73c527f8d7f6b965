/** npm run bench:compare -- OTHER_DIST: this build and another one, photo by photo in turn, so that both meet the same machine. */
import { statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { chromium, type Browser, type Page } from '@playwright/test';
import { encode } from 'fast-png';
import { drawSyntheticLesion } from '../src/domain/synthetic-lesion';
import { BROWSER_FLAGS, findBrowserHere } from '../tools/find-browser';
import { buildIfStale, serveDist } from '../tools/serve';
import { spread } from './spread';

const ROUNDS = 40;
const WARM_UP = 3;
const SIDE = 512;

interface Times {
  /** The forward pass, as the engine tells. */
  readonly forwardMs: number;
  /** From the file to the score with its maps drawn. */
  readonly photoToScoreMs: number;
}

async function openApp(browser: Browser, url: string): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, serviceWorkers: 'block' });
  await page.goto(`${url}?backend=wasm`);
  await page.locator('[data-testid=app-status][data-state=ready]').waitFor({ timeout: 300_000 });
  return page;
}

async function analyse(page: Page, run: number, photo: Buffer): Promise<Times> {
  const startMs = performance.now();
  await page.getByTestId('photo-input').setInputFiles({ name: `${run}.png`, mimeType: 'image/png', buffer: photo });
  await page.waitForFunction(
    (n) => document.querySelector('[data-testid="app-status"]')?.getAttribute('data-runs') === String(n),
    run,
    { timeout: 120_000, polling: 5 },
  );
  const photoToScoreMs = performance.now() - startMs;
  return { forwardMs: Number(await page.getByTestId('score').getAttribute('data-forward-ms')), photoToScoreMs };
}

function medianRatio(own: readonly number[], other: readonly number[]): number {
  return Number((spread(own).median / spread(other).median).toFixed(4));
}

const [given] = process.argv.slice(2);
// npm runs scripts in the project's folder, wherever it was called.
const otherDist = given && resolve(process.env['INIT_CWD'] ?? '', given);
if (!otherDist || !statSync(join(otherDist, 'index.html'), { throwIfNoEntry: false })) {
  throw new Error('Name the folder of the other build: npm run bench:compare -- path/to/dist');
}
await buildIfStale();
const photo = Buffer.from(encode({ width: SIDE, height: SIDE, channels: 4, data: drawSyntheticLesion('irregular', SIDE) }));
const servers = [await serveDist(4190), await serveDist(4195, otherDist)];
const browser = await chromium.launch({ executablePath: findBrowserHere(), args: BROWSER_FLAGS });
try {
  const pages = [];
  for (const { url } of servers) pages.push(await openApp(browser, url));
  const times: [Times[], Times[]] = [[], []];
  for (let run = 1; run <= ROUNDS + WARM_UP; run++) {
    // Who goes first alternates too.
    for (const which of run % 2 === 0 ? ([0, 1] as const) : ([1, 0] as const)) {
      const page = pages[which]!;
      await page.bringToFront();
      const taken = await analyse(page, run, photo);
      if (run > WARM_UP) times[which].push(taken);
    }
  }
  const [own, other] = times;
  const of = (which: readonly Times[], name: keyof Times): number[] => which.map((taken) => taken[name]);
  const report = {
    rounds: ROUNDS,
    forwardMs: { own: spread(of(own, 'forwardMs')), other: spread(of(other, 'forwardMs')) },
    photoToScoreMs: { own: spread(of(own, 'photoToScoreMs')), other: spread(of(other, 'photoToScoreMs')) },
    ratioOfMedians: {
      forward: medianRatio(of(own, 'forwardMs'), of(other, 'forwardMs')),
      photoToScore: medianRatio(of(own, 'photoToScoreMs'), of(other, 'photoToScoreMs')),
    },
  };
  process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
} finally {
  await browser.close();
  for (const server of servers) await server.close();
}
process.exit(0);
