/** The address after '#': page and what the viewer shows. */
import { CONV_LAYERS, isConvLayerName, type ConvLayerName } from './network';

export const PAGES = ['analyse', 'batch', 'model', 'about'] as const;
export type Page = (typeof PAGES)[number];

export interface ViewRoute {
  readonly page: Page;
  readonly layer: ConvLayerName | null;
  readonly filter: number | null;
}

/** Reads `#/batch` or `#/?layer=block2_conv1&filter=49`. What it does not know it ignores; an unknown page is analyse. */
export function parseRoute(hash: string): ViewRoute {
  const [path = '', search = ''] = hash.replace(/^#?\/?/, '').split('?');
  const params = new URLSearchParams(search);
  const layer = params.get('layer');
  const known = isConvLayerName(layer) ? layer : null;
  const channels = CONV_LAYERS.find((l) => l.name === known)?.channels ?? 0;
  const filter = /^\d+$/.test(params.get('filter') ?? '') ? Number(params.get('filter')) : -1;
  return {
    page: PAGES.find((page) => page === path.replace(/\/$/, '')) ?? 'analyse',
    layer: known,
    filter: filter >= 0 && filter < channels ? filter : null,
  };
}

/** The inverse of parseRoute, with its '#'. */
export function formatRoute({ page, layer, filter }: ViewRoute): string {
  const params = new URLSearchParams();
  if (layer !== null) params.set('layer', layer);
  if (layer !== null && filter !== null) params.set('filter', String(filter));
  const search = params.size > 0 ? `?${params.toString()}` : '';
  return `#/${page === 'analyse' ? '' : page}${search}`;
}
