/** Compiles src/engine/kernels/assembly by AssemblyScript when a build or a test asks for it; nothing compiled is kept. */
import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { Plugin } from 'vite';

const run = promisify(execFile);
const ASC = join(dirname(createRequire(import.meta.url).resolve('assemblyscript/package.json')), 'bin/asc.js');
const FOLDER = 'src/engine/kernels/assembly';
/** By virtual module: what its build adds. A shared memory must name a greatest size: 1 GiB, of which little is used. */
const BUILDS: Readonly<Record<string, readonly string[]>> = {
  'virtual:kernels-single': [],
  'virtual:kernels-threads': ['--enable', 'threads', '--sharedMemory', '--maximumMemory', '16384'],
};
const COMMON = ['-O3', '--noAssert', '--runtime', 'stub', '--enable', 'simd', '--importMemory'];

/** By its command: the types of its module would redefine those of arrays everywhere. @throws Error with the compiler's messages. */
export async function compileKernels(extra: readonly string[]): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'kernels-'));
  try {
    const outFile = join(folder, 'kernels.wasm');
    await run(process.execPath, [ASC, join(FOLDER, 'index.ts'), '--outFile', outFile, ...COMMON, ...extra]);
    return await readFile(outFile);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** `import bytes from 'virtual:kernels-single'`: a Uint8Array of the module. */
export function kernels(): Plugin {
  return {
    name: 'kernels',
    resolveId: (id) => (id in BUILDS ? `\0${id}` : null),
    async load(id) {
      const extra = BUILDS[id.slice(1)];
      if (!id.startsWith('\0') || extra === undefined) return null;
      for (const file of readdirSync(FOLDER)) this.addWatchFile(join(FOLDER, file));
      const base64 = (await compileKernels(extra)).toString('base64');
      return `export default Uint8Array.from(atob('${base64}'), (c) => c.charCodeAt(0));`;
    },
  };
}
