/** A person's own model of MobileNet's kind: our own-model engine beside stock tfjs, and the memory that opening 67 MB takes. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser } from '@playwright/test';
import { build } from 'vite';
import { BROWSER_FLAGS, findBrowserHere } from '../tools/find-browser';
import { serveDist } from '../tools/serve';
import { keepThreadedFactorySource, serveTfjsWasm } from '../tools/vite-tfjs-wasm';
import type { OwnModelTimes } from './own-model/protocol';
import { spread, type Spread } from './spread';
import { listRenderers, peakMb } from './visits';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

type Way = 'keeping' | 'scoring' | 'stock';

export interface OwnModelRecord {
  readonly passMs: Readonly<Record<'threads1' | 'threads2', Readonly<Record<Way, Spread>>>>;
  /** The largest difference between the two engines' answers. */
  readonly difference: number;
}

async function buildPage(): Promise<string> {
  const outDir = join(ROOT, 'node_modules', '.cache', 'bench-own-model', 'dist');
  await build({
    root: join(ROOT, 'bench', 'own-model'),
    configFile: false,
    base: './',
    logLevel: 'warn',
    publicDir: false,
    plugins: [serveTfjsWasm()],
    worker: { format: 'es', plugins: () => [keepThreadedFactorySource()] },
    build: {
      outDir,
      emptyOutDir: true,
      target: 'es2022',
      chunkSizeWarningLimit: 5000,
      rolldownOptions: { checks: { bundlerTimings: false } },
    },
  });
  return outDir;
}

/** @throws Error where the answers differ by more than 1e-4. */
export async function measureOwnModel(browser: Browser, rounds: number): Promise<OwnModelRecord> {
  const server = await serveDist(4396, await buildPage());
  const page = await browser.newPage();
  try {
    await page.goto(server.url);
    await page.waitForFunction(() => 'measureOwnModel' in globalThis);
    const measure = (threads: number): Promise<OwnModelTimes> =>
      page.evaluate(
        ([count, times]) =>
          (globalThis as unknown as { measureOwnModel: (...args: unknown[]) => Promise<OwnModelTimes> }).measureOwnModel(
            count,
            times,
          ),
        [threads, rounds] as const,
      );
    const [one, two] = [await measure(1), await measure(2)];
    const difference = Math.max(one.difference, two.difference);
    if (!(difference < 1e-4)) throw new Error(`the answers differ by ${difference}`);
    const table = ({ keeping, scoring, stock }: OwnModelTimes) => ({
      keeping: spread(keeping),
      scoring: spread(scoring),
      stock: spread(stock),
    });
    return { passMs: { threads1: table(one), threads2: table(two) }, difference };
  } finally {
    await page.close();
    await server.close();
  }
}

export interface OpeningMemory {
  /** Greatest resident size of the page's process before, in MB. */
  readonly beforeMb: number;
  /** The same once the model is open. */
  readonly openedMb: number;
}

/** Of the tutorial's 67 MB. @returns null: KERAS_TUTORIAL has none, or the system does not tell (only Linux does). */
export async function measureOpeningMemory(url: string): Promise<OpeningMemory | null> {
  const file = join(process.env['KERAS_TUTORIAL'] ?? '', 'tutorial.h5');
  if (process.platform !== 'linux' || !existsSync(file)) return null;
  const browser = await chromium.launch({ executablePath: findBrowserHere(), args: BROWSER_FLAGS });
  try {
    const page = await browser.newPage({ serviceWorkers: 'block' });
    await page.goto(`${url}#/model`);
    await page.locator('[data-testid=app-status][data-state=ready]').waitFor({ timeout: 120_000 });
    const ids = await listRenderers(browser);
    const beforeMb = peakMb(ids);
    await page.getByTestId('model-input').setInputFiles(file);
    await page.locator('[data-testid=app-status][data-model="tutorial.h5"]').waitFor({ timeout: 120_000 });
    return { beforeMb, openedMb: peakMb(ids) };
  } finally {
    await browser.close();
  }
}
