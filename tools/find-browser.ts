/** Finds a Chromium to test with, installs one where there is none, and says which. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { createRequire } from 'node:module';

/** What the search looks at; a test gives its own. */
export interface BrowserWorld {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  readonly isRoot: boolean;
  /** Text of /etc/os-release; empty where there is none. */
  readonly osRelease: () => string;
  readonly exists: (path: string) => boolean;
  /** Where Playwright keeps its own Chromium, installed or not. */
  readonly playwrightPath: () => string;
  /** Whether the command ended well. */
  readonly run: (command: string, ...args: readonly string[]) => boolean;
  readonly say: (sentence: string) => void;
}

/** chromium-browser comes last: on Ubuntu it may be a script that only asks for a snap to be installed. */
const NAMES = ['chromium', 'google-chrome', 'google-chrome-stable', 'chrome', 'chromium-browser'];

/** Where installers put a browser that is not on the PATH. */
function usualPlaces({ env, platform }: BrowserWorld): string[] {
  if (platform === 'darwin') {
    const roots = ['/Applications', ...(env['HOME'] === undefined ? [] : [`${env['HOME']}/Applications`])];
    return roots.flatMap((root) => ['Google Chrome', 'Chromium'].map((app) => `${root}/${app}.app/Contents/MacOS/${app}`));
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

function placesOnPath({ env, platform }: BrowserWorld, name: string): string[] {
  const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.map((folder) => join(folder, name + (platform === 'win32' ? '.exe' : '')));
}

function findSystemBrowser(world: BrowserWorld): string | undefined {
  const onPath = NAMES.flatMap((name) => placesOnPath(world, name));
  return [...onPath, ...usualPlaces(world)].find((path) => world.exists(path));
}

/** How a command is run as root without a password: as it is, behind sudo, or not at all. */
function rootPrefix(world: BrowserWorld): readonly string[] | null {
  if (world.platform !== 'linux') return null;
  if (world.isRoot) return [];
  return world.run('sudo', '-n', 'true') ? ['sudo', '-n'] : null;
}

/** Ubuntu's package of that name only asks for a snap, which a container cannot install. */
function hasChromiumPackage(world: BrowserWorld): boolean {
  return (
    placesOnPath(world, 'apt-get').some((path) => world.exists(path)) && !/^ID(_LIKE)?=.*\bubuntu\b/m.test(world.osRelease())
  );
}

function installByApt(world: BrowserWorld, asRoot: readonly string[]): void {
  const aptGet = [...asRoot, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-qq'];
  for (const args of [['update'], ['install', '-y', 'chromium']]) {
    const [command = '', ...rest] = [...aptGet, ...args];
    // Judged by what is there afterwards: a list that cannot be had need not be the one that counts.
    world.run(command, ...rest);
  }
}

function installPlaywrightsOwn(world: BrowserWorld, canBeRoot: boolean): void {
  if (canBeRoot) {
    world.say("Installing Playwright's own Chromium with its system libraries (npx playwright install --with-deps chromium).");
    if (world.run('npx', 'playwright', 'install', '--with-deps', 'chromium')) return;
  }
  world.say("Installing Playwright's own Chromium alone (npx playwright install chromium).");
  world.run('npx', 'playwright', 'install', 'chromium');
}

/**
 * CHROMIUM_PATH, else the system's Chromium or Chrome, else Playwright's own. Where there is none, one is installed: the
 * distribution's by apt, else Playwright's own.
 * @returns the executable's path. @throws Error with a sentence for the person.
 */
export function findBrowser(world: BrowserWorld): string {
  const { say } = world;
  const forced = world.env['CHROMIUM_PATH'];
  if (forced) {
    if (!world.exists(forced)) throw new Error(`CHROMIUM_PATH names ${forced}, which does not exist.`);
    say(`Browser: ${forced} (from CHROMIUM_PATH)`);
    return forced;
  }
  const own = world.playwrightPath();
  let system = findSystemBrowser(world);
  if (system === undefined && !world.exists(own)) {
    say('No Chromium found.');
    const asRoot = rootPrefix(world);
    if (hasChromiumPackage(world)) {
      if (asRoot === null) {
        say("The distribution's cannot be installed: apt-get needs root, or sudo that asks for no password.");
      } else {
        say("Installing the distribution's (apt-get install -y chromium).");
        installByApt(world, asRoot);
        system = findSystemBrowser(world);
        if (system === undefined) say('apt-get installed none.');
      }
    }
    if (system === undefined) installPlaywrightsOwn(world, asRoot !== null);
  }
  if (system !== undefined) {
    say(`Browser: ${system} (the system's)`);
    return system;
  }
  if (!world.exists(own)) {
    throw new Error('No Chromium was found or could be installed: install Chromium or Chrome, or set CHROMIUM_PATH to one.');
  }
  say(`Browser: ${own} (Playwright's own)`);
  return own;
}

/** The search on this machine; chatter goes to stderr. */
export function findBrowserHere(): string {
  const require = createRequire(import.meta.url);
  return findBrowser({
    env: process.env,
    platform: process.platform,
    isRoot: process.getuid?.() === 0,
    osRelease: () => (existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8') : ''),
    exists: existsSync,
    playwrightPath: () => (require('@playwright/test') as typeof import('@playwright/test')).chromium.executablePath(),
    run: (command, ...args) => {
      const { status } = spawnSync(command, args, { stdio: ['ignore', 2, 2], shell: process.platform === 'win32' });
      return status === 0;
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
