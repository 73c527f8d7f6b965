/** npm test: types, lint, unit tests, build, end-to-end tests in a real Chromium; ends with "N passed, N failed". */
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { findBrowserHere } from './find-browser';

interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

interface UnitReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
}

interface E2eReport {
  readonly stats: {
    readonly expected: number;
    readonly unexpected: number;
    readonly flaky: number;
    readonly skipped: number;
  };
}

const counts: Counts = { passed: 0, failed: 0, skipped: 0 };
const UNIT_REPORT = 'test-results/unit.json';
const E2E_REPORT = 'test-results/e2e.json';

function run(title: string, command: string, args: readonly string[], env: Record<string, string> = {}): boolean {
  process.stdout.write(`\n== ${title}\n`);
  const { status } = spawnSync(command, args, {
    stdio: 'inherit',
    env: { ...process.env, ...env },
    shell: process.platform === 'win32',
  });
  return status === 0;
}

function readReport(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as unknown;
  } catch {
    return null;
  }
}

/** A step that has no tests of its own (types, lint, build): its failure counts as one, its success as none. */
function runCheck(title: string, script: string): boolean {
  const ok = run(title, 'npm', ['run', '--silent', script]);
  if (!ok) counts.failed++;
  return ok;
}

/** Checks that use one core each, side by side; what each prints comes whole. */
async function runChecks(checks: readonly (readonly [title: string, script: string])[]): Promise<void> {
  await Promise.all(
    checks.map(async ([title, script]) => {
      const child = spawn('npm', ['run', '--silent', script], { shell: process.platform === 'win32' });
      const printed: Buffer[] = [];
      for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => printed.push(chunk));
      const status = await new Promise((resolve) => child.once('close', resolve).once('error', resolve));
      process.stdout.write(`\n== ${title}\n${Buffer.concat(printed).toString()}`);
      if (status !== 0) counts.failed++;
    }),
  );
}

function runUnitTests(): void {
  const ok = run('Unit tests', 'npx', [
    'vitest',
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${UNIT_REPORT}`,
  ]);
  const report = readReport(UNIT_REPORT) as UnitReport | null;
  counts.passed += report?.numPassedTests ?? 0;
  counts.skipped += report?.numPendingTests ?? 0;
  const failed = report?.numFailedTests ?? 0;
  counts.failed += ok ? failed : Math.max(1, failed);
}

/** Of 127.0.0.1. */
function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(address !== null && typeof address === 'object' ? address.port : 0));
    });
  });
}

async function runE2eTests(): Promise<void> {
  let browser: string;
  try {
    browser = findBrowserHere();
  } catch (error) {
    process.stdout.write(`\n${error instanceof Error ? error.message : String(error)}\n`);
    counts.failed++;
    return;
  }
  const ok = run('End-to-end tests in Chromium', 'npx', ['playwright', 'test'], {
    CHROMIUM_PATH: browser,
    E2E_PORT: String(await findFreePort()),
  });
  const stats = (readReport(E2E_REPORT) as E2eReport | null)?.stats;
  counts.passed += stats?.expected ?? 0;
  counts.skipped += stats?.skipped ?? 0;
  const failed = (stats?.unexpected ?? 0) + (stats?.flaky ?? 0);
  counts.failed += ok ? failed : Math.max(1, failed);
}

rmSync('test-results', { recursive: true, force: true });
mkdirSync('test-results', { recursive: true });
if (!process.env['LESION_DATA']) {
  process.stdout.write('LESION_DATA is not set: tests on real photos are skipped, synthetic ones are used instead.\n');
}
await runChecks([
  ['Types', 'typecheck'],
  ['Lint', 'lint'],
]);
runUnitTests();
if (runCheck('Build', 'build')) await runE2eTests();
else process.stdout.write('\nNo end-to-end tests: they would run an old build.\n');
const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : '';
process.stdout.write(`\n${counts.passed} passed, ${counts.failed} failed${skipped}\n`);
process.exit(counts.failed === 0 && counts.passed > 0 ? 0 : 1);
