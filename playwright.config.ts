import { defineConfig } from '@playwright/test';
import { BROWSER_FLAGS, findBrowserHere } from './tools/find-browser';

/** npm test names one that is free. */
const PORT = Number(process.env['E2E_PORT'] ?? 4391);

export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  // One browser at a time: the network needs all cores.
  workers: 1,
  fullyParallel: false,
  retries: 0,
  // For waiting only: what runs beside the tests may take most of the machine.
  timeout: 300_000,
  expect: { timeout: 90_000 },
  reporter: [['list'], ['json', { outputFile: 'test-results/e2e.json' }]],
  use: {
    baseURL: `http://127.0.0.1:${PORT}/`,
    screenshot: 'only-on-failure',
    // Each test opens a fresh profile: without this every one would fetch the whole app a second time. Specs of what works
    // without a connection turn it on.
    serviceWorkers: 'block',
    launchOptions: { executablePath: findBrowserHere(), args: BROWSER_FLAGS },
  },
  webServer: {
    command: `npx vite preview --port ${PORT} --strictPort`,
    url: `http://127.0.0.1:${PORT}/`,
    reuseExistingServer: false,
    timeout: 60_000,
  },
});
