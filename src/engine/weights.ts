/**
 * Fetches a model's files and lets none through that is not, byte for byte, what the manifest names. The bytes stay
 * here, so that a second backend can be built and a retry downloads only what is missing; a copy of each goes to the
 * shelf on the device as it comes, so that a download that broke off goes on where it was.
 */
import { LensError } from '../domain/errors';
import type { ManifestFile, ModelManifest } from '../domain/manifest';
import { parseJson } from './model-json';
import { parseManifest } from './parse-manifest';
import { sha256Hex } from '../domain/sha256';
import { ShelfCopies } from './shelf-copies';
import { createWeightsShelf, type WeightsShelf } from './weights-shelf';

/** Enough to fill a line, few enough not to starve the page's own requests. */
const PARALLEL_DOWNLOADS = 4;
/** A connection that brings no byte for so long is given up. */
const STALL_MS = 30_000;
/** Progress is told in steps of this share of the whole: each is a message to the main thread. */
const PROGRESS_STEP = 1 / 200;

export interface VerifiedModel {
  readonly manifest: ModelManifest;
  /** By the manifest's path. Every file was checked by size and SHA-256. */
  readonly files: ReadonlyMap<string, ArrayBuffer>;
}

type ByteProgress = (loadedBytes: number, totalBytes: number) => void;

export interface ModelStore {
  /**
   * @param modelUrl - absolute, ends in '/'.
   * @throws LensError `model-download-failed`, `model-corrupt` (a size or hash that does not fit) or `model-invalid`.
   */
  fetchModel(modelUrl: string, onProgress: ByteProgress): Promise<VerifiedModel>;
  /**
   * Waits until every file of the model fetched last lies on the device, then removes what belongs to other models.
   * @throws LensError `storage-full` or `storage-blocked`; what was on the shelf before is still there then.
   */
  keepModel(): Promise<void>;
}

export interface DownloadWorld {
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  readonly stallMs: number;
}

const BROWSER: DownloadWorld = { fetch: (url, init) => fetch(url, init), stallMs: STALL_MS };

export function createModelStore(
  world: DownloadWorld = BROWSER,
  shelf: WeightsShelf = createWeightsShelf('caches' in globalThis ? caches : undefined),
): ModelStore {
  /** By SHA-256: a file that was checked once is never downloaded again. */
  const verified = new Map<string, ArrayBuffer>();
  /** Files whose cached copy was wrong: the HTTP cache would give the same bytes again. */
  const distrusted = new Set<string>();
  const copies = new ShelfCopies(shelf);

  async function fetchManifest(modelUrl: string): Promise<ModelManifest> {
    const url = `${modelUrl}manifest.json`;
    // Revalidated at each load: an old manifest with new files would look like corruption.
    const bytes = await download(world, url, distrusted.size > 0 ? 'reload' : 'no-cache', null, () => undefined);
    return parseManifest(parseJson(bytes, 'manifest.json'));
  }

  async function fetchFile(modelUrl: string, file: ManifestFile, signal: AbortSignal, onBytes: (n: number) => void) {
    const shelved = await copies.take(file);
    if (shelved !== null) {
      verified.set(file.sha256, shelved);
      onBytes(file.sizeBytes);
      return;
    }
    const bytes = await downloadFile(world, modelUrl + file.path, file, distrusted, onBytes, signal);
    verified.set(file.sha256, bytes);
    void copies.make(file.sha256, bytes);
  }

  return {
    async fetchModel(modelUrl, onProgress) {
      const manifest = await fetchManifest(modelUrl);
      const wanted = new Set(manifest.files.map(({ sha256 }) => sha256));
      for (const sha256 of verified.keys()) if (!wanted.has(sha256)) verified.delete(sha256);

      const report = createProgress(manifest.files, verified, onProgress);
      const missing = manifest.files.filter(({ sha256 }) => !verified.has(sha256));
      await inParallel(missing, (file, signal) => fetchFile(modelUrl, file, signal, report));
      return { manifest, files: new Map(manifest.files.map(({ path, sha256 }) => [path, verified.get(sha256)!])) };
    },
    async keepModel() {
      await copies.complete(verified);
      for (const sha256 of await shelf.list()) if (!verified.has(sha256)) await shelf.remove(sha256);
    },
  };
}

