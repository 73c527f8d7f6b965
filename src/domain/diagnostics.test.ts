import { expect, it } from 'vitest';
import { formatDiagnostics, type DiagnosticFacts } from './diagnostics';

const FACTS: DiagnosticFacts = {
  device: { browser: 'Test 1.0', cores: 2, isIsolated: true, screen: '360x800 x2', isOnline: true },
  modelState: 'ready',
  model: {
    version: 'v1',
    backend: 'wasm',
    backendDetail: 'SIMD, 2 threads',
    loadMs: 1000.4,
    selfTestMs: 99.6,
    passedOver: ['webgl: none'],
  },
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
