import { createHash } from 'node:crypto';
import { afterEach, expect, it, vi } from 'vitest';
import { sha256Hex, sha256HexPlain } from './sha256';

afterEach(() => {
  vi.unstubAllGlobals();
});

it('agrees with Node at every length around the padding, and on a megabyte', async () => {
  const lengths = [...Array.from({ length: 200 }, (_, i) => i), 1 << 20];
  for (const length of lengths) {
    const bytes = Uint8Array.from({ length }, (_, i) => (i * 31 + length) & 255);
    const wanted = createHash('sha256').update(bytes).digest('hex');
    expect(sha256HexPlain(bytes)).toBe(wanted);
    expect(await sha256Hex(bytes)).toBe(wanted);
  }
});

it('gives the same where the browser has no crypto.subtle', async () => {
  const bytes = new TextEncoder().encode('over plain http');
  const wanted = await sha256Hex(bytes);
  vi.stubGlobal('crypto', {});
  expect(await sha256Hex(bytes)).toBe(wanted);
  expect(await sha256Hex(bytes.buffer)).toBe(wanted);
});
