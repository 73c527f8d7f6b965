/**
 * One photo out of a live camera: by ImageCapture where it gives what the preview showed, else the preview's own frame. The
 * photo is better in its colours too: of a frame that the camera does not label, browsers guess matrix and range.
 */
import { LensError } from '../domain/errors';

/** How long a camera may take for a photo before the frame of the moment is used. */
const TAKE_PHOTO_TIMEOUT_MS = 4000;
const GRAB_TIMEOUT_MS = 1000;
/** Photo and preview count as the same view where their shapes differ by at most this share. */
const SHAPE_TOLERANCE = 0.02;

export interface PixelSize {
  readonly width: number;
  readonly height: number;
}

/** A camera's own shutter. */
export interface PhotoTaker {
  getPhotoCapabilities(): Promise<PhotoCapabilities>;
  takePhoto(settings: PhotoSettings): Promise<Blob>;
}

export interface StillWorld {
  /** Of the preview's frames. */
  readonly frameSize: PixelSize;
  readonly isTorchOn: boolean;
  /** null where the browser has no ImageCapture. */
  readonly taker: PhotoTaker | null;
  /** The frame that stood on the screen when the shutter was pressed, without loss. */
  readonly frame: () => Promise<Blob>;
  /** After orientation. @throws where it can't be decoded. */
  readonly measure: (photo: Blob) => Promise<PixelSize>;
  readonly timeoutMs: number;
  readonly now: Date;
}

/**
 * @returns A file like any chosen one.
 * @throws LensError `camera-still-failed`: neither photo nor frame; what has a code keeps it.
 */
export async function takeStill(world: StillWorld): Promise<File> {
  const photo = world.taker === null ? null : await within(world.timeoutMs, takePhoto(world, world.taker));
  if (photo !== null) return toFile(photo, world.now);
  try {
    return toFile(await world.frame(), world.now);
  } catch (error) {
    if (error instanceof LensError) throw error;
    throw new LensError('camera-still-failed', error instanceof Error ? error.message : String(error));
  }
}

/** null where the camera refuses, or where its photo is not what the ring showed. */
async function takePhoto(world: StillWorld, taker: PhotoTaker): Promise<Blob | null> {
  try {
    const settings = photoSettings(await taker.getPhotoCapabilities().catch(() => null), world);
    const photo = await taker.takePhoto(settings).catch(() => taker.takePhoto({}));
    return isSameShape(await world.measure(photo), world.frameSize) ? photo : null;
  } catch {
    return null;
  }
}

/** The sensor's full size where it has the preview's shape, and no flash that the preview did not show. */
function photoSettings(can: PhotoCapabilities | null, { frameSize, isTorchOn }: StillWorld): PhotoSettings {
  const width = can?.imageWidth?.max ?? 0;
  const height = can?.imageHeight?.max ?? 0;
  const isSame =
    width > 0 &&
    height > 0 &&
    (isSameShape({ width, height }, frameSize) || isSameShape({ width: height, height: width }, frameSize));
  const canStayDark = !isTorchOn && can?.fillLightMode?.includes('off') === true;
  return { ...(isSame && { imageWidth: width, imageHeight: height }), ...(canStayDark && { fillLightMode: 'off' }) };
}

function isSameShape(a: PixelSize, b: PixelSize): boolean {
  const [shapeA, shapeB] = [a.width / a.height, b.width / b.height];
  return Math.abs(shapeA / shapeB - 1) <= SHAPE_TOLERANCE;
}

/** null when it takes longer. */
async function within<T>(limitMs: number, work: Promise<T>): Promise<T | null> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => {
      resolve(null);
    }, limitMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

function toFile(photo: Blob, now: Date): File {
  return new File([photo], stillName(now, photo.type), { type: photo.type, lastModified: now.getTime() });
}

/** For instance camera-2026-11-23-101530.jpg, by the device's clock. */
export function stillName(now: Date, type: string): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  const time = `${two(now.getHours())}${two(now.getMinutes())}${two(now.getSeconds())}`;
  return `camera-${day}-${time}.${/^image\/(png|webp|bmp)$/.exec(type)?.[1] ?? 'jpg'}`;
}

/**
 * A still of what a <video> shows of a camera now. The caller pauses the video, so that its frame stays until it is known
 * whether it is needed.
 * @param encodeFrame - Makes a file of a frame and uses it up. A canvas would not do: browsers that resist fingerprinting alter
 * what they write of one.
 * @throws LensError `camera-no-picture` where there is no frame yet, `camera-still-failed`; those of `encodeFrame`.
 */
export async function takeStillOf(
  video: HTMLVideoElement,
  track: MediaStreamTrack,
  isTorchOn: boolean,
  encodeFrame: (frame: ImageBitmap) => Promise<Blob>,
): Promise<File> {
  const { videoWidth: width, videoHeight: height } = video;
  if (width === 0 || height === 0) throw new LensError('camera-no-picture');
  const taker = 'ImageCapture' in globalThis && track.readyState === 'live' ? new ImageCapture(track) : null;
  // Of the same moment; Chromium converts its colours as it does a photo's, and those of a video otherwise.
  const grabbed = taker === null ? null : taker.grabFrame().catch(() => null);
  try {
    return await takeStill({
      frameSize: { width, height },
      isTorchOn,
      taker,
      frame: async () => {
        const frame = grabbed === null ? null : await within(GRAB_TIMEOUT_MS, grabbed);
        return encodeFrame(frame?.width === width && frame.height === height ? frame : await createImageBitmap(video));
      },
      measure,
      timeoutMs: TAKE_PHOTO_TIMEOUT_MS,
      now: new Date(),
    });
  } finally {
    void grabbed?.then((frame) => frame?.close());
  }
}

async function measure(photo: Blob): Promise<PixelSize> {
  const bitmap = await createImageBitmap(photo);
  const { width, height } = bitmap;
  bitmap.close();
  return { width, height };
}
