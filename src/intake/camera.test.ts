import { describe, expect, it } from 'vitest';
import { focusAt, listCameras, nextCamera, openCamera, pointInFrame, setTorch, stopStream, type CameraWorld } from './camera';
import { toCameraError } from './camera-errors';

interface FakeCamera {
  readonly settings?: MediaTrackSettings;
  readonly capabilities?: object | null;
  readonly refuses?: boolean;
}

function fakeCamera({ settings = {}, capabilities = {}, refuses = false }: FakeCamera = {}) {
  const applied: unknown[] = [];
  const track = {
    label: 'Back camera',
    readyState: 'live',
    getSettings: () => settings,
    ...(capabilities !== null && { getCapabilities: () => capabilities }),
    applyConstraints: (constraints: unknown) => {
      applied.push(constraints);
      return refuses ? Promise.reject(new Error('no')) : Promise.resolve();
    },
    stop() {
      this.readyState = 'ended';
    },
  };
  const stream = { getVideoTracks: () => [track], getTracks: () => [track] } as unknown as MediaStream;
  return { track, stream, applied };
}

function world(give: (constraints: MediaStreamConstraints) => Promise<MediaStream>, knowsPointsOfInterest = true): CameraWorld {
  const devices = ['videoinput', 'audioinput', 'videoinput'].map((kind, i) => ({ kind, deviceId: `d${i}` }) as MediaDeviceInfo);
  return {
    mediaDevices: {
      getUserMedia: (constraints) => give(constraints ?? {}),
      enumerateDevices: () => Promise.resolve(devices),
    },
    isSecureContext: true,
    knowsPointsOfInterest,
  };
}

const failing = (error: Error): CameraWorld => world(() => Promise.reject(error));

describe('openCamera', () => {
  it('asks for the rear camera, 4:3, without sound', async () => {
    const asked: MediaStreamConstraints[] = [];
    const { stream } = fakeCamera({ settings: { deviceId: 'd0', facingMode: 'environment' } });
    const camera = await openCamera(
      null,
      world((constraints) => {
        asked.push(constraints);
        return Promise.resolve(stream);
      }),
    );
    expect(asked).toEqual([
      { audio: false, video: { facingMode: { ideal: 'environment' }, width: { ideal: 2560 }, height: { ideal: 1920 } } },
    ]);
    expect(camera).toMatchObject({ deviceId: 'd0', label: 'Back camera', isFront: false, hasTorch: false, focusMode: null });
  });

  it('takes any other where the one that was used last is gone', async () => {
    for (const name of ['OverconstrainedError', 'NotFoundError']) {
      const { stream } = fakeCamera({ settings: { deviceId: 'd0' } });
      const gone = world(({ video }) => {
        const isAskedFor = typeof video === 'object' && 'deviceId' in video;
        return isAskedFor ? Promise.reject(new DOMException('', name)) : Promise.resolve(stream);
      });
      expect((await openCamera('gone', gone)).deviceId).toBe('d0');
    }
  });

  it('asks for exactly the camera that was switched to', async () => {
    const asked: MediaStreamConstraints[] = [];
    const { stream } = fakeCamera({ settings: { deviceId: 'd2', facingMode: 'user' } });
    const camera = await openCamera(
      'd2',
      world((constraints) => {
        asked.push(constraints);
        return Promise.resolve(stream);
      }),
    );
    expect(asked[0]?.video).toMatchObject({ deviceId: { exact: 'd2' } });
    expect(camera.isFront).toBe(true);
  });

  it.each([
    ['NotAllowedError', 'camera-denied'],
    ['SecurityError', 'camera-denied'],
    ['NotFoundError', 'camera-none'],
    ['OverconstrainedError', 'camera-none'],
    ['NotReadableError', 'camera-busy'],
    ['AbortError', 'camera-busy'],
    ['SomethingNewError', 'camera-busy'],
  ])('%s is %s', async (name, code) => {
    await expect(openCamera(null, failing(new DOMException('why', name)))).rejects.toMatchObject({
      code,
      detail: `${name}: why`,
    });
  });

  it('tells an insecure page from a browser without cameras', async () => {
    const none: CameraWorld = { mediaDevices: undefined, isSecureContext: false, knowsPointsOfInterest: false };
    await expect(openCamera(null, none)).rejects.toMatchObject({ code: 'camera-insecure' });
    await expect(openCamera(null, { ...none, isSecureContext: true })).rejects.toMatchObject({ code: 'camera-unsupported' });
    await expect(openCamera(null, failing(new TypeError('no')))).rejects.toMatchObject({ code: 'camera-unsupported' });
  });

  it('keeps a code, and takes what is no Error', () => {
    expect(toCameraError('odd')).toMatchObject({ code: 'camera-busy', detail: 'odd' });
    expect(toCameraError(toCameraError(new DOMException('', 'NotFoundError')))).toMatchObject({
      code: 'camera-none',
      detail: 'NotFoundError',
    });
  });

  it('ends a stream without video', async () => {
    const { track } = fakeCamera();
    const stream = { getVideoTracks: () => [], getTracks: () => [track] } as unknown as MediaStream;
    await expect(
      openCamera(
        null,
        world(() => Promise.resolve(stream)),
      ),
    ).rejects.toMatchObject({ code: 'camera-none' });
    expect(track.readyState).toBe('ended');
  });
});

