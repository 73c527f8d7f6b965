/** Repeatable damage to files, and whole JPEGs and WebPs that libjpeg and libwebp wrote. */
import { readFileSync } from 'node:fs';

type Samples = readonly (readonly [string, Uint8Array])[];

function readSamples(name: string): Samples {
  const { files } = JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8')) as { files: Readonly<Record<string, string>> };
  return Object.entries(files).map(([what, base64]) => [what, new Uint8Array(Buffer.from(base64, 'base64'))]);
}

/** By name: 140 x 100 pixels, in the ways of coding that libjpeg has. */
export const JPEG_SAMPLES = readSamples('./jpeg-samples.json');

/** By name: 96 x 80 pixels, lossy and lossless. */
export const WEBP_SAMPLES = readSamples('./webp-samples.json');

/** @returns Numbers 0-1, the same for the same seed (a linear congruential generator). */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state >>> 8) / 2 ** 24;
  };
}

/** Where a marker stands: its FF. @throws Error if there is none. */
export function findMarker(bytes: Uint8Array, marker: number, from = 0): number {
  for (let at = from; at < bytes.length; at++) if (bytes[at] === 0xff && bytes[at + 1] === marker) return at;
  throw new Error(`no marker ${marker}`);
}

export function join(...parts: readonly (Uint8Array | readonly number[])[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => Array.from(part)));
}

export const DAMAGES = ['zeros', 'noise', 'cut out', 'filled to the end', 'cut off, with an end', 'swapped'] as const;

/**
 * @param from - Of the picture's data. @param to - Their end: what follows stays as it is.
 * @param length - Bytes; at most a third of to - from.
 * @returns A damaged copy.
 */
export function damage(
  bytes: Uint8Array,
  how: (typeof DAMAGES)[number],
  [from, to, length]: readonly [number, number, number],
  random: () => number,
): Uint8Array {
  const at = from + Math.floor(random() * (to - from - 2 * length));
  const copy = bytes.slice();
  switch (how) {
    case 'zeros':
      return copy.fill(0, at, at + length);
    case 'noise':
      for (let i = at; i < at + length; i++) copy[i] = Math.floor(random() * 256);
      return copy;
    case 'cut out':
      return join(bytes.subarray(0, at), bytes.subarray(at + length));
    case 'filled to the end':
      return copy.fill(0, to - length, to);
    case 'cut off, with an end':
      return join(bytes.subarray(0, at), bytes.subarray(to));
    case 'swapped':
      copy.set(bytes.subarray(at + length, at + 2 * length), at);
      copy.set(bytes.subarray(at, at + length), at + length);
      return copy;
  }
}
