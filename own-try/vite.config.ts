import { defineConfig } from 'vite';
import { kernels } from '../tools/vite-kernels.ts';
import { keepThreadedFactorySource, serveTfjsWasm } from '../tools/vite-tfjs-wasm.ts';
import { securityHeaders } from '../src/pwa/security-headers.ts';
export default defineConfig({ root: import.meta.dirname, publicDir: false, plugins: [serveTfjsWasm()], worker: { format: 'es', plugins: () => [kernels(), keepThreadedFactorySource()] }, preview: { host: '127.0.0.1', port: 4821, headers: securityHeaders() }, build: { target: 'es2022', outDir: '/tmp/own-dist', emptyOutDir: true } });
