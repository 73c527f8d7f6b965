import type { LayerMaps } from '../domain/analysis';
import { modelFingerprint } from '../domain/diary';
import { toErrorFacts } from '../domain/errors';
import { encodeNpy, toChannelLast } from '../domain/npy';
import type { Slot } from '../store/app-state';
import type { FlowContext } from './flow-context';

/** Read of a layer at a time, so that no more than one lies in memory besides the file. */
async function writeLayers({ engine, cache, store }: FlowContext, slot: Slot): Promise<Blob | null> {
  const { result } = store.getState().photos[slot];
  if (result === null) return null;
  const { runId, manifest, crop, quarterTurns, source, logit, probability, outputs, backend } = result;
  const { network, input, version, own } = manifest;
  const { Zip, ZipPassThrough, strToU8 } = await import('fflate');
  // Browsers may put a blob's parts on the disk; a list of buffers they may not.
  const parts: Blob[] = [];
  const zip = new Zip((error, chunk) => {
    if (error) throw error;
    parts.push(new Blob([chunk]));
  });
  const add = (name: string, bytes: Uint8Array): void => {
    const file = new ZipPassThrough(name);
    // The same bytes for the same maps, whenever they are written.
    file.mtime = new Date(1980, 0, 1);
    zip.add(file);
    file.push(bytes, true);
  };
  const layers: { name: string; file: string; shape: readonly number[]; kind: string }[] = [];
  for (const { name, kind, side, channels } of network.layers) {
    const maps: LayerMaps = cache.layer(runId, name) ?? (await engine.readLayer(runId, name));
    const file = `${name.replaceAll(/[^\w.-]+/g, '-')}.npy`;
    add(file, encodeNpy(toChannelLast(maps.values, side, channels), [side, side, channels]));
    layers.push({ name, file, shape: [side, side, channels], kind });
  }
  const facts = {
    format: 'lesion-lens-maps',
    model: { version, sha256: await modelFingerprint(manifest) },
    crop: { ...crop, quarterTurns },
    photo: source,
    preprocessing: { side: network.input.side, mean: input.mean, std: input.std, order: own?.settings.order ?? 'rgb' },
    backend,
    logit,
    probability,
    ...(outputs && { outputs }),
    layers,
  };
  add('manifest.json', strToU8(JSON.stringify(facts, null, 2)));
  zip.end();
  return new Blob(parts, { type: 'application/zip' });
}

/**
 * All layers' maps of a photo as one zip: a .npy each, float32 [row, column, filter], and a manifest that says what they are of.
 * @returns null where there is no photo, or where it failed, which the screen then says.
 */
export async function exportLayers(context: FlowContext, slot: Slot): Promise<Blob | null> {
  try {
    return await writeLayers(context, slot);
  } catch (error) {
    context.store.setState({ mapsError: toErrorFacts(error) });
    return null;
  }
}
