import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { leaveNodeOutOfLibheif } from './tools/vite-libheif.ts';
import { keepThreadedFactorySource, serveTfjsWasm } from './tools/vite-tfjs-wasm.ts';

/** Cross-origin isolation: without it there is no SharedArrayBuffer, hence one thread. */
const headers = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

export default defineConfig({
  base: './',
  plugins: [react(), serveTfjsWasm()],
  worker: { format: 'es', plugins: () => [keepThreadedFactorySource(), leaveNodeOutOfLibheif()] },
  server: { host: '127.0.0.1', headers },
  preview: { host: '127.0.0.1', headers },
  build: {
    target: 'es2022',
    sourcemap: false,
    chunkSizeWarningLimit: 1500,
    // Otherwise every build ends with a page of advice on which plugin took how long.
    rolldownOptions: { checks: { bundlerTimings: false } },
  },
});
