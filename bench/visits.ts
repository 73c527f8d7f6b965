/** From the address to the first score, on a first visit and on a second one, and the memory that the page's process took. */
import { readFileSync } from 'node:fs';
import { chromium, type Browser, type BrowserContext } from '@playwright/test';
import { BROWSER_FLAGS, findBrowserHere } from '../tools/find-browser';
import { spread, type Spread } from './spread';

export interface Visits {
  /** Nothing is on the device; the server is this machine, so the download costs next to nothing. */
  readonly firstLoadMs: Spread;
  /** App and weights are on the device. */
  readonly secondVisitMs: Spread;
  /** What of the second visit is not the pass itself: its own time, as the score panel tells it, taken off. */
  readonly secondVisitBeforePassMs: Spread;
}

/** Puts the photo in as soon as there is a place for it; the app scores it when the model is ready. */
async function visit(context: BrowserContext, url: string, photo: Buffer) {
  const page = await context.newPage();
  const startMs = performance.now();
  await page.goto(url, { waitUntil: 'commit' });
  await page.getByTestId('photo-input').setInputFiles({ name: 'photo.png', mimeType: 'image/png', buffer: photo });
  await page.waitForFunction(
    () => document.querySelector('[data-testid="app-status"]')?.getAttribute('data-runs') === '1',
    undefined,
    { polling: 5, timeout: 120_000 },
  );
  const ms = performance.now() - startMs;
  const forwardMs = Number(await page.getByTestId('score').getAttribute('data-forward-ms'));
  await page.locator('[data-testid=offline-state][data-state=ready]').waitFor({ timeout: 120_000 });
  await page.close();
  return { ms, forwardMs };
}

/** @param runs - fresh profiles, two visits each. */
export async function measureVisits(browser: Browser, url: string, photo: Buffer, runs: number): Promise<Visits> {
  const first: number[] = [];
  const second: number[] = [];
  const beforePass: number[] = [];
  for (let run = 0; run < runs; run++) {
    const context = await browser.newContext();
    first.push((await visit(context, url, photo)).ms);
    const { ms, forwardMs } = await visit(context, url, photo);
    second.push(ms);
    beforePass.push(ms - forwardMs);
    await context.close();
  }
  return { firstLoadMs: spread(first), secondVisitMs: spread(second), secondVisitBeforePassMs: spread(beforePass) };
}

export interface PeakMemory {
  /** Greatest resident size of the page's process when the model is ready, in MB. */
  readonly readyMb: number;
  /** After a photo, its eight views and the largest layer. */
  readonly afterPhotoMb: number;
}

/** @returns null: the system does not tell (only Linux does, in /proc). */
export async function measurePeakMemory(url: string, photo: Buffer): Promise<PeakMemory | null> {
  const browser = await chromium.launch({ executablePath: findBrowserHere(), args: BROWSER_FLAGS });
  try {
    const page = await browser.newPage({ serviceWorkers: 'block' });
    await page.goto(url);
    await page.locator('[data-testid=app-status][data-state=ready]').waitFor({ timeout: 120_000 });
    const ids = await listRenderers(browser);
    const readyMb = peakMb(ids);
    await page.getByTestId('photo-input').setInputFiles({ name: 'photo.png', mimeType: 'image/png', buffer: photo });
    await page.locator('[data-testid=score][data-range]').waitFor({ timeout: 120_000 });
    await page.getByTestId('layer-select').selectOption('block1_conv1');
    await page.locator('[data-testid=atlas][data-layer=block1_conv1]').waitFor();
    return { readyMb, afterPhotoMb: peakMb(ids) };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  } finally {
    await browser.close();
  }
}

/** The processes that hold pages. */
export async function listRenderers(browser: Browser): Promise<readonly number[]> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  return processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
}

/** Of the largest of these processes: a spare one that the browser holds ready is small. */
export function peakMb(ids: readonly number[]): number {
  const peak = (id: number): number =>
    Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${id}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  return Math.max(...ids.map(peak));
}
