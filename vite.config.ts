import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import { securityHeaders } from './src/pwa/security-headers.ts';
import { securityPolicy } from './tools/security-policy.ts';
import { APP_MANIFEST, appIcons } from './tools/app-manifest.ts';
import { kernels } from './tools/vite-kernels.ts';
import { leaveNodeOutOfLibheif } from './tools/vite-libheif.ts';
import { keepThreadedFactorySource, serveTfjsWasm } from './tools/vite-tfjs-wasm.ts';

export default defineConfig({
  base: './',
  plugins: [
    react(),
    serveTfjsWasm(),
    securityPolicy(),
    appIcons(),
    VitePWA({
      strategies: 'injectManifest',
      srcDir: 'src/pwa',
      filename: 'service-worker.ts',
      // The composition root registers it.
      injectRegister: false,
      manifest: APP_MANIFEST,
      injectManifest: {
        // Of the model only its list of files: the weights have a cache of their own.
        globPatterns: ['**/*.{html,js,css,wasm,webmanifest,png,svg}', 'model/*/manifest.json'],
        globIgnores: ['screenshots/**'],
        maximumFileSizeToCacheInBytes: 8 * 1024 * 1024,
      },
    }),
  ],
  worker: { format: 'es', plugins: () => [kernels(), keepThreadedFactorySource(), leaveNodeOutOfLibheif()] },
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
