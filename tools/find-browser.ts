/** Finds a Chromium to test with, and says which. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { createRequire } from 'node:module';

/** What the search looks at; a test gives its own. */
export interface BrowserWorld {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  readonly exists: (path: string) => boolean;
  /** Where Playwright keeps its own Chromium, installed or not. */
  readonly playwrightPath: () => string;
  readonly install: () => void;
  readonly say: (sentence: string) => void;
}

/** chromium-browser comes last: on Ubuntu it may be a script that only asks for a snap to be installed. */
const NAMES = ['chromium', 'google-chrome', 'google-chrome-stable', 'chrome', 'chromium-browser'];

/** Where installers put a browser that is not on the PATH. */
function usualPlaces({ env, platform }: BrowserWorld): string[] {
  if (platform === 'darwin') {
    const roots = ['/Applications', ...(env['HOME'] === undefined ? [] : [`${env['HOME']}/Applications`])];
    return roots.flatMap((root) =>
      ['Google Chrome', 'Chromium'].map((app) => `${root}/${app}.app/Contents/MacOS/${app}`),
    );
  }
  if (platform === 'win32') {
    return [env['PROGRAMFILES'], env['PROGRAMFILES(X86)'], env['LOCALAPPDATA']].flatMap((root) =>
      root === undefined
        ? []
        : [join(root, 'Google', 'Chrome', 'Application', 'chrome.exe'), join(root, 'Chromium', 'Application', 'chrome.exe')],
    );
  }
  return ['/usr/bin/chromium', '/opt/google/chrome/chrome', '/snap/bin/chromium'];
}

function systemPlaces(world: BrowserWorld): string[] {
  const folders = (world.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const suffix = world.platform === 'win32' ? '.exe' : '';
  const onPath = NAMES.flatMap((name) => folders.map((folder) => join(folder, name + suffix)));
  return [...onPath, ...usualPlaces(world)];
}

/**
 * CHROMIUM_PATH, else the system's Chromium or Chrome, else Playwright's own, else Playwright installs it.
 * @returns the executable's path. @throws Error with a sentence for the person.
 */
export function findBrowser(world: BrowserWorld): string {
  const forced = world.env['CHROMIUM_PATH'];
  if (forced) {
    if (!world.exists(forced)) throw new Error(`CHROMIUM_PATH names ${forced}, which does not exist.`);
    world.say(`Browser: ${forced} (from CHROMIUM_PATH)`);
    return forced;
  }
  const system = systemPlaces(world).find((path) => world.exists(path));
  if (system !== undefined) {
    world.say(`Browser: ${system} (the system's)`);
    return system;
  }
  const own = world.playwrightPath();
  if (!world.exists(own)) {
    world.say("No Chromium found; installing Playwright's own (npx playwright install chromium).");
    try {
      world.install();
    } catch {
      // Judged by what is there afterwards.
    }
    if (!world.exists(own)) {
      throw new Error('No Chromium was found or could be installed: install Chromium or Chrome, or set CHROMIUM_PATH to one.');
    }
  }
  world.say(`Browser: ${own} (Playwright's own)`);
  return own;
}

/** The search on this machine; chatter goes to stderr. */
export function findBrowserHere(): string {
  const require = createRequire(import.meta.url);
  return findBrowser({
    env: process.env,
    platform: process.platform,
    exists: existsSync,
    playwrightPath: () => (require('@playwright/test') as typeof import('@playwright/test')).chromium.executablePath(),
    install: () => {
      execFileSync('npx', ['playwright', 'install', 'chromium'], {
        stdio: ['ignore', 2, 2],
        shell: process.platform === 'win32',
      });
    },
    say: (sentence) => {
      process.stderr.write(`${sentence}\n`);
    },
  });
}

/** Chromium without its background traffic; WebGL by software, which the app passes over unless it is asked for. */
export const BROWSER_FLAGS = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--use-gl=angle',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--ignore-gpu-blocklist',
];
