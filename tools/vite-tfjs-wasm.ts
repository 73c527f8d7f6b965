/** What tfjs's WASM backend needs of the build. */
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Plugin } from 'vite';

const require = createRequire(import.meta.url);
const WASM_OUT = join(dirname(require.resolve('@tensorflow/tfjs-backend-wasm/package.json')), 'wasm-out');
const THREADED = 'tfjs-backend-wasm-threaded-simd.js';

/**
 * Symptom: with threads, the minified build dies with "ReferenceError: e is not defined". Reason: tfjs makes its
 * threads' script from `factory.toString()`, and a minifier renames what that function closes over. So the factory
 * runs minified as ever, but its `toString` gives the file as it was published.
 */
export function keepThreadedFactorySource(): Plugin {
  return {
    name: 'keep-threaded-factory-source',
    apply: 'build',
    enforce: 'pre',
    transform(code, id) {
      if (!id.split('?')[0]!.endsWith(THREADED)) return null;
      // What follows are CommonJS exports, which have no place in a module.
      const end = code.indexOf("if (typeof exports === 'object' && typeof module === 'object')");
      if (end < 0) throw new Error(`${THREADED} is not what it was in tfjs 4.22`);
      const factory = code.slice(0, end);
      const source = `(function () {\n${factory}\nreturn WasmBackendModuleThreadedSimd;\n})()`;
      return {
        code: `${factory}\nWasmBackendModuleThreadedSimd.toString = () => ${JSON.stringify(source)};\nexport default WasmBackendModuleThreadedSimd;\n`,
        map: null,
      };
    },
  };
}

/** Serves tfjs's three .wasm files under wasm/ in development and puts them into the build. */
export function serveTfjsWasm(): Plugin {
  const names = readdirSync(WASM_OUT).filter((name) => name.endsWith('.wasm'));
  return {
    name: 'serve-tfjs-wasm',
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const name = names.find((n) => request.url?.split('?')[0] === `/wasm/${n}`);
        if (name === undefined) {
          next();
          return;
        }
        response.setHeader('Content-Type', 'application/wasm');
        response.setHeader('Cross-Origin-Resource-Policy', 'same-origin');
        response.end(readFileSync(join(WASM_OUT, name)));
      });
    },
    generateBundle() {
      for (const name of names) {
        this.emitFile({ type: 'asset', fileName: `wasm/${name}`, source: readFileSync(join(WASM_OUT, name)) });
      }
    },
  };
}
