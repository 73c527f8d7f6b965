/** What the specs do with the camera's view. */
import { expect, type Locator, type Page } from '@playwright/test';
import { openMenuOf } from './viewer';
import { countRuns, readScore, statusOf, waitForState, type Score } from './app';

export function viewOf(page: Page): Locator {
  return page.getByTestId('camera');
}

/** Presses the camera's button, behind its menu or not. */
export async function pressCamera(page: Page): Promise<void> {
  await (await openMenuOf(page, 'photo-menu', 'camera-open')).click();
}

export async function openCamera(page: Page): Promise<void> {
  await pressCamera(page);
  await expect(viewOf(page)).toHaveAttribute('data-state', 'live');
}

/** Presses the shutter and waits for the score that follows. */
export async function shoot(page: Page): Promise<Score> {
  const runs = await countRuns(page);
  await page.getByTestId('camera-shutter').click();
  await expect(statusOf(page)).toHaveAttribute('data-runs', String(runs + 1));
  await waitForState(page, 'done');
  await expect(viewOf(page)).toHaveCount(0);
  return readScore(page);
}
