import { delimiter, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findBrowser, type BrowserWorld } from './find-browser';

interface Machine {
  readonly env?: Record<string, string>;
  readonly isRoot?: boolean;
  readonly osRelease?: string;
  /** What a command that succeeds leaves behind: the start of its line, and a path or null. */
  readonly commands?: Readonly<Record<string, string | null>>;
}

const APT = '/two/apt-get';
const AS_ROOT = 'env DEBIAN_FRONTEND=noninteractive apt-get -qq';
const BY_APT = [`${AS_ROOT} update`, `${AS_ROOT} install -y chromium`];
const WITH_DEPS = 'npx playwright install --with-deps chromium';
const WITHOUT_DEPS = 'npx playwright install chromium';
const OWN = '/own/chrome';

function createWorld(there: string[], { env = {}, isRoot = true, osRelease = 'ID=debian\n', commands = {} }: Machine = {}) {
  const said: string[] = [];
  const ran: string[] = [];
  const world: BrowserWorld = {
    env: { PATH: ['/one', '/two'].join(delimiter), ...env },
    platform: 'linux',
    isRoot,
    osRelease: () => osRelease,
    exists: (path) => there.includes(path),
    playwrightPath: () => OWN,
    run: (...words) => {
      const line = words.join(' ');
      ran.push(line);
      const left = commands[line];
      if (typeof left === 'string') there.push(left);
      return left !== undefined;
    },
    say: (sentence) => said.push(sentence),
  };
  return { world, said, ran };
}

describe('findBrowser', () => {
  it('takes CHROMIUM_PATH before all else', () => {
    const { world } = createWorld(['/mine', '/two/chromium', OWN], { env: { CHROMIUM_PATH: '/mine' } });
    expect(findBrowser(world)).toBe('/mine');
  });

  it('does not pass over a CHROMIUM_PATH that is wrong', () => {
    const { world } = createWorld(['/two/chromium'], { env: { CHROMIUM_PATH: '/gone' } });
    expect(() => findBrowser(world)).toThrow('/gone');
  });

  it("takes the system's before Playwright's own", () => {
    const { world, said } = createWorld(['/two/chromium', OWN]);
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
    const { world } = createWorld([path, OWN], { env: { HOME: '/me', PROGRAMFILES: 'P' } });
    expect(findBrowser({ ...world, platform })).toBe(path);
  });

  it("takes Playwright's own before installing", () => {
    const { world, ran } = createWorld([APT, OWN]);
    expect(findBrowser(world)).toBe(OWN);
    expect(ran).toEqual([]);
  });

  describe('where there is none', () => {
    it("on Debian installs the distribution's, and says so", () => {
      const { world, said, ran } = createWorld([APT], { commands: { [BY_APT[0]!]: null, [BY_APT[1]!]: '/usr/bin/chromium' } });
      expect(findBrowser(world)).toBe('/usr/bin/chromium');
      expect(ran).toEqual(BY_APT);
      expect(said).toEqual([
        'No Chromium found.',
        "Installing the distribution's (apt-get install -y chromium).",
        "Browser: /usr/bin/chromium (the system's)",
      ]);
    });

    it("then tries Playwright's own with its libraries, then without, saying each", () => {
      const { world, said, ran } = createWorld([APT], { commands: { [WITHOUT_DEPS]: OWN } });
      expect(findBrowser(world)).toBe(OWN);
      expect(ran).toEqual([...BY_APT, WITH_DEPS, WITHOUT_DEPS]);
      expect(said).toEqual([
        'No Chromium found.',
        "Installing the distribution's (apt-get install -y chromium).",
        'apt-get installed none.',
        `Installing Playwright's own Chromium with its system libraries (${WITH_DEPS}).`,
        `Installing Playwright's own Chromium alone (${WITHOUT_DEPS}).`,
        `Browser: ${OWN} (Playwright's own)`,
      ]);
    });

    it('becomes root by sudo where that asks for no password', () => {
      const { world, ran } = createWorld([APT], {
        isRoot: false,
        commands: { 'sudo -n true': null, [`sudo -n ${BY_APT[1]!}`]: '/usr/bin/chromium' },
      });
      expect(findBrowser(world)).toBe('/usr/bin/chromium');
      expect(ran).toEqual(['sudo -n true', ...BY_APT.map((line) => `sudo -n ${line}`)]);
    });

    it('without root runs nothing that would ask for a password', () => {
      const { world, said, ran } = createWorld([APT], { isRoot: false, commands: { [WITHOUT_DEPS]: OWN } });
      expect(findBrowser(world)).toBe(OWN);
      expect(ran).toEqual(['sudo -n true', WITHOUT_DEPS]);
      expect(said.join()).toContain('needs root');
    });

    it.each([
      ['Ubuntu', [APT], 'NAME="Ubuntu"\nID=ubuntu\nID_LIKE=debian\n'],
      ['its kin', [APT], 'ID=pop\nID_LIKE="ubuntu debian"\n'],
      ['Fedora', [], 'ID=fedora\n'],
    ])("on %s takes Playwright's own", (_, there, osRelease) => {
      const { world, ran } = createWorld(there, { osRelease, commands: { [WITH_DEPS]: OWN } });
      expect(findBrowser(world)).toBe(OWN);
      expect(ran).toEqual([WITH_DEPS]);
    });

    it('says what to do where none can be installed', () => {
      const { world } = createWorld([APT]);
      expect(() => findBrowser(world)).toThrow('set CHROMIUM_PATH');
    });
  });
});
