/** What several of the engine's tests share. No module of the app imports it. */
import type { SourcePx } from '../domain/geometry';
import { hashPoint } from '../domain/lattice-noise';
import { nextTask } from '../domain/next-task';
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

interface CountingDecoder {
  readonly decode: DecodePhoto;
  /** Width times height of all that is decoded and not closed. */
  openPixels: number;
  mostOpenPixels: number;
  decoded: number;
}

/** Grey photos of this size, decoded as a browser does: some time after they are asked for. */
export function countingDecoder(width: number, height: number): CountingDecoder {
  const counter: CountingDecoder = {
    openPixels: 0,
    mostOpenPixels: 0,
    decoded: 0,
    async decode() {
      counter.openPixels += width * height;
      counter.mostOpenPixels = Math.max(counter.mostOpenPixels, counter.openPixels);
      counter.decoded += 1;
      await nextTask();
      return {
        size: { width: width as SourcePx, height: height as SourcePx },
        readPixels: (_x, _y, columns, rows) => new Uint8ClampedArray(columns * rows * 4).fill(128),
        close: () => void (counter.openPixels -= width * height),
      };
    },
  };
  return counter;
}

/** Repeatable numbers in -1..1. */
export function randomFloats(length: number, seed: number): Float32Array<ArrayBuffer> {
  return Float32Array.from({ length }, (_, i) => 2 * hashPoint(i, 0, seed) - 1);
}

/** The largest difference between two lists, as a share of the largest number in the second. */
export function relativeError(found: ArrayLike<number>, wanted: ArrayLike<number>): number {
  if (found.length !== wanted.length) return NaN;
  let difference = 0;
  let largest = 0;
  for (let i = 0; i < found.length; i++) {
    // Math.max hands NaN on.
    difference = Math.max(difference, Math.abs(found[i]! - wanted[i]!));
    largest = Math.max(largest, Math.abs(wanted[i]!));
  }
  return difference / largest;
}