describe('torch and focus', () => {
  const ABLE = { torch: true, focusMode: ['continuous', 'single-shot', 'manual'] };

  it('are offered where the track has them, and the focus only where the browser knows the point', async () => {
    const { stream } = fakeCamera({ capabilities: ABLE });
    const give = (): Promise<MediaStream> => Promise.resolve(stream);
    expect(await openCamera(null, world(give))).toMatchObject({ hasTorch: true, focusMode: 'single-shot' });
    expect(await openCamera(null, world(give, false))).toMatchObject({ hasTorch: true, focusMode: null });
    const { stream: bare } = fakeCamera({ capabilities: null });
    expect(
      await openCamera(
        null,
        world(() => Promise.resolve(bare)),
      ),
    ).toMatchObject({ hasTorch: false, focusMode: null });
  });

  it('are applied as advanced constraints', async () => {
    const { stream, applied } = fakeCamera({ capabilities: ABLE });
    const camera = await openCamera(
      null,
      world(() => Promise.resolve(stream)),
    );
    expect(await setTorch(camera, true)).toBe(true);
    expect(await focusAt(camera, 0.25, 0.75)).toBe(true);
    expect(applied).toEqual([
      { advanced: [{ torch: true }] },
      { advanced: [{ focusMode: 'single-shot', pointsOfInterest: [{ x: 0.25, y: 0.75 }] }] },
    ]);
  });

  it('say so where the camera refuses, and never throw', async () => {
    const { stream } = fakeCamera({ capabilities: ABLE, refuses: true });
    const camera = await openCamera(
      null,
      world(() => Promise.resolve(stream)),
    );
    expect(await setTorch(camera, true)).toBe(false);
    expect(await focusAt(camera, 0, 0)).toBe(false);
  });
});

it('stops every track', () => {
  const { stream, track } = fakeCamera();
  stopStream(stream);
  expect(track.readyState).toBe('ended');
});

it('lists cameras only, and goes round', async () => {
  const ids = await listCameras(failing(new Error()));
  expect(ids).toEqual(['d0', 'd2']);
  expect(nextCamera(ids, 'd0')).toBe('d2');
  expect(nextCamera(ids, 'd2')).toBe('d0');
  expect(nextCamera(['d0'], 'd0')).toBeNull();
  expect(nextCamera([], 'd0')).toBeNull();
  expect(await listCameras({ mediaDevices: undefined, isSecureContext: false, knowsPointsOfInterest: false })).toEqual([]);
});

it('finds a point of the square in the whole frame', () => {
  expect(pointInFrame(0.5, 0.5, 1920, 1080, false)).toEqual({ x: 0.5, y: 0.5 });
  expect(pointInFrame(0, 0, 400, 300, false)).toEqual({ x: 0.125, y: 0 });
  expect(pointInFrame(0, 1, 400, 300, true)).toEqual({ x: 0.875, y: 1 });
  expect(pointInFrame(1, 0, 300, 400, false)).toEqual({ x: 1, y: 0.125 });
});
