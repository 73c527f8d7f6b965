/** What several of the engine's tests share. No module of the app imports it. */
import type { SourcePx } from '../domain/geometry';
import type { DecodePhoto } from './decode';
import type { DownloadWorld } from './weights';

/** Stands for any server; `serveFiles` ignores it. */
export const MODEL_URL = 'https://model.test/';

/** A server that answers with what `read` gives for the URL's last part; null is a 404. */
export function serveFiles(read: (name: string) => Uint8Array<ArrayBuffer> | null): DownloadWorld {
  return {
    stallMs: 10_000,
    fetch: (url) => {
      const bytes = read(url.slice(url.lastIndexOf('/') + 1));
      return Promise.resolve(bytes === null ? new Response(null, { status: 404 }) : new Response(bytes));
    },
  };
}

/** A decoder for Node, which has none: every photo is an opaque gradient of this size, tinted by the file's size. */
export function gradientDecoder(width: number, height: number, onClose: () => void = () => undefined): DecodePhoto {
  return (photo) =>
    Promise.resolve({
      size: { width: width as SourcePx, height: height as SourcePx },
      close: onClose,
      readPixels(left, top, columns, rows) {
        const rgba = new Uint8ClampedArray(columns * rows * 4);
        for (let i = 0; i < columns * rows; i++) {
          const x = left + (i % columns);
          const y = top + Math.floor(i / columns);
          rgba.set([(255 * x) / width, (255 * y) / height, photo.size % 256, 255], i * 4);
        }
        return rgba;
      },
    });
}
