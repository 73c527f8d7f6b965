import { DENSE_FEATURES, hasDenseFeatures, isOfSame, offeredActivations, type KeptActivations } from '../domain/activations';
import { formatActivationsCsv } from '../domain/csv';
import { toErrorFacts } from '../domain/errors';
import type { ModelManifest } from '../domain/manifest';
import { layerOf } from '../domain/network';
import { encodeNpy } from '../domain/npy';
import { createExportZip, describeModel } from './export-zip';
import type { FlowContext } from './flow-context';

interface KeptRow {
  readonly file: string;
  readonly kept: KeptActivations;
}

/** Lines that are written before the page has its turn. */
const LINES_A_TURN = 200;

/** Of the layer that is chosen, by the model that is loaded, in the order in which the pictures were added. */
function keptRows({ store, cache }: FlowContext, name: string, manifest: ModelManifest): readonly KeptRow[] {
  return store.getState().batch.entries.flatMap(({ id, path }) => {
    const kept = cache.activations(id);
    return kept !== null && isOfSame(kept, name, manifest) ? [{ file: path, kept }] : [];
  });
}

async function writeActivations(context: FlowContext): Promise<Blob | null> {
  const { model, batch } = context.store.getState();
  if (model.state !== 'ready') return null;
  const { manifest } = model.facts;
  const name = offeredActivations(manifest.network, batch.activations);
  const rows = name === null ? [] : keptRows(context, name, manifest);
  if (name === null || rows.length === 0) return null;
  const count = rows[0]!.kept.values.length;
  const all = new Float32Array(rows.length * count);
  rows.forEach(({ kept }, i) => {
    all.set(kept.values, i * count);
  });
  const zip = await createExportZip();
  await zip.add('activations.npy', [encodeNpy(all, [rows.length, count])]);
  const table = rows.map(({ file, kept }) => ({ file, values: kept.values }));
  await zip.add('activations.csv', inTurns(context, formatActivationsCsv(name, count, table)));
  await zip.add('manifest.json', [JSON.stringify(await describeRows(name, manifest, rows), null, 1)]);
  return zip.end();
}

async function* inTurns({ nextTask }: FlowContext, lines: Iterable<string>): AsyncGenerator<string> {
  let pieces: string[] = [];
  for (const line of lines) {
    pieces.push(line);
    if (pieces.length < LINES_A_TURN) continue;
    yield pieces.join('');
    pieces = [];
    await nextTask();
  }
  yield pieces.join('');
}

async function describeRows(name: string, manifest: ModelManifest, rows: readonly KeptRow[]) {
  const isDense = name === DENSE_FEATURES && hasDenseFeatures(manifest.network);
  const layer = isDense
    ? { name, values: 'units after ReLU', channels: manifest.network.dense[0] }
    : { name, values: 'mean of each map', ...sizeOf(manifest, name) };
  return {
    format: 'lesion-lens-activations',
    ...(await describeModel(manifest)),
    layer,
    shape: [rows.length, layer.channels],
    /** In the order of both files. */
    rows: rows.map(({ file, kept: { crop, backend } }) => ({ file, crop, backend })),
  };
}

function sizeOf({ network }: ModelManifest, name: string) {
  const { side, channels } = layerOf(network, name);
  return { side, channels };
}

/**
 * What was kept of a batch's pictures as one zip: activations.npy, float32 [rows, channels]; activations.csv, the same numbers with
 * the files' names; manifest.json, which says what they are of. Pictures without a score, and those that were computed while
 * something else was kept, have no line.
 * @returns null where nothing is kept, or where it failed, which the screen then says.
 */
export async function exportActivations(context: FlowContext): Promise<Blob | null> {
  const show = (activationsError: ReturnType<typeof toErrorFacts> | null): void => {
    context.store.setState(({ batch }) => ({ batch: { ...batch, activationsError } }));
  };
  show(null);
  try {
    return await writeActivations(context);
  } catch (error) {
    show(toErrorFacts(error));
    return null;
  }
}
