import type { BatchCropFacts, CropNote, CropWay } from '../domain/batch-view';
import type { CropTable } from '../domain/crop-table';
import { LensError, toErrorFacts } from '../domain/errors';
import { findLesion, THUMBNAIL_PX } from '../domain/find-lesion';
import type { SquareCrop } from '../domain/geometry';
import { orThrow, pathOf } from './batch-labels';
import type { FlowContext } from './flow-context';

/** How the square of one file is to be chosen, as it was wanted when the file came. */
export interface CropPlan {
  readonly way: CropWay;
  /** What the table says; null: nothing. */
  readonly wanted: SquareCrop | null;
}

export interface ChosenCrop {
  /** null: the largest centred square. */
  readonly crop: SquareCrop | null;
  readonly note: CropNote | null;
}

/** Which squares of a batch's pictures are scored. */
export class BatchCrops {
  readonly #context: FlowContext;
  #table: CropTable | null = null;
  #latest = 0;

  constructor(context: FlowContext) {
    this.#context = context;
  }

  #patch(change: Partial<BatchCropFacts>): void {
    this.#context.store.setState(({ batch }) => ({ batch: { ...batch, crop: { ...batch.crop, ...change } } }));
  }

  /** Of files that are added from now on. */
  setWay(way: CropWay): void {
    this.#patch({ way });
  }

  /** The table of files that are added from now on. One that cannot be used says so and changes nothing. Never rejects. */
  async readTable(file: File): Promise<void> {
    this.#latest += 1;
    const own = this.#latest;
    try {
      const bytes = await orThrow('file-unreadable', async () => new Uint8Array(await file.arrayBuffer()));
      const { readCropFile } = await orThrow('app-part-missing', () => import('../domain/crop-table'));
      const table = readCropFile(bytes);
      if (own !== this.#latest) return;
      this.#table = table;
      this.#patch({ table: { fileName: file.name, pictures: table.pictures }, error: null });
    } catch (error) {
      if (own === this.#latest) this.#patch({ error: describe(error) });
    }
  }

  planFor(file: File): CropPlan {
    const { way } = this.#context.store.getState().batch.crop;
    return { way, wanted: way === 'table' ? (this.#table?.cropOf(pathOf(file)) ?? null) : null };
  }
}

/** Of a `TableError`, which is known only where the reader of tables is. */
function describe(error: unknown): NonNullable<BatchCropFacts['error']> {
  if (error instanceof LensError) return { ...toErrorFacts(error), line: null };
  const line = error instanceof Error && 'line' in error && typeof error.line === 'number' ? error.line : null;
  const detail = error instanceof Error ? error.message : String(error);
  return { code: line === null ? 'crops-unreadable' : 'crops-line-invalid', detail, line };
}

/** Never rejects: what is wrong with the photo shows when it is analysed. */
export async function chooseCrop({ engine }: FlowContext, photo: Blob, { way, wanted }: CropPlan): Promise<ChosenCrop> {
  if (way === 'centre') return { crop: null, note: null };
  if (way === 'table') return { crop: wanted, note: wanted === null ? 'not-in-table' : null };
  try {
    const lesion = findLesion(await engine.readThumbnail(photo, THUMBNAIL_PX));
    return lesion.found ? { crop: lesion.crop, note: null } : { crop: null, note: 'not-found' };
  } catch {
    return { crop: null, note: 'not-found' };
  }
}

/** Pixels: what computing with fractions may change. */
const ROUNDING_PX = 1e-6;

/** @throws LensError `crop-outside` where another square was used than the table wanted. */
export function checkCrop({ wanted }: CropPlan, used: SquareCrop): void {
  if (wanted === null) return;
  const isSame = (['x', 'y', 'size'] as const).every((key) => Math.abs(wanted[key] - used[key]) < ROUNDING_PX);
  if (!isSame) throw new LensError('crop-outside');
}
