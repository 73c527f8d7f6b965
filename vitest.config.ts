import { defineConfig } from 'vitest/config';
import { kernels } from './tools/vite-kernels.ts';

export default defineConfig({
  plugins: [kernels()],
  test: {
    environment: 'node',
    include: ['src/**/*.test.{ts,tsx}', 'tools/**/*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // The engine's tests run the whole network; more workers than cores would only make them time out.
    maxWorkers: 2,
  },
});
