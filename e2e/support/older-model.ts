/** The build as it was with the model before: other weights and another manifest at the same addresses. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MODEL_VERSION } from '../../src/domain/model-version';
import type { GoldenFile, ModelManifest } from '../../src/domain/manifest';

export const OLDER_VERSION = 'older';
const HALF_ONE = 0x3c00;

/** IEEE 754 half precision; subnormal numbers, infinities and NaN do not come. */
function readHalf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  return sign * 2 ** (((bits >> 10) & 31) - 15) * (1 + (bits & 1023) / 1024);
}

/** @param dist - the build's folder. Returns the bytes to serve instead, by path below `dist`. */
export function olderModel(dist: string): ReadonlyMap<string, Buffer> {
  const folder = `model/${MODEL_VERSION}`;
  const read = (name: string): Buffer => readFileSync(join(dist, folder, name));
  const manifest = JSON.parse(read('manifest.json').toString()) as ModelManifest;
  const golden = JSON.parse(read('golden.json').toString()) as GoldenFile;
  // The last two bytes of the last shard are the bias of the logit: made 1, every logit moves by as much.
  const shard = manifest.files.findLast(({ path }) => path.endsWith('.bin'))!.path;
  const weights = Buffer.from(read(shard));
  const moved = 1 - readHalf(weights.readUInt16LE(weights.length - 2));
  weights.writeUInt16LE(HALF_ONE, weights.length - 2);
  const changed = new Map([
    [shard, weights],
    [
      'golden.json',
      Buffer.from(JSON.stringify({ version: OLDER_VERSION, cases: golden.cases.map((c) => ({ ...c, logit: c.logit + moved })) })),
    ],
  ]);
  const files = manifest.files.map((file) => {
    const bytes = changed.get(file.path);
    return bytes === undefined
      ? file
      : { ...file, sizeBytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
  });
  changed.set('manifest.json', Buffer.from(JSON.stringify({ ...manifest, version: OLDER_VERSION, files })));
  const out = new Map([...changed].map(([name, bytes]) => [`${folder}/${name}`, bytes]));
  // The service worker fetches again what the build lists with another revision.
  const worker = readFileSync(join(dist, 'service-worker.js')).toString();
  const revision = new RegExp(`"revision":"[^"]*"(?=,"url":"${folder}/manifest.json")`);
  if (!revision.test(worker)) throw new Error('the service worker does not list the manifest');
  out.set('service-worker.js', Buffer.from(worker.replace(revision, '"revision":"older"')));
  return out;
}

/** SHA-256 of every file of the model in the build, sorted. */
export function builtHashes(dist: string): readonly string[] {
  const manifest = JSON.parse(readFileSync(join(dist, `model/${MODEL_VERSION}/manifest.json`)).toString()) as ModelManifest;
  return manifest.files.map(({ sha256 }) => sha256).sort();
}
