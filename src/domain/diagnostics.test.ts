import { expect, it } from 'vitest';
import { formatDiagnostics, type DiagnosticFacts } from './diagnostics';

const FACTS: DiagnosticFacts = {
  device: { browser: 'Test 1.0', cores: 2, isIsolated: true, screen: '360x800 x2', isOnline: true },
  modelState: 'ready',
  model: {
    version: 'v1',
    backend: 'wasm',
    way: 'kernels',
    chosenBy: 'not-measured',
    backendDetail: 'SIMD, 2 threads',
    loadMs: 1000.4,
    selfTestMs: 99.6,
    passedOver: ['webgl: none'],
  },
  engine: { choice: 'auto', times: null, webglObjection: 'no WebGL 2 in a worker here' },
  offline: 'ready',
  runs: 3,
  timings: { decodeMs: 5.2, preprocessMs: 1.1, forwardMs: 130 },
  memory: { buffers: 40, bytes: 67_300_000 },
  errors: ['file-not-image'],
};

it('names what a report needs', () => {
  expect(formatDiagnostics(FACTS)).toBe(`Lesion Lens diagnostics (nothing of any photo)
browser: Test 1.0
cores: 2; isolated: yes; online: yes; screen: 360x800 x2
model: v1 on wasm (SIMD, 2 threads), loaded in 1000 ms, checked in 100 ms
computes with: kernels (tried first as nothing was measured before); set: auto
measured: nothing; WebGL: no WebGL 2 in a worker here
passed over: webgl: none
offline copy: ready; analyses: 3
last analysis: decode 5 ms, crop 1 ms, network 130 ms
memory: 40 buffers, 67 MB
errors:
- file-not-image
`);
});

it('says what is not there', () => {
  const text = formatDiagnostics({ ...FACTS, model: null, modelState: 'failed', timings: null, memory: null, errors: [] });
  expect(text).toContain('model: failed\n');
  expect(text).toContain('last analysis: none\n');
  expect(text).toContain('memory: not told\n');
  expect(text).toContain('errors: none\n');
});

it('says both times, which was faster, and where and when that was', () => {
  const times = {
    renderer: 'Mali-G78',
    threads: 4,
    appVersion: '0.1.0',
    modelVersion: 'v3',
    kernelsMs: 40.04,
    webglMs: 12,
    webglFault: null,
    measuredAt: '2026-01-02T03:04:05.000Z',
  };
  const say = (change: object) =>
    formatDiagnostics({ ...FACTS, engine: { choice: 'auto', times: { ...times, ...change }, webglObjection: null } });
  expect(say({})).toContain(
    'measured: one pass on WebGL 12.0 ms, on the kernels 40.0 ms; faster: webgl, tried first from the load after it on; measured 2026-01-02T03:04:05.000Z with Mali-G78, 4 threads, app 0.1.0, model v3\n',
  );
  expect(say({ webglMs: null, webglFault: 'self-test "lesion" failed' })).toContain(
    'WebGL failed (self-test "lesion" failed), on the kernels 40.0 ms; faster: kernels',
  );
});
