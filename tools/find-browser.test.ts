import { delimiter, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findBrowser, type BrowserWorld } from './find-browser';

function createWorld(there: string[], env: Record<string, string> = {}, installs = true) {
  const said: string[] = [];
  const world: BrowserWorld = {
    env: { PATH: ['/one', '/two'].join(delimiter), ...env },
    platform: 'linux',
    exists: (path) => there.includes(path),
    playwrightPath: () => '/own/chrome',
    install: () => {
      if (!installs) throw new Error('no network');
      there.push('/own/chrome');
    },
    say: (sentence) => said.push(sentence),
  };
  return { world, said };
}

describe('findBrowser', () => {
  it('takes CHROMIUM_PATH before all else', () => {
    const { world } = createWorld(['/mine', '/two/chromium', '/own/chrome'], { CHROMIUM_PATH: '/mine' });
    expect(findBrowser(world)).toBe('/mine');
  });

  it('does not pass over a CHROMIUM_PATH that is wrong', () => {
    const { world } = createWorld(['/two/chromium'], { CHROMIUM_PATH: '/gone' });
    expect(() => findBrowser(world)).toThrow('/gone');
  });

  it("takes the system's before Playwright's own", () => {
    const { world, said } = createWorld(['/two/chromium', '/own/chrome']);
    expect(findBrowser(world)).toBe('/two/chromium');
    expect(said.join()).toContain('/two/chromium');
  });

  it('passes over chromium-browser, which may be an empty shell, while there is another', () => {
    const { world } = createWorld(['/one/chromium-browser', '/two/google-chrome']);
    expect(findBrowser(world)).toBe('/two/google-chrome');
  });

  it.each([
    ['linux', '/opt/google/chrome/chrome'],
    ['darwin', '/Applications/Chromium.app/Contents/MacOS/Chromium'],
    ['darwin', '/me/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'],
    ['win32', join('P', 'Google', 'Chrome', 'Application', 'chrome.exe')],
    ['win32', join('/one', 'chromium.exe')],
  ] as const)('on %s finds %s', (platform, path) => {
    const { world } = createWorld([path, '/own/chrome'], { HOME: '/me', PROGRAMFILES: 'P' });
    expect(findBrowser({ ...world, platform })).toBe(path);
  });

  it("takes Playwright's own before installing", () => {
    const { world, said } = createWorld(['/own/chrome'], {}, false);
    expect(findBrowser(world)).toBe('/own/chrome');
    expect(said.join()).not.toContain('installing');
  });

  it('installs one where there is none, and says so', () => {
    const { world, said } = createWorld([]);
    expect(findBrowser(world)).toBe('/own/chrome');
    expect(said.join()).toContain('installing');
  });

  it('says what to do where none can be installed', () => {
    const { world } = createWorld([], {}, false);
    expect(() => findBrowser(world)).toThrow('set CHROMIUM_PATH');
  });
});
