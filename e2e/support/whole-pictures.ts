/** Whole pictures of 600 to 660 pixels in the kinds of files that photos come in: a drawn spot. */
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import type { WholePicture } from './damage-pictures';
import { encodePackedGif, encodePng } from './encode-pictures';
import { canvasWebp } from './encode-webp';
import { drawLesion, reduceColours } from './pictures';

/** Written by libjpeg-turbo (Pillow 13), of the pictures that `drawLesion` makes. */
const JPEGS = ['sequential-420', 'sequential-444', 'progressive', 'restarts', 'optimised', 'grey'];

/** @param page - Encodes WebP. */
export async function wholePictures(page: Page): Promise<readonly WholePicture[]> {
  const [regular, irregular] = [drawLesion('regular', 640, 600), drawLesion('irregular', 600, 640)];
  const webpOf = async (quality: number): Promise<Uint8Array> =>
    new Uint8Array(await canvasWebp(page, encodePng(regular), quality));
  return [
    ...JPEGS.map((name): WholePicture => {
      const bytes = new Uint8Array(readFileSync(new URL(`./libjpeg/${name}.jpg`, import.meta.url)));
      return { name: `${name}.jpg`, codec: 'jpeg', bytes };
    }),
    { name: 'spot.png', codec: 'png', bytes: new Uint8Array(encodePng(irregular)) },
    { name: 'spot.gif', codec: 'gif', bytes: new Uint8Array(encodePackedGif(reduceColours(irregular))) },
    { name: 'lossy.webp', codec: 'webp', bytes: await webpOf(0.8) },
    { name: 'lossless.webp', codec: 'webp', bytes: await webpOf(1) },
  ];
}
