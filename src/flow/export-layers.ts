import type { LayerMaps } from '../domain/analysis';
import { toErrorFacts } from '../domain/errors';
import { encodeNpy, toChannelLast } from '../domain/npy';
import type { Slot } from '../store/app-state';
import { createExportZip, describeModel } from './export-zip';
import type { FlowContext } from './flow-context';

/** Read of a layer at a time, so that no more than one lies in memory besides the file. */
async function writeLayers({ second, cache, store }: FlowContext, slot: Slot): Promise<Blob | null> {
  const { result } = store.getState().photos[slot];
  if (result === null) return null;
  const { runId, manifest, crop, quarterTurns, source, logit, probability, outputs, backend } = result;
  const zip = await createExportZip();
  const layers: { name: string; file: string; shape: readonly number[]; kind: string }[] = [];
  for (const { name, kind, side, channels } of manifest.network.layers) {
    const maps: LayerMaps = cache.layer(runId, name) ?? (await second.of(runId).readLayer(runId, name));
    const file = `${name.replaceAll(/[^\w.-]+/g, '-')}.npy`;
    await zip.add(file, [encodeNpy(toChannelLast(maps.values, side, channels), [side, side, channels])]);
    layers.push({ name, file, shape: [side, side, channels], kind });
  }
  const { model, preprocessing } = await describeModel(manifest);
  const facts = {
    format: 'lesion-lens-maps',
    model,
    crop: { ...crop, quarterTurns },
    photo: source,
    preprocessing,
    backend,
    logit,
    probability,
    ...(outputs && { outputs }),
    layers,
  };
  await zip.add('manifest.json', [JSON.stringify(facts, null, 2)]);
  return zip.end();
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
