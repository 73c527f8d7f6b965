import { describe, expect, it } from 'vitest';
import { LensError } from '../domain/errors';
import { stillName, takeStill, type PhotoTaker, type PixelSize, type StillWorld } from './camera-still';

const JPEG = new Blob(['photo'], { type: 'image/jpeg' });
const BMP = new Blob(['frame'], { type: 'image/bmp' });
const NOON = new Date(2026, 10, 23, 10, 15, 30);

interface Asked {
  readonly settings: PhotoSettings[];
}

function taker(can: PhotoCapabilities | null, take: (settings: PhotoSettings) => Promise<Blob>): PhotoTaker & Asked {
  const settings: PhotoSettings[] = [];
  return {
    settings,
    getPhotoCapabilities: () => (can === null ? Promise.reject(new Error('no')) : Promise.resolve(can)),
    takePhoto: (wanted) => {
      settings.push(wanted);
      return take(wanted);
    },
  };
}

function world(photoTaker: PhotoTaker | null, change: Partial<StillWorld> = {}): StillWorld {
  return {
    frameSize: { width: 1440, height: 1920 },
    isTorchOn: false,
    taker: photoTaker,
    frame: () => Promise.resolve(BMP),
    measure: () => Promise.resolve({ width: 3024, height: 4032 }),
    timeoutMs: 50,
    now: NOON,
    ...change,
  };
}

const range = (max: number): MediaSettingsRange => ({ min: 1, max, step: 1 });
const gives = (blob: Blob) => () => Promise.resolve(blob);

async function describeFile(file: Promise<File>): Promise<string> {
  const { name } = await file;
  return `${name} ${await (await file).text()}`;
}

describe('takeStill', () => {
  it("takes the camera's photo at full size and without flash where it can", async () => {
    const camera = taker({ imageWidth: range(4032), imageHeight: range(3024), fillLightMode: ['auto', 'off'] }, gives(JPEG));
    expect(await describeFile(takeStill(world(camera)))).toBe('camera-2026-11-23-101530.jpg photo');
    expect(camera.settings).toEqual([{ imageWidth: 4032, imageHeight: 3024, fillLightMode: 'off' }]);
  });

  it('asks for no size of another shape, and leaves a torch alone', async () => {
    const camera = taker({ imageWidth: range(4032), imageHeight: range(2268), fillLightMode: ['off'] }, gives(JPEG));
    await takeStill(world(camera, { isTorchOn: true }));
    expect(camera.settings).toEqual([{}]);
  });

  it('tries once more with no wishes where the camera refuses them', async () => {
    const camera = taker({ imageWidth: range(4032), imageHeight: range(3024) }, (settings) =>
      'imageWidth' in settings ? Promise.reject(new Error('no')) : Promise.resolve(JPEG),
    );
    expect(await describeFile(takeStill(world(camera)))).toContain('.jpg photo');
    expect(camera.settings).toHaveLength(2);
  });

  it.each<[string, PhotoTaker | null, Partial<StillWorld>]>([
    ['there is no ImageCapture', null, {}],
    ['the camera refuses', taker(null, () => Promise.reject(new Error('no'))), {}],
    ['the camera never answers', taker({}, () => new Promise(() => undefined)), {}],
    ['the photo cannot be decoded', taker({}, gives(JPEG)), { measure: () => Promise.reject(new Error('broken')) }],
    [
      'the photo shows more than the ring did',
      taker({}, gives(JPEG)),
      { measure: () => Promise.resolve<PixelSize>({ width: 4000, height: 2250 }) },
    ],
  ])('takes the frame where %s', async (_, camera, change) => {
    expect(await describeFile(takeStill(world(camera, change)))).toBe('camera-2026-11-23-101530.bmp frame');
  });

  it('has a code where nothing can be had', async () => {
    const frame = (): Promise<Blob> => Promise.reject(new Error('tainted'));
    await expect(takeStill(world(null, { frame }))).rejects.toMatchObject({ code: 'camera-still-failed', detail: 'tainted' });
  });

  it('keeps the code of what the frame could not be made a file for', async () => {
    const frame = (): Promise<Blob> => Promise.reject(new LensError('pixels-altered', 'off by 255 grey levels'));
    await expect(takeStill(world(null, { frame }))).rejects.toMatchObject({ code: 'pixels-altered' });
  });
});

it('names a still by the moment and the kind', () => {
  const early = new Date(2027, 0, 2, 3, 4, 5);
  expect(stillName(early, 'image/png')).toBe('camera-2027-01-02-030405.png');
  expect(stillName(early, 'image/bmp')).toBe('camera-2027-01-02-030405.bmp');
  expect(stillName(early, 'image/webp')).toBe('camera-2027-01-02-030405.webp');
  expect(stillName(early, '')).toBe('camera-2027-01-02-030405.jpg');
});
