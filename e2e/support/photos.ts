/** Photos made by code, whole and broken: the specs need no file. */
import { mkdirSync, openSync, closeSync, ftruncateSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Page } from '@playwright/test';
import { encode } from 'fast-png';
import { drawSyntheticLesion, type SyntheticLesionKind } from '../../src/domain/synthetic-lesion';
import { crc32 } from '../../src/domain/crc32';

const SIDE_PX = 256;

export interface PhotoFile {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

const drawn = new Map<SyntheticLesionKind, PhotoFile>();

export function lesionPng(kind: SyntheticLesionKind): PhotoFile {
  let file = drawn.get(kind);
  if (file === undefined) {
    const data = drawSyntheticLesion(kind, SIDE_PX);
    const png = encode({ width: SIDE_PX, height: SIDE_PX, data, channels: 4, depth: 8 });
    file = { name: `${kind}.png`, mimeType: 'image/png', buffer: Buffer.from(png) };
    drawn.set(kind, file);
  }
  return file;
}

/** The lesion, a little different for every number. */
export function noisyLesionPng(seed: number): PhotoFile {
  const data = drawSyntheticLesion(seed % 2 === 0 ? 'irregular' : 'regular', SIDE_PX).map((byte, i) =>
    i % 4 === 3 ? byte : Math.max(0, Math.min(255, byte + ((seed * 7) % 41) - 20)),
  );
  const png = encode({ width: SIDE_PX, height: SIDE_PX, data, channels: 4, depth: 8 });
  return { name: `lesion-${seed}.png`, mimeType: 'image/png', buffer: Buffer.from(png) };
}

/** The lesion as a JPEG of any size, encoded by the browser. */
export async function lesionJpeg(page: Page, widthPx: number, heightPx: number): Promise<PhotoFile> {
  const base64 = await page.evaluate(
    async ([png, width, height]) => {
      const picture = await createImageBitmap(new Blob([Uint8Array.from(atob(png), (c) => c.charCodeAt(0))]));
      const canvas = new OffscreenCanvas(width, height);
      canvas.getContext('2d')?.drawImage(picture, 0, 0, width, height);
      const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.9 });
      const url = await new Promise<string>((resolve) => {
        const reader = new FileReader();
        reader.onload = () => {
          resolve(reader.result as string);
        };
        reader.readAsDataURL(blob);
      });
      return url.slice(url.indexOf(',') + 1);
    },
    [lesionPng('irregular').buffer.toString('base64'), widthPx, heightPx] as const,
  );
  return { name: 'photo.jpg', mimeType: 'image/jpeg', buffer: Buffer.from(base64, 'base64') };
}

/** A flat dark picture: decodes well, says nothing. */
export function darkPng(): PhotoFile {
  const data = new Uint8Array(200 * 150 * 3).fill(4);
  return { name: 'dark.png', mimeType: 'image/png', buffer: Buffer.from(encode({ width: 200, height: 150, data, channels: 3 })) };
}

/** One light colour everywhere. */
export function flatPng(): PhotoFile {
  const data = new Uint8Array(160 * 160 * 3).fill(200);
  return { name: 'flat.png', mimeType: 'image/png', buffer: Buffer.from(encode({ width: 160, height: 160, data, channels: 3 })) };
}

/** The first part of a file. */
export function truncate({ name, mimeType, buffer }: PhotoFile, share: number): PhotoFile {
  return { name: `cut-${name}`, mimeType, buffer: buffer.subarray(0, Math.floor(buffer.length * share)) };
}

/** A whole PNG whose header claims 20,000 x 6,000 pixels. */
export function hugePng(): PhotoFile {
  const png = encode({ width: 1, height: 1, data: new Uint8Array(3), channels: 3 });
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  view.setUint32(16, 20_000);
  view.setUint32(20, 6_000);
  view.setUint32(29, crc32(png.subarray(12, 29)));
  return { name: 'huge.png', mimeType: 'image/png', buffer: Buffer.from(png) };
}

/** A PNG with sound chunks around pixels that are not compressed data at all. */
export function damagedPng(): PhotoFile {
  const { buffer } = lesionPng('regular');
  const damaged = Buffer.from(buffer);
  const idat = damaged.indexOf('IDAT');
  damaged.fill(0x5a, idat + 4, idat + 4 + damaged.readUInt32BE(idat - 4));
  return { name: 'damaged.png', mimeType: 'image/png', buffer: damaged };
}

export function textFile(name: string, mimeType: string, text: string): PhotoFile {
  return { name, mimeType, buffer: Buffer.from(text) };
}

/** A file of that size, all zeros, that takes no room on the disk. */
export function sparseFile(path: string, sizeBytes: number): string {
  mkdirSync(dirname(path), { recursive: true });
  const file = openSync(path, 'w');
  ftruncateSync(file, sizeBytes);
  closeSync(file);
  return path;
}
