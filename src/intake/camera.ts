/** The device's camera as a live stream: open, switch, light, focus, stop. It is asked for only when a person wants it. */
import { LensError } from '../domain/errors';
import { toCameraError } from './camera-errors';

/** What the browser offers; a test gives its own. */
export interface CameraWorld {
  /** undefined where the page is not secure, and in browsers without cameras. */
  readonly mediaDevices: Pick<MediaDevices, 'getUserMedia' | 'enumerateDevices'> | undefined;
  readonly isSecureContext: boolean;
  /** Whether the browser knows the constraint `pointsOfInterest`. */
  readonly knowsPointsOfInterest: boolean;
}

/** Those of W3C MediaStream Image Capture that lib.dom lacks. */
interface ImageCapabilities {
  readonly torch?: boolean;
  readonly focusMode?: readonly string[];
}
interface ImageConstraints extends MediaTrackConstraintSet {
  torch?: boolean;
  focusMode?: string;
  pointsOfInterest?: readonly { readonly x: number; readonly y: number }[];
}

export interface OpenCamera {
  readonly stream: MediaStream;
  readonly track: MediaStreamTrack;
  readonly deviceId: string;
  /** As the system names it; '' where it does not. */
  readonly label: string;
  /** Faces the person: the preview is mirrored, the photo is not. */
  readonly isFront: boolean;
  readonly hasTorch: boolean;
  /** How to focus at a point; null where the camera does not offer it. */
  readonly focusMode: 'single-shot' | 'continuous' | null;
}

/**
 * 4:3, as sensors are, so that preview and photo show the same. The network sees 128 pixels of it: in 1,920 pixels a square
 * of a tenth of the width still has more. A photo by ImageCapture comes at the sensor's full resolution all the same.
 */
const IDEAL_SIZE = { width: { ideal: 2560 }, height: { ideal: 1920 } } as const;

/** The browser's, at the time of the call: a page that was restored may have others. */
function browserCameras(): CameraWorld {
  // lib.dom knows no page without it.
  const mediaDevices = navigator.mediaDevices as MediaDevices | undefined;
  const known = mediaDevices?.getSupportedConstraints() as { readonly pointsOfInterest?: boolean } | undefined;
  return { mediaDevices, isSecureContext, knowsPointsOfInterest: known?.pointsOfInterest === true };
}

/**
 * @param deviceId - null, or one that is gone: the rear camera, or whichever there is.
 * @throws LensError `camera-insecure`, `camera-unsupported`, `camera-denied`, `camera-none`, `camera-busy`.
 */
export async function openCamera(deviceId: string | null, world = browserCameras()): Promise<OpenCamera> {
  const { mediaDevices } = world;
  if (mediaDevices === undefined) throw new LensError(world.isSecureContext ? 'camera-unsupported' : 'camera-insecure');
  const which = deviceId === null ? { facingMode: { ideal: 'environment' } } : { deviceId: { exact: deviceId } };
  let stream: MediaStream;
  try {
    stream = await mediaDevices.getUserMedia({ audio: false, video: { ...which, ...IDEAL_SIZE } });
  } catch (error) {
    // The one that was used last may be gone.
    if (deviceId !== null && isGone(error)) return openCamera(null, world);
    throw toCameraError(error);
  }
  const [track] = stream.getVideoTracks();
  if (track === undefined) {
    stopStream(stream);
    throw new LensError('camera-none', 'a stream without video');
  }
  return describeCamera(stream, track, world.knowsPointsOfInterest);
}

/** No camera of that id (Media Capture and Streams, 10.4: OverconstrainedError, in some browsers NotFoundError). */
function isGone(error: unknown): boolean {
  return error instanceof Error && ['OverconstrainedError', 'NotFoundError'].includes(error.name);
}

function describeCamera(stream: MediaStream, track: MediaStreamTrack, knowsPointsOfInterest: boolean): OpenCamera {
  const settings = track.getSettings();
  // Firefox before 132 has no capabilities.
  const capabilities = ('getCapabilities' in track ? track.getCapabilities() : {}) as ImageCapabilities;
  const modes = knowsPointsOfInterest ? (capabilities.focusMode ?? []) : [];
  return {
    stream,
    track,
    deviceId: settings.deviceId ?? '',
    label: track.label,
    isFront: settings.facingMode === 'user',
    hasTorch: capabilities.torch === true,
    focusMode: (['single-shot', 'continuous'] as const).find((mode) => modes.includes(mode)) ?? null,
  };
}

/** Ends every track: the camera's lamp goes out. A second call does nothing. */
export function stopStream(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

/** Ids of all cameras, in the system's order; complete only after one was opened. Empty where they can't be listed. */
export async function listCameras(world = browserCameras()): Promise<readonly string[]> {
  try {
    const devices = (await world.mediaDevices?.enumerateDevices()) ?? [];
    return devices.flatMap(({ kind, deviceId }) => (kind === 'videoinput' && deviceId !== '' ? [deviceId] : []));
  } catch {
    return [];
  }
}

/** The camera after `current`, round and round; null where there is no other. */
export function nextCamera(ids: readonly string[], current: string): string | null {
  const next = ids[(ids.indexOf(current) + 1) % ids.length];
  return next === undefined || next === current ? null : next;
}

/** @returns whether the lamp is as wanted; a camera may refuse. */
export async function setTorch({ track }: OpenCamera, isOn: boolean): Promise<boolean> {
  return apply(track, { torch: isOn });
}

/** @param x, y - In the camera's frame, 0-1 from the left and the top. @returns whether the camera took it. */
export async function focusAt({ track, focusMode }: OpenCamera, x: number, y: number): Promise<boolean> {
  return focusMode !== null && (await apply(track, { focusMode, pointsOfInterest: [{ x, y }] }));
}

async function apply(track: MediaStreamTrack, constraints: ImageConstraints): Promise<boolean> {
  try {
    await track.applyConstraints({ advanced: [constraints] });
    return true;
  } catch {
    return false;
  }
}

/**
 * A point of the square preview in the camera's frame: the square is the largest in the frame's middle, as of a photo.
 * @param u, v - In the square, 0-1. @returns 0-1 from the frame's left and top.
 */
export function pointInFrame(u: number, v: number, width: number, height: number, isMirrored: boolean): { x: number; y: number } {
  const side = Math.min(width, height);
  const along = (share: number, length: number): number => (share * side + (length - side) / 2) / length;
  return { x: along(isMirrored ? 1 - u : u, width), y: along(v, height) };
}
