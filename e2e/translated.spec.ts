/**
 * Translators put every text node into elements of their own, where the page still holds the node that was there. What the
 * page says afterwards must be what it says untranslated: no sentence of an earlier photo, no crash.
 */
import { expect, test, type Page } from '@playwright/test';
import { analyse, openReady, putPhoto, statusOf, waitForViews } from './support/app';
import { lesionPng, textFile } from './support/photos';

/** As translators do: each text node that is new or new in its words is replaced by a wrapped copy. */
async function translate(page: Page): Promise<void> {
  await page.evaluate(() => {
    const isOff = (node: Node): boolean =>
      (node.parentElement?.closest('[translate="no"], .notranslate, script, style, textarea, select, font') ?? null) !== null;
    const wrapAll = (): void => {
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      const found: Text[] = [];
      for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
        if (node.nodeValue?.trim() && !isOff(node)) found.push(node as Text);
      }
      for (const text of found) {
        const wrapped = new DOMParser().parseFromString('<font><font></font></font>', 'text/html').body.firstElementChild!;
        wrapped.firstElementChild!.textContent = text.nodeValue;
        text.replaceWith(wrapped);
      }
    };
    wrapAll();
    new MutationObserver(wrapAll).observe(document.body, { childList: true, characterData: true, subtree: true });
  });
}

/** All that the page says; times differ by run. */
async function readWords(page: Page): Promise<string> {
  await waitForViews(page);
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 300)));
  const text = await page.evaluate(() => document.body.innerText);
  return text
    .replace(/\d[\d,.]* ?(ms|s|min|kB|MB)\b/g, '# $1')
    .replace(/\s+/g, ' ')
    .trim();
}

const STEPS: readonly { readonly what: string; readonly act: (page: Page) => Promise<unknown> }[] = [
  { what: 'a photo', act: (page) => analyse(page, lesionPng('irregular')) },
  ...['0.9', '0.1'].map((line) => ({
    what: `the alarm line moved to ${line}`,
    act: (page: Page) => page.getByTestId('operating-point').fill(line),
  })),
  { what: 'another photo', act: (page) => analyse(page, lesionPng('regular')) },
  {
    what: 'what is no picture',
    act: async (page) => {
      await putPhoto(page, textFile('notes.txt', 'text/plain', 'These are notes.'));
      await expect(page.getByTestId('error')).toHaveAttribute('data-code', 'file-not-image');
    },
  },
  { what: 'a photo after the error', act: (page) => analyse(page, lesionPng('irregular')) },
  {
    what: 'another square',
    act: async (page) => {
      const runs = Number(await statusOf(page).getAttribute('data-runs'));
      await page.getByTestId('crop-find').click();
      await expect(statusOf(page)).not.toHaveAttribute('data-runs', String(runs), { timeout: 60_000 });
    },
  },
  {
    what: 'a filter muted and unmuted',
    act: async (page) => {
      await page.getByTestId('tool-experiment').click();
      await page.getByTestId('mute-filter').click();
      await page.locator('[data-testid="experiment-score"][data-state="done"]').waitFor();
      await page.getByTestId('unmute-all').click();
      await page.locator('[data-testid="experiment-score"][data-state="idle"]').waitFor();
    },
  },
  {
    what: 'a spot that is followed, and moved',
    act: async (page) => {
      for (const position of [
        { x: 30, y: 30 },
        { x: 60, y: 45 },
      ]) {
        await page.getByTestId('photo-stage').click({ position });
        await expect(page.getByTestId('spot')).toBeVisible();
      }
      await page.mouse.move(0, 0);
    },
  },
  {
    what: 'a batch',
    act: async (page) => {
      await page.evaluate(() => {
        location.hash = '#/batch';
      });
      await page
        .getByTestId('batch-input')
        .setInputFiles([
          { ...lesionPng('irregular'), name: 'a.png' },
          { ...lesionPng('regular'), name: 'b.png' },
          textFile('c.png', 'image/png', 'no picture'),
        ]);
      await expect(page.locator('[data-testid=batch-progress][aria-valuenow="3"]')).toBeVisible({ timeout: 60_000 });
    },
  },
  {
    what: 'the diary',
    act: async (page) => {
      await page.evaluate(() => {
        location.hash = '#/diary';
      });
      await expect(page.getByTestId('diary')).toBeVisible();
    },
  },
  {
    what: 'back at the photo',
    act: async (page) => {
      await page.evaluate(() => {
        location.hash = '#/';
      });
      await analyse(page, lesionPng('regular'));
    },
  },
];

test('a translated page says what an untranslated one says, through all that changes', async ({ browser }) => {
  test.setTimeout(240_000);
  const pages = await Promise.all([browser.newPage({ serviceWorkers: 'allow' }), browser.newPage({ serviceWorkers: 'allow' })]);
  const [plain, translated] = pages;
  const errors = pages.map((page) => {
    const thrown: string[] = [];
    page.on('pageerror', ({ message }) => thrown.push(message));
    return thrown;
  });
  for (const page of pages) await openReady(page, '?backend=wasm');
  await translate(translated);
  for (const { what, act } of STEPS) {
    await test.step(what, async () => {
      for (const page of pages) await act(page);
      expect(await readWords(translated), what).toBe(await readWords(plain));
      expect(errors, what).toEqual([[], []]);
    });
  }
  for (const page of pages) await page.close();
});
