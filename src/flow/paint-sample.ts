import { LensError } from '../domain/errors';
import type { SyntheticLesionKind } from '../domain/synthetic-lesion';

/** A synthetic lesion as a PNG file, drawn in a worker of its own that ends with it. */
export async function paintSample(kind: SyntheticLesionKind): Promise<File> {
  const worker = new Worker(new URL('./paint-sample.worker.ts', import.meta.url), { type: 'module' });
  try {
    const png = await new Promise<Blob>((resolve, reject) => {
      worker.onmessage = ({ data }: MessageEvent<Blob>) => {
        resolve(data);
      };
      worker.onerror = ({ message }) => {
        reject(new LensError('unexpected', `sample: ${message}`));
      };
      worker.postMessage(kind);
    });
    return new File([png], `${kind}-synthetic.png`, { type: 'image/png' });
  } finally {
    worker.terminate();
  }
}
