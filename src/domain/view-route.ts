/** The address after '#': page and what the viewer shows. Never the photo. */
import { isLine } from './preferences';
import { isScaleScope, type ScaleScope } from './colour-scale';
import { SYNTHETIC_LESIONS, type SyntheticLesionKind } from './synthetic-lesion';

const PAGES = ['analyse', 'batch', 'model', 'about', 'privacy', 'report', 'diary'] as const;
export type Page = (typeof PAGES)[number];

/** Of two photos: one of them, both side by side, or B - A. */
const PHOTO_CHOICES = ['a', 'b', 'both', 'difference'] as const;
export type PhotoChoice = (typeof PHOTO_CHOICES)[number];

/** fit: as many columns as make the maps largest. mosaic: the tutorial's 8 or 16 columns. */
const ATLAS_LAYOUTS = ['fit', 'mosaic'] as const;
export type AtlasLayout = (typeof ATLAS_LAYOUTS)[number];

export interface ViewRoute {
  readonly page: Page;
  /** null: not named, as are the others. */
  readonly layer: string | null;
  readonly filter: number | null;
  readonly scale: ScaleScope | null;
  readonly photos: PhotoChoice | null;
  readonly layout: AtlasLayout | null;
  /** The alarm line on the calibrated probability, 0-1. */
  readonly line: number | null;
  /** The drawn sample that is shown: whoever follows the link can be shown the same. A person's own photo is never named. */
  readonly sample: SyntheticLesionKind | null;
}

/**
 * Reads `#/batch` or `#/?layer=block2_conv1&filter=49&scale=layer&view=difference&layout=mosaic&line=0.12&sample=regular`. What it
 * does not know it ignores; an unknown page is analyse. Whether the network has such a layer and filter, the route does not know.
 */
export function parseRoute(hash: string): ViewRoute {
  const [path = '', search = ''] = hash.replace(/^#?\/?/, '').split('?');
  const params = new URLSearchParams(search);
  const layer = params.get('layer');
  const filter = params.get('filter') ?? '';
  const scale = params.get('scale');
  const line = params.get('line') ?? '';
  return {
    page: PAGES.find((page) => page === path.replace(/\/$/, '')) ?? 'analyse',
    layer: layer === '' ? null : layer,
    filter: layer && /^\d{1,9}$/.test(filter) ? Number(filter) : null,
    scale: isScaleScope(scale) ? scale : null,
    photos: PHOTO_CHOICES.find((choice) => choice === params.get('view')) ?? null,
    layout: ATLAS_LAYOUTS.find((layout) => layout === params.get('layout')) ?? null,
    line: /^\d(\.\d{1,20})?$/.test(line) && isLine(Number(line)) ? Number(line) : null,
    sample: SYNTHETIC_LESIONS.find((kind) => kind === params.get('sample')) ?? null,
  };
}

/** The inverse of parseRoute, with its '#'. */
export function formatRoute({ page, layer, filter, scale, photos, layout, line, sample }: ViewRoute): string {
  const params = new URLSearchParams();
  if (layer !== null) params.set('layer', layer);
  if (layer !== null && filter !== null) params.set('filter', String(filter));
  if (scale !== null) params.set('scale', scale);
  if (photos !== null) params.set('view', photos);
  if (layout !== null) params.set('layout', layout);
  if (line !== null) params.set('line', String(line));
  if (sample !== null) params.set('sample', sample);
  const search = params.size > 0 ? `?${params.toString()}` : '';
  return `#/${page === 'analyse' ? '' : page}${search}`;
}
