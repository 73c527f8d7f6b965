/** A thread that computes beside the engine's worker: wiring only. It waits in the kernels until it is told to end. */
import type { HelperStart, KernelExports } from './machine';

addEventListener(
  'message',
  ({ data }: MessageEvent<HelperStart>) => {
    void WebAssembly.instantiate(data.module, { env: { memory: data.memory } }).then((instance) => {
      postMessage('ready');
      (instance.exports as unknown as KernelExports).serve(data.thread, data.pass);
      close();
    });
  },
  { once: true },
);
