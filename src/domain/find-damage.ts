/**
 * Whether the bytes of a picture file are whole, so far as they can tell. Browsers' decoders show what they make of a
 * damaged file, with grey or shifted parts, and a network would score that.
 */
import { FaultError, type Fault } from './fault';
import { checkGif } from './gif-check';
import type { ImageType } from './image-file';
import { checkJpeg } from './jpeg-scan';
import { checkPng } from './png-check';
import { checkWebp } from './webp-check';

type Check = (bytes: Uint8Array) => void;

const CHECKS: Readonly<Partial<Record<ImageType, Check>>> = { jpeg: checkJpeg, png: checkPng, webp: checkWebp, gif: checkGif };

/** @returns false: of this kind findDamage finds nothing, so that its file need not be read. BMP: any rows are valid. */
export function isCheckable(type: ImageType): boolean {
  return type in CHECKS;
}

/**
 * Checks what is scored: the first picture of the file. Nothing is decoded to pixels, and what the file carries besides
 * (metadata, thumbnails, more pictures) is left alone.
 * @param type - What sniffImageType said of the file.
 * @param bytes - The whole file.
 * @returns null: nothing wrong was found. In PNG no damage goes unnoticed, in lossy WebP hardly any, in JPEG and GIF little.
 * Lossless WebP finds its way back into its codes: there a fifth of what overwrites a part of it goes unnoticed.
 */
export function findDamage(type: ImageType, bytes: Uint8Array): Fault | null {
  try {
    CHECKS[type]?.(bytes);
    return null;
  } catch (error) {
    if (error instanceof FaultError) return error.fault;
    throw error;
  }
}