/** A few at a time, in their order. The first failure stops the others; their own errors (aborted) say nothing. */
async function inParallel(
  files: readonly ManifestFile[],
  fetchFile: (file: ManifestFile, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const queue = [...files];
  const stop = new AbortController();
  const work = async (): Promise<void> => {
    for (let file = queue.shift(); file !== undefined; file = queue.shift()) await fetchFile(file, stop.signal);
  };
  const workers = Array.from({ length: PARALLEL_DOWNLOADS }, work);
  try {
    await Promise.all(workers);
  } catch (error) {
    queue.length = 0;
    stop.abort();
    await Promise.allSettled(workers);
    throw error;
  }
}

/**
 * One file, as the manifest names it.
 * @param distrusted - addresses past whose cached copy it goes; one that gives wrong bytes joins them.
 * @throws LensError `model-download-failed`, `model-corrupt`.
 */
async function downloadFile(
  world: DownloadWorld,
  url: string,
  file: ManifestFile,
  distrusted: Set<string>,
  onBytes: (bytes: number) => void,
  signal: AbortSignal,
): Promise<ArrayBuffer> {
  const cache = distrusted.has(url) ? 'reload' : 'default';
  const bytes = await download(world, url, cache, file.sizeBytes, onBytes, signal).catch((error: unknown) => {
    if (error instanceof LensError && error.code === 'model-corrupt') distrusted.add(url);
    throw error;
  });
  const sha256 = await sha256Hex(bytes);
  if (sha256 !== file.sha256) {
    distrusted.add(url);
    throw new LensError('model-corrupt', `${file.path} has SHA-256 ${sha256.slice(0, 12)}…, not ${file.sha256.slice(0, 12)}…`);
  }
  distrusted.delete(url);
  return bytes;
}

function createProgress(
  files: readonly ManifestFile[],
  verified: ReadonlyMap<string, ArrayBuffer>,
  onProgress: ByteProgress,
): (bytes: number) => void {
  const totalBytes = files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  let loadedBytes = files.reduce((sum, { sha256, sizeBytes }) => sum + (verified.has(sha256) ? sizeBytes : 0), 0);
  let toldBytes = loadedBytes;
  onProgress(loadedBytes, totalBytes);
  return (bytes) => {
    loadedBytes += bytes;
    if (loadedBytes < totalBytes && loadedBytes - toldBytes < totalBytes * PROGRESS_STEP) return;
    toldBytes = loadedBytes;
    onProgress(loadedBytes, totalBytes);
  };
}

/**
 * @param sizeBytes - null: unknown. A body that is longer is cut off at once.
 * @throws LensError `model-download-failed`; `model-corrupt` where the size does not fit.
 */
async function download(
  world: DownloadWorld,
  url: string,
  cache: RequestCache,
  sizeBytes: number | null,
  onBytes: (bytes: number) => void,
  signal?: AbortSignal,
): Promise<ArrayBuffer> {
  const name = url.slice(url.lastIndexOf('/') + 1);
  const stop = new AbortController();
  const abort = (): void => stop.abort();
  signal?.addEventListener('abort', abort);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const restartTimer = (): void => {
    clearTimeout(timer);
    timer = setTimeout(abort, world.stallMs);
  };
  try {
    signal?.throwIfAborted();
    restartTimer();
    const response = await world.fetch(url, { cache, signal: stop.signal });
    if (!response.ok) throw new LensError('model-download-failed', `${name}: HTTP ${response.status}`);
    return await readBody(response, name, sizeBytes, (bytes) => {
      restartTimer();
      onBytes(bytes);
    });
  } catch (error) {
    if (error instanceof LensError) throw error;
    const reason = stop.signal.aborted ? 'stalled or stopped' : error instanceof Error ? error.message : String(error);
    throw new LensError('model-download-failed', `${name}: ${reason}`);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
    stop.abort(); // lets go of a body that was not read to its end
  }
}

async function readBody(
  response: Response,
  name: string,
  sizeBytes: number | null,
  onBytes: (bytes: number) => void,
): Promise<ArrayBuffer> {
  if (sizeBytes === null || response.body === null) return response.arrayBuffer();
  const out = new Uint8Array(sizeBytes);
  const reader = response.body.getReader();
  let at = 0;
  for (let step = await reader.read(); !step.done; step = await reader.read()) {
    if (at + step.value.length > sizeBytes) {
      throw new LensError('model-corrupt', `${name} is longer than ${sizeBytes} bytes`);
    }
    out.set(step.value, at);
    at += step.value.length;
    onBytes(step.value.length);
  }
  if (at < sizeBytes) throw new LensError('model-corrupt', `${name} has ${at} of ${sizeBytes} bytes`);
  return out.buffer;
}
