import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { securityHeaders, securityPolicy } from './tools/security-headers.ts';
import { keepThreadedFactorySource, serveTfjsWasm } from './tools/vite-tfjs-wasm.ts';

export default defineConfig({
  base: './',
  plugins: [react(), serveTfjsWasm(), securityPolicy()],
  worker: { format: 'es', plugins: () => [keepThreadedFactorySource()] },
  server: { host: '127.0.0.1', headers: securityHeaders(true) },
  preview: { host: '127.0.0.1', headers: securityHeaders() },
  build: {
    target: 'es2022',
    sourcemap: false,
    chunkSizeWarningLimit: 1500,
    // Otherwise every build ends with a page of advice on which plugin took how long.
    rolldownOptions: { checks: { bundlerTimings: false } },
  },
});
