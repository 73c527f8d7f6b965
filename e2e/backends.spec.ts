/** Each backend in one page: its self-test, what it computes, and that the page's policy blocks none of it. */
import { expect, test, type Page } from '@playwright/test';
import { analyse, openReady, showLayer, statusOf, type Score } from './support/app';
import { flatPng, lesionPng } from './support/photos';
import { watchViolations } from './support/policy';
import { number, openTool } from './support/viewer';

test.describe.configure({ mode: 'serial' });
/** Software WebGL and the CPU take seconds a pass, and each check makes several. */
test.setTimeout(600_000);

interface Computed {
  readonly scores: readonly Score[];
  /** Least and greatest value of Grad-CAM and HiResCAM, photo after photo. */
  readonly heat: readonly number[];
}

const BACKENDS = ['wasm', 'webgl', 'cpu'] as const;
// A picture of one colour: most pool windows of the last block are all zero or all equal.
const PHOTOS = [flatPng(), lesionPng('irregular'), lesionPng('regular')];
/** The CPU is the slowest, and does as the others do. */
const PHOTO_COUNTS = { wasm: 3, webgl: 3, cpu: 2 } as const;
const computed = new Map<(typeof BACKENDS)[number], Computed>();

async function readHeat(page: Page): Promise<number[]> {
  const numbers: number[] = [];
  await openTool(page, 'tool-heat');
  for (const kind of ['grad-cam', 'hires-cam'] as const) {
    await page.getByTestId(`overlay-${kind}`).check();
    await expect(page.getByTestId('overlay')).toHaveAttribute('data-overlay', kind);
    const heat = page.getByTestId('heat-canvas');
    await expect(heat).toHaveAttribute('data-side', '8');
    numbers.push(await number(heat, 'data-min'), await number(heat, 'data-max'));
  }
  return numbers;
}

async function passSelfTest(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'About' }).click();
  await page.getByTestId('self-test-run').click();
  const table = page.getByTestId('self-test');
  await expect(table).toHaveAttribute('data-passed', 'true', { timeout: 300_000 });
  await expect(table.locator('tbody tr')).toHaveCount(4);
}

for (const backend of BACKENDS) {
  test(`${backend}: passes the self-test, and the policy blocks nothing that the app does`, async ({ browser }) => {
    const page = await browser.newPage();
    const violations = await watchViolations(page);
    await openReady(page, `?backend=${backend}`);
    await expect(statusOf(page)).toHaveAttribute('data-backend', backend);
    const scores: Score[] = [];
    const heat: number[] = [];
    for (const photo of PHOTOS.slice(0, PHOTO_COUNTS[backend])) {
      scores.push(await analyse(page, photo));
      heat.push(...(await readHeat(page)));
    }
    computed.set(backend, { scores, heat });
    await showLayer(page, 'block4_conv2');
    // Every backend has passed it at its start; on the CPU a second time takes half a minute.
    if (backend !== 'cpu') await passSelfTest(page);
    expect(await violations()).toEqual([]);
    await page.close();
  });
}

for (const backend of ['webgl', 'cpu'] as const) {
  test(`${backend} gives the scores, Grad-CAM and HiResCAM that wasm gives`, () => {
    const [wasm, other] = [computed.get('wasm'), computed.get(backend)];
    expect(other?.scores).toHaveLength(PHOTO_COUNTS[backend]);
    expect(other?.heat).toHaveLength(4 * PHOTO_COUNTS[backend]);
    other?.scores.forEach(({ probability }, i) => {
      expect(Math.abs(probability - (wasm?.scores[i]?.probability ?? Number.NaN)), `photo ${i}`).toBeLessThan(1e-3);
    });
    other?.heat.forEach((value, i) => {
      expect(Math.abs(value - (wasm?.heat[i] ?? Number.NaN)), `number ${i}`).toBeLessThan(1e-3);
    });
  });
}
