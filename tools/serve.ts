/** Builds where needed and serves dist/ with the headers of vite.config.ts. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, preview } from 'vite';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const SOURCES = ['src', 'public', 'tools', 'index.html', 'package.json', 'vite.config.ts'];

function newestMs(path: string): number {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  // The folder's own time tells of files taken away.
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newestMs(join(path, name))));
}

/** Builds dist/ where it is missing or older than a source. */
export async function buildIfStale(): Promise<void> {
  const index = join(ROOT, 'dist', 'index.html');
  const newest = Math.max(...SOURCES.map((name) => newestMs(join(ROOT, name))));
  if (existsSync(index) && statSync(index).mtimeMs >= newest) return;
  process.stderr.write('Building dist/ ...\n');
  await build({ root: ROOT, logLevel: 'warn' });
}

/** Serves dist/, or another build, on 127.0.0.1, on the port or the next free one. @returns the address, ending in '/'. */
export async function serveDist(port: number, outDir = join(ROOT, 'dist')): Promise<{ url: string; close: () => Promise<void> }> {
  const server = await preview({
    root: ROOT,
    logLevel: 'warn',
    build: { outDir: resolve(outDir) },
    preview: { port, strictPort: false },
  });
  const url = server.resolvedUrls?.local[0];
  if (url === undefined) throw new Error('The server did not say its address.');
  return { url, close: () => server.close() };
}
