/** A thread that computes beside the engine's worker: wiring only. It stays in the kernels until it is ended. */
import type { HelperStart, KernelExports } from './machine';

addEventListener(
  'message',
  ({ data }: MessageEvent<HelperStart>) => {
    void WebAssembly.instantiate(data.module, { env: { memory: data.memory } }).then((instance) => {
      postMessage('ready');
      (instance.exports as unknown as KernelExports).serve(data.thread);
    });
  },
  { once: true },
);
