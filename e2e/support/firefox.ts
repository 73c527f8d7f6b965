/** Firefox as its makers ship it, driven by WebDriver BiDi (https://w3c.github.io/webdriver-bidi/): what the specs need of it. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { connectWebSocket, type TextSocket } from './web-socket';

export const NO_FIREFOX = 'Firefox is not installed (Debian: apt-get install firefox-esr)';

/** FIREFOX_PATH, else the one on the PATH. */
export function findFirefox(): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const named = ['firefox-esr', 'firefox'].flatMap((name) => folders.map((folder) => join(folder, name)));
  return [process.env['FIREFOX_PATH'], ...named].find((path) => path !== undefined && existsSync(path));
}

/** Nothing fetched but the app. */
const PREFERENCES = `user_pref('browser.safebrowsing.update.enabled', false);
user_pref('network.captive-portal-service.enabled', false);
user_pref('network.connectivity-service.enabled', false);
`;

interface LogEntry {
  readonly level: string;
  readonly text: string | null;
}

interface Node {
  readonly sharedId: string;
}

interface Answer {
  readonly id?: number;
  readonly type: 'success' | 'error' | 'event';
  readonly method?: string;
  readonly params?: LogEntry;
  readonly result?: unknown;
  readonly error?: string;
  readonly message?: string;
}

/** One page of a browser of its own, in a fresh profile. */
export class Firefox {
  /** Errors on the console and exceptions that nothing caught, since the start. */
  readonly problems: string[] = [];
  private readonly waiting = new Map<number, (answer: Answer) => void>();
  private context = '';
  private sent = 0;

  private constructor(
    private readonly process: ChildProcess,
    private readonly profile: string,
    private readonly socket: TextSocket,
  ) {
    socket.onText = (text) => {
      const answer = JSON.parse(text) as Answer;
      if (answer.method === 'log.entryAdded' && answer.params?.level === 'error') this.problems.push(answer.params.text ?? '');
      if (answer.id !== undefined) this.waiting.get(answer.id)?.(answer);
    };
  }

  /** @throws Error with what the browser said, where it does not listen. */
  static async launch(path: string): Promise<Firefox> {
    const profile = mkdtempSync(join(tmpdir(), 'lesion-firefox-'));
    writeFileSync(join(profile, 'user.js'), PREFERENCES);
    const process = spawn(path, ['--headless', '--no-remote', '--remote-debugging-port=0', '--profile', profile], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const firefox = new Firefox(process, profile, await connectWebSocket(`${await readAddress(process)}/session`));
    await firefox.send('session.new', { capabilities: {} });
    await firefox.send('session.subscribe', { events: ['log.entryAdded'] });
    const { contexts } = await firefox.send<{ contexts: { context: string }[] }>('browsingContext.getTree', {});
    firefox.context = contexts[0]!.context;
    return firefox;
  }

  async open(url: string): Promise<void> {
    await this.send('browsingContext.navigate', { context: this.context, url, wait: 'complete' });
  }

  /** Value of an attribute; null without the attribute or the element. */
  async attribute(testId: string, name: string): Promise<string | null> {
    return this.run(`document.querySelector('[data-testid=${testId}]')?.getAttribute(${JSON.stringify(name)}) ?? null`);
  }

  /** @param expression - Of a value that JSON can hold. */
  async run<T>(expression: string): Promise<T> {
    const { result, exceptionDetails } = await this.send<{ result: { value: string }; exceptionDetails?: { text: string } }>(
      'script.evaluate',
      { expression: `JSON.stringify(${expression})`, target: { context: this.context }, awaitPromise: true },
    );
    if (exceptionDetails !== undefined) throw new Error(exceptionDetails.text);
    return JSON.parse(result.value) as T;
  }

  async setFiles(testId: string, files: readonly string[]): Promise<void> {
    await this.send('input.setFiles', { context: this.context, element: await this.find(testId), files });
  }

  /** A click of the mouse in the middle of the element, scrolled into sight. */
  async click(testId: string): Promise<void> {
    const element = await this.find(testId);
    await this.run(`document.querySelector('[data-testid=${testId}]').scrollIntoView({ block: 'center' }) ?? null`);
    const actions = [
      { type: 'pointerMove', x: 0, y: 0, origin: { type: 'element', element } },
      { type: 'pointerDown', button: 0 },
      { type: 'pointerUp', button: 0 },
    ];
    await this.send('input.performActions', { context: this.context, actions: [{ type: 'pointer', id: 'mouse', actions }] });
  }

  async close(): Promise<void> {
    const ended = once(this.process, 'exit');
    await this.send('browser.close', {});
    await ended;
    rmSync(this.profile, { recursive: true, force: true, maxRetries: 5 });
  }

  private async find(testId: string): Promise<Node> {
    const locator = { type: 'css', value: `[data-testid=${testId}]` };
    const { nodes } = await this.send<{ nodes: Node[] }>('browsingContext.locateNodes', { context: this.context, locator });
    if (nodes[0] === undefined) throw new Error(`no ${testId} on the page`);
    return { sharedId: nodes[0].sharedId };
  }

  private async send<T = unknown>(method: string, params: object): Promise<T> {
    const id = (this.sent += 1);
    const answered = new Promise<Answer>((resolve) => this.waiting.set(id, resolve));
    this.socket.send(JSON.stringify({ id, method, params }));
    const { type, result, error, message } = await answered;
    this.waiting.delete(id);
    if (type === 'error') throw new Error(`${method}: ${error ?? ''}: ${message ?? ''}`);
    return result as T;
  }
}

/** @returns the address that the browser says it listens on. What it says later is read too: a full pipe would halt it. */
function readAddress(process: ChildProcess): Promise<string> {
  let said = '';
  return new Promise((resolve, reject) => {
    process.stderr!.on('data', (bytes: Buffer) => {
      said += bytes.toString();
      const address = /listening on (ws:\S+)\s/.exec(said)?.[1];
      if (address !== undefined) resolve(address);
    });
    process.once('exit', () => {
      reject(new Error(`Firefox ended: ${said}`));
    });
  });
}
