/** How libheif's memory is given back, with a stand-in for the module that counts what is held. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Libheif } from './libheif-types';

const OK = { name: 'ok' };
const OTHER = { name: 'other' };
const INTERLEAVED = { name: 'interleaved' };
const PIXELS = new Uint8Array([1, 2, 3, 4, 0, 0, 5, 6, 7, 8, 0, 0]);

type Picture = Awaited<ReturnType<Libheif['heif_js_decode_image2']>>;

/** Contexts, handles and images that are held. */
let held: string[];
/** Modules that were made. */
let modules: number;
let failing: Partial<Libheif>;

function fakeLibheif(): Libheif {
  const hold = (what: string): object => {
    held.push(what);
    return { what };
  };
  const free = (thing: object): void => {
    held.splice(held.indexOf((thing as { what: string }).what), 1);
  };
  return {
    heif_error_code: { heif_error_Ok: OK, heif_error_Unsupported_filetype: {}, heif_error_Plugin_loading_error: {} },
    heif_colorspace: { heif_colorspace_RGB: {} },
    heif_chroma: { heif_chroma_interleaved_RGBA: {} },
    heif_channel: { heif_channel_interleaved: INTERLEAVED },
    heif_context_alloc: () => hold('context'),
    heif_context_free: free,
    heif_context_read_from_memory: () => ({ code: OK }),
    heif_js_context_get_primary_image_handle: () => hold('handle'),
    heif_image_handle_get_width: () => 1,
    heif_image_handle_get_height: () => 2,
    heif_image_handle_release: free,
    heif_js_decode_image2: () => picture({ id: INTERLEAVED }),
    heif_image_release: free,
    ...failing,
  };
}

function picture(change: { id?: object; width?: number; height?: number }): Picture {
  held.push('image');
  return { image: { what: 'image' }, channels: [{ id: INTERLEAVED, width: 1, height: 2, stride: 6, data: PIXELS, ...change }] };
}

vi.mock('libheif-js/libheif-wasm/libheif.js', () => ({
  default: () => {
    modules += 1;
    return fakeLibheif();
  },
}));
vi.mock('libheif-js/libheif-wasm/libheif.wasm?url', () => ({ default: 'libheif.wasm' }));

async function decode(maxPixels = 100): Promise<string> {
  const { decodeHeic } = await import('./heic');
  try {
    return [...(await decodeHeic(new Blob(['heic']), maxPixels)).rgba].join(' ');
  } catch (error) {
    return (error as { code: string }).code;
  }
}

beforeEach(() => {
  vi.resetModules();
  vi.stubGlobal('fetch', () => Promise.resolve(new Response(new Uint8Array(8))));
  [held, modules, failing] = [[], 0, {}];
});

afterEach(() => {
  vi.unstubAllGlobals();
});

it('holds nothing after a picture', async () => {
  expect(await decode()).toBe('1 2 3 4 5 6 7 8');
  expect(held).toEqual([]);
});

it.each<[string, Partial<Libheif>, string]>([
  ['that cannot be read', { heif_context_read_from_memory: () => ({ code: OTHER }) }, 'image-decode-failed'],
  ['without a primary picture', { heif_js_context_get_primary_image_handle: () => ({ code: OTHER }) }, 'image-decode-failed'],
  ['that is too large', { heif_image_handle_get_width: () => 51 }, 'image-too-many-pixels'],
  ['that turns out too large', { heif_js_decode_image2: () => picture({ width: 51 }) }, 'image-too-many-pixels'],
  ['that cannot be decoded', { heif_js_decode_image2: () => ({ code: OTHER }) }, 'image-decode-failed'],
  ['that is decoded to nothing', { heif_js_decode_image2: () => null }, 'image-decode-failed'],
  ['without interleaved pixels', { heif_js_decode_image2: () => picture({ id: OTHER }) }, 'image-decode-failed'],
])('holds nothing after a file %s, and keeps the decoder', async (_, change, code) => {
  failing = change;
  expect(await decode()).toBe(code);
  expect(held).toEqual([]);
  expect(await decode()).toBe(code);
  expect(modules).toBe(1);
});

it('holds nothing when there is no memory to copy the pixels to, and keeps the decoder', async () => {
  failing = { heif_js_decode_image2: () => picture({ width: 2 ** 53, height: 1 }) };
  expect(await decode(Infinity)).toBe('out-of-memory');
  expect(held).toEqual([]);
  expect(await decode(Infinity)).toBe('out-of-memory');
  expect(modules).toBe(1);
});

it('drops the decoder that aborts, calls nothing in it any more, and loads a new one', async () => {
  const called = vi.fn();
  failing = {
    heif_js_decode_image2: () => {
      throw new Error('Aborted(OOM)');
    },
    heif_image_handle_release: called,
    heif_context_free: called,
  };
  expect(await decode()).toBe('out-of-memory');
  expect(called).not.toHaveBeenCalled();
  failing = {};
  held = [];
  expect(await decode()).toBe('1 2 3 4 5 6 7 8');
  expect(modules).toBe(2);
  expect(held).toEqual([]);
});

it('an abort of the old decoder leaves the new one, and what is held there', async () => {
  let abort = (): void => undefined;
  failing = {
    heif_js_decode_image2: () =>
      new Promise((_, reject) => {
        abort = () => reject(new Error('Aborted()'));
      }),
  };
  const first = decode();
  await vi.waitUntil(() => held.includes('handle'));
  const abortFirst = abort;
  const second = decode();
  await vi.waitUntil(() => held.length === 4);
  abort();
  expect(await second).toBe('image-decode-failed');
  failing = {};
  expect(await decode()).toBe('1 2 3 4 5 6 7 8');
  abortFirst();
  expect(await first).toBe('image-decode-failed');
  expect(await decode()).toBe('1 2 3 4 5 6 7 8');
  expect(modules).toBe(2);
});
