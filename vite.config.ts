import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { keepThreadedFactorySource, serveTfjsWasm } from './tools/vite-tfjs-wasm';

/** Cross-origin isolation: without it there is no SharedArrayBuffer, hence one thread. */
const headers = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

export default defineConfig({
  base: './',
  plugins: [react(), serveTfjsWasm()],
  worker: { format: 'es', plugins: () => [keepThreadedFactorySource()] },
  server: { host: '127.0.0.1', headers },
  preview: { host: '127.0.0.1', headers },
  build: { target: 'es2022', chunkSizeWarningLimit: 1500 },
});
