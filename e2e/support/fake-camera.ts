/** A browser whose camera is a picture: Chromium's fake device fed from a raw video file (YUV4MPEG2). */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { chromium, type Browser, type Page } from '@playwright/test';
import { BROWSER_FLAGS, findBrowserHere } from '../../tools/find-browser';
import { lesionPng, type PhotoFile } from './photos';

/** Of even size, as 4:2:0 wants it. */
export interface Frame {
  readonly width: number;
  readonly height: number;
  /** [height, width, 4], 0-255. */
  readonly rgba: Uint8Array;
}

/** How a picture is put before the camera. */
export interface Shot {
  /** The photo's own where there is none. */
  readonly size?: { readonly width: number; readonly height: number };
  /** How far the picture is moved to the right, in pixels; what leaves comes in again on the left. */
  readonly dx?: number;
  /** 1: as it is. */
  readonly brightness?: number;
}

/** Draws a photo, in the browser, as the camera is to see it. */
export async function paintFrames(
  page: Page,
  shots: readonly Shot[],
  photo: PhotoFile = lesionPng('irregular'),
): Promise<Frame[]> {
  const painted = await page.evaluate(
    async ([url, wanted]) => {
      const picture = await createImageBitmap(await (await fetch(url)).blob());
      return wanted.map(({ size, dx = 0, brightness = 1 }) => {
        const { width, height } = size ?? { width: picture.width & ~1, height: picture.height & ~1 };
        const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
        if (context === null) throw new Error('no canvas');
        context.filter = `brightness(${brightness})`;
        const [drawnWidth, drawnHeight] = size === undefined ? [picture.width, picture.height] : [width, height];
        for (const at of [dx - width, dx]) context.drawImage(picture, at, 0, drawnWidth, drawnHeight);
        const bytes = context.getImageData(0, 0, width, height).data;
        let binary = '';
        for (let i = 0; i < bytes.length; i += 32_768) binary += String.fromCharCode(...bytes.subarray(i, i + 32_768));
        return { width, height, base64: btoa(binary) };
      });
    },
    [`data:${photo.mimeType};base64,${photo.buffer.toString('base64')}`, shots] as const,
  );
  return painted.map(({ width, height, base64 }) => ({ width, height, rgba: Buffer.from(base64, 'base64') }));
}

/**
 * YUV4MPEG2, 4:2:0, BT.601 in the range of video (Y 16-235): what Chromium takes the frames of its fake device for. A file
 * of JPEG frames, which have the full range, would come out with more contrast than it has.
 */
function toY4m(frames: readonly Frame[]): Buffer {
  const [first] = frames;
  if (first === undefined) throw new Error('no frame');
  const parts: Uint8Array[] = [Buffer.from(`YUV4MPEG2 W${first.width} H${first.height} F30:1 Ip A1:1 C420\n`)];
  for (const frame of frames) parts.push(Buffer.from('FRAME\n'), toI420(frame));
  return Buffer.concat(parts);
}

function toI420({ width, height, rgba }: Frame): Uint8Array {
  const pixels = width * height;
  const planes = new Uint8Array((pixels * 3) / 2);
  for (let i = 0; i < pixels; i += 1) {
    const [r, g, b] = [rgba[4 * i] ?? 0, rgba[4 * i + 1] ?? 0, rgba[4 * i + 2] ?? 0];
    planes[i] = Math.round(16 + (65.738 * r + 129.057 * g + 25.064 * b) / 256);
  }
  for (let y = 0; y < height / 2; y += 1) {
    for (let x = 0; x < width / 2; x += 1) {
      const mean = [0, 1, 2].map((c) => {
        const at = (2 * y * width + 2 * x) * 4 + c;
        return ((rgba[at] ?? 0) + (rgba[at + 4] ?? 0) + (rgba[at + width * 4] ?? 0) + (rgba[at + width * 4 + 4] ?? 0)) / 4;
      });
      const [r = 0, g = 0, b = 0] = mean;
      const at = pixels + (y * width) / 2 + x;
      planes[at] = Math.round(128 + (-37.945 * r - 74.494 * g + 112.439 * b) / 256);
      planes[at + pixels / 4] = Math.round(128 + (112.439 * r - 94.154 * g - 18.285 * b) / 256);
    }
  }
  return planes;
}

export interface FakeCameraOptions {
  /** All of one size, played round and round at 30 a second; none: several cameras with Chromium's own test picture. */
  readonly frames: readonly Frame[];
  /** What the browser's question for permission is answered with. */
  readonly permission?: 'granted' | 'denied';
}

/** @param name - Of the file below test-results/. */
export async function launchWithCamera(name: string, { frames, permission = 'granted' }: FakeCameraOptions): Promise<Browser> {
  // The flag wants an absolute path.
  const video = resolve('test-results', 'fake-camera', `${name}.y4m`);
  if (frames.length > 0) {
    mkdirSync(dirname(video), { recursive: true });
    writeFileSync(video, toY4m(frames));
  }
  return chromium.launch({
    executablePath: findBrowserHere(),
    args: [
      ...BROWSER_FLAGS,
      '--use-fake-device-for-media-stream=device-count=3',
      // With a file there is one camera, whatever the count says.
      ...(frames.length > 0 ? [`--use-file-for-fake-video-capture=${video}`] : []),
      permission === 'granted' ? '--use-fake-ui-for-media-stream' : '--deny-permission-prompts',
    ],
  });
}

declare global {
  interface Window {
    /** Every stream that the page was given since it was loaded. */
    lensStreams: MediaStream[];
    /** How often the page asked for a camera. */
    lensAsked: number;
  }
}

/** Before the page is loaded: keeps what getUserMedia gives, so that a test can see whether it was stopped. */
export async function watchStreams(page: Page): Promise<void> {
  await page.addInitScript(() => {
    window.lensStreams = [];
    window.lensAsked = 0;
    const give = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    navigator.mediaDevices.getUserMedia = async (constraints) => {
      window.lensAsked += 1;
      const stream = await give(constraints);
      window.lensStreams.push(stream);
      return stream;
    };
  });
}

/** Before the page is loaded: Chromium's second fake camera gives depth pictures, and a page that shows one crashes. */
export async function hideDepthCamera(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const list = navigator.mediaDevices.enumerateDevices.bind(navigator.mediaDevices);
    navigator.mediaDevices.enumerateDevices = async () => (await list()).filter(({ label }) => label !== 'fake_device_1');
  });
}

/** For instance ['ended', 'live']. */
export async function trackStates(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => window.lensStreams.flatMap((stream) => stream.getTracks().map(({ readyState }) => readyState)));
}

/** From now on getUserMedia is refused as a browser does; null: it is given again. */
export async function refuseCamera(
  page: Page,
  exception: { readonly name: string; readonly message: string } | null,
): Promise<void> {
  await page.evaluate((refusal) => {
    const devices = navigator.mediaDevices;
    if (refusal === null) {
      // The prototype's own shows again.
      Reflect.deleteProperty(devices, 'getUserMedia');
      return;
    }
    devices.getUserMedia = () => Promise.reject(new DOMException(refusal.message, refusal.name));
  }, exception);
}

/** What a browser does when the camera is pulled out: the track ends by itself. */
export async function unplugCamera(page: Page): Promise<void> {
  await page.evaluate(() => {
    const track = window.lensStreams.at(-1)?.getVideoTracks()[0];
    track?.stop();
    track?.dispatchEvent(new Event('ended'));
  });
}
