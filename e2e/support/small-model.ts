/** A small network in the place of the shipped one. */
import type { Page } from '@playwright/test';
import { MODEL_VERSION } from '../../src/domain/model-version';
import { smallModel } from '../../src/engine/testdata/small-network';

/** From the next visit on the page loads the small network: its passes take no time, and it has no probes. */
export async function serveSmallModel(page: Page): Promise<void> {
  const files = smallModel();
  await page.route(`**/model/${MODEL_VERSION}/*`, async (route) => {
    const body = files.get(new URL(route.request().url()).pathname.split('/').at(-1) ?? '');
    await (body === undefined ? route.fulfill({ status: 404 }) : route.fulfill({ body }));
  });
}
