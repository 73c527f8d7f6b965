/** npm run bench: load and analysis times of the built app in headless Chromium. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { chromium, type Browser } from '@playwright/test';
import { encode } from 'fast-png';
import { drawSyntheticLesion } from '../src/domain/synthetic-lesion';
import { BROWSER_FLAGS, findBrowserHere } from '../tools/find-browser';
import { buildIfStale, serveDist } from '../tools/serve';

const RUNS = 9;
const SIDE = 512;

interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

function spread(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  return { median: sorted[Math.floor(sorted.length / 2)]!, min: sorted[0]!, max: sorted.at(-1)! };
}

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

await buildIfStale();
const server = await serveDist(4392);
const browser = await chromium.launch({ executablePath: findBrowserHere(), args: BROWSER_FLAGS });
const photo = Buffer.from(encode({ width: SIDE, height: SIDE, channels: 4, data: drawSyntheticLesion('irregular', SIDE) }));
const result = await measure(browser, server.url, photo);
await browser.close();
await server.close();

const record = { date: new Date().toISOString(), cpu: cpus()[0]?.model ?? '', cores: cpus().length, runs: RUNS, ...result };
mkdirSync('bench/results', { recursive: true });
const file = `bench/results/${record.date.slice(0, 10)}.json`;
writeFileSync(file, `${JSON.stringify(record, null, 1)}\n`);
const row = (name: string, s: Spread): string =>
  `| ${name} | ${s.median.toFixed(1)} | ${s.min.toFixed(1)} | ${s.max.toFixed(1)} |`;
process.stdout.write(
  [
    `| ${record.cores} cores, ${String(record.backend)}, ms | median of ${RUNS} | min | max |`,
    '|---|---|---|---|',
    row('address to ready (once)', spread([result.loadMs])),
    row('photo to score and maps, warm', result.photoToScoreMs),
    row('drawing the atlas', result.atlasDrawMs),
    `Written to ${file}`,
    '',
  ].join('\n'),
);
process.exit(0);
