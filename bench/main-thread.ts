/** How long the page's own thread is kept busy by one task: nothing on the screen moves meanwhile. */
import { writeFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from '@playwright/test';
import { analyse, openReady } from '../e2e/support/app';
import { launchWithCamera, paintFrames } from '../e2e/support/fake-camera';
import { lesionJpeg, lesionPng } from '../e2e/support/photos';
import { spread, type Spread } from './spread';

/** Tasks of 50 ms or more: what browsers tell of as long. */
interface LongTasks {
  readonly count: Spread;
  /** 0 where there was none. */
  readonly longestMs: Spread;
}

const WINDOW_MS = 5000;
const CAMERA_SIZE = { width: 1920, height: 1440 };

async function watchLongTasks(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const durations: number[] = [];
    Object.assign(globalThis, { longTasks: durations });
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) durations.push(duration);
    }).observe({ type: 'longtask' });
  });
}

/** Those since the last call. */
function takeLongTasks(page: Page): Promise<number[]> {
  return page.evaluate(() => (globalThis as unknown as { longTasks: number[] }).longTasks.splice(0));
}

function summarise(rounds: readonly (readonly number[])[]): LongTasks {
  return { count: spread(rounds.map((tasks) => tasks.length)), longestMs: spread(rounds.map((tasks) => Math.max(0, ...tasks))) };
}

async function whileAnalysing(browser: Browser, baseURL: string, runs: number): Promise<LongTasks> {
  const folder = mkdtempSync(join(tmpdir(), 'lesion-bench-'));
  const page = await browser.newPage({ baseURL, serviceWorkers: 'block' });
  try {
    await watchLongTasks(page);
    await openReady(page, '?backend=wasm');
    // From a file: a buffer would be unpacked by script in the page, on the thread that is measured.
    const path = join(folder, 'large.jpg');
    writeFileSync(path, (await lesionJpeg(page, 4000, 3000)).buffer);
    await analyse(page, lesionPng('regular'));
    const rounds: number[][] = [];
    for (let run = 0; run < runs; run += 1) {
      await page.waitForTimeout(500);
      await takeLongTasks(page);
      await analyse(page, path);
      await page.waitForTimeout(500);
      rounds.push(await takeLongTasks(page));
    }
    return summarise(rounds);
  } finally {
    await page.close();
    rmSync(folder, { recursive: true });
  }
}

async function whileCoaching(browser: Browser, baseURL: string, runs: number): Promise<LongTasks> {
  const painter = await browser.newPage();
  const frames = await paintFrames(painter, [{ size: CAMERA_SIZE }]);
  await painter.close();
  const camera = await launchWithCamera('bench', { frames });
  try {
    const page = await camera.newPage({ baseURL, serviceWorkers: 'block' });
    await watchLongTasks(page);
    await openReady(page, '?backend=wasm');
    await page.getByTestId('camera-open').click();
    await page.locator('[data-testid=camera-coach][data-code=good]').waitFor();
    const rounds: number[][] = [];
    for (let run = 0; run < runs; run += 1) {
      await takeLongTasks(page);
      await page.waitForTimeout(WINDOW_MS);
      rounds.push(await takeLongTasks(page));
    }
    return summarise(rounds);
  } finally {
    await camera.close();
  }
}

export async function measureMainThread(
  browser: Browser,
  url: string,
  runs: number,
): Promise<{ readonly longTasksOfTwelveMegapixels: LongTasks; readonly longTasksOfCamera: LongTasks }> {
  return {
    longTasksOfTwelveMegapixels: await whileAnalysing(browser, url, runs),
    longTasksOfCamera: await whileCoaching(browser, url, runs),
  };
}
