import { expect, test } from '@playwright/test';
import { analyse, countRuns, openReady, statusOf } from './support/app';
import { openCamera, shoot } from './support/camera';
import { launchWithCamera, paintFrames } from './support/fake-camera';
import { lesionPng } from './support/photos';

test('on a dark picture the coach says so; the shutter works all the same and the notes travel', async ({ browser, baseURL }) => {
  const painter = await browser.newPage();
  const dim = await paintFrames(painter, [{ size: { width: 640, height: 480 }, brightness: 0.35 }]);
  await painter.close();
  const darkRoom = await launchWithCamera('dark', { frames: dim });
  try {
    const dark = await darkRoom.newPage({ baseURL: baseURL ?? '' });
    await openReady(dark);
    await openCamera(dark);
    const line = dark.getByTestId('camera-coach');
    await expect(line).toHaveAttribute('data-code', 'too-dark');
    await expect(line).toHaveText(/^Too dark\./);
    await expect(line).toHaveAttribute('aria-live', 'polite');
    await shoot(dark);
    const notes = dark.getByTestId('photo-notes');
    expect((await notes.getAttribute('data-coach'))?.split(' ')).toContain('too-dark');
    await expect(notes).toContainText('It was too dark when the shutter was pressed.');
    // Another square of the same photo keeps them.
    const runs = await countRuns(dark);
    await dark.getByTestId('crop-edit').click();
    await dark.keyboard.press('-');
    await expect(statusOf(dark)).toHaveAttribute('data-runs', String(runs + 1));
    expect((await notes.getAttribute('data-coach'))?.split(' ')).toContain('too-dark');
    // A file has none.
    await analyse(dark, lesionPng('regular'));
    await expect(notes).toHaveAttribute('data-coach', '');
  } finally {
    await darkRoom.close();
  }
});

test('holds nothing against a still picture; asks to hold still when it moves', async ({ browser, baseURL }) => {
  const painter = await browser.newPage();
  const large = await paintFrames(painter, [{ size: { width: 1920, height: 1440 } }]);
  const moved = await paintFrames(
    painter,
    [0, 30, 60, 90, 120, 150, 180, 210].map((dx) => ({ size: { width: 640, height: 480 }, dx })),
  );
  await painter.close();
  const still = await launchWithCamera('still', { frames: large });
  try {
    const quiet = await still.newPage({ baseURL: baseURL ?? '' });
    await openReady(quiet);
    await openCamera(quiet);
    const line = quiet.getByTestId('camera-coach');
    await expect(line).toHaveAttribute('data-code', 'good');
    const said = await line.evaluate(async (element) => {
      const changes: string[] = [];
      new MutationObserver(() => changes.push(element.textContent)).observe(element, {
        childList: true,
        characterData: true,
        subtree: true,
      });
      await new Promise((resolve) => setTimeout(resolve, 5000));
      return changes;
    });
    expect(said).toEqual([]);
  } finally {
    await still.close();
  }
  const shaky = await launchWithCamera('shaky', { frames: moved });
  try {
    const moving = await shaky.newPage({ baseURL: baseURL ?? '' });
    await moving.goto('./');
    await openCamera(moving);
    await expect
      .poll(async () => (await moving.getByTestId('camera-coach').getAttribute('data-standing'))?.split(' '))
      .toContain('hold-still');
  } finally {
    await shaky.close();
  }
});
