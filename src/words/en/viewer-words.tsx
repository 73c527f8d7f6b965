import type { ReactNode } from 'react';
import type { SequentialColourMapName } from '../../domain/colour-map';
import type { ScaleScope } from '../../domain/colour-scale';
import type { FilterOrder } from '../../domain/filter-order';
import type { AtlasLayout, PhotoChoice } from '../../domain/view-route';
import type { Slot } from '../../store/app-state';
import { formatNumber, formatPercent } from '../format';
import { formatActivation } from '../format-values';
import { viewerTools } from './viewer-tools-words';

/** One photo's maps of a layer, or the difference of two: what is shown side by side. */
type Pane = Slot | 'difference';

const PANES: Readonly<Record<Pane, string>> = { a: 'A', b: 'B', difference: 'B − A' };

/** What is said of a pane: a map in words, or one of its values. */
interface Said {
  readonly pane: Pane;
  readonly text: string;
}

function namePane({ pane, text }: Said): string {
  return `${PANES[pane]} ${text}`;
}

/** A pane that stands alone needs no name. */
function sayAll(said: readonly Said[]): string {
  return said.map((one) => (said.length === 1 ? one.text : namePane(one))).join(' · ');
}

interface CellValues {
  readonly x: number;
  readonly y: number;
  readonly values: readonly { readonly pane: Pane; readonly value: number }[];
}

function sayValues({ values }: CellValues): readonly Said[] {
  return values.map(({ pane, value }) => ({ pane, text: formatActivation(value) }));
}

function size(side: number): string {
  return `${side}×${side}`;
}

/** An atlas for a screen reader: it finds one map at a time, the one at the cursor. */
const ATLAS = {
  /** @param title - Of the pane. */
  label: (title: string, maps: number, layer: string) =>
    `${title}: ${formatNumber(maps)} maps of ${layer}. Arrow keys move, Enter enlarges.`,
  option(filter: number, map: string, { isMuted, isPinned }: { readonly isMuted: boolean; readonly isPinned: boolean }): string {
    return `Filter ${filter}: ${map}${isMuted ? ', muted' : ''}${isPinned ? ', pinned' : ''}`;
  },
  silent: (silent: number, maps: number) => `${formatNumber(silent)} of ${formatNumber(maps)} are silent (dead) here`,
  same: (same: number, maps: number) => `${formatNumber(same)} of ${formatNumber(maps)} are the same in both`,
  allHidden: 'Every map of this layer is silent here, and silent maps are hidden.',
  chooseMap: 'Choose a map to enlarge it.',
  atCell: (filter: number, cell: CellValues) => `Filter ${filter} at x ${cell.x}, y ${cell.y}: ${sayAll(sayValues(cell))}`,
  ofMap: (filter: number, said: readonly Said[]) => `Filter ${filter}: ${sayAll(said)}`,
};

const ZOOM = {
  title: (layer: string, filter: number): ReactNode => (
    <>
      <span>{layer}</span> <span>{`filter ${filter}`}</span>
    </>
  ),
  muted: 'muted',
  pointAtMap: 'Point at a map to read a value.',
  atCell: (cell: CellValues) => `x ${cell.x}, y ${cell.y}: ${sayValues(cell).map(namePane).join(' · ')}`,
  pin: 'Pin',
  mute: 'Mute',
  more: 'Numbers and more',
  aboutPools: 'A pool takes maxima only: mute filters in the convolution before it.',
  facts: {
    least: 'Least',
    greatest: 'Greatest',
    mean: 'Mean',
    deviation: 'Standard deviation',
    active: 'Above zero',
    /** @param share - 0-1. */
    activeShare: (share: number) => formatPercent(share),
  },
  mapLabel: (filter: number, pane: Pane, side: number, [min, max]: readonly [number, number]) =>
    `Map of filter ${filter}, ${PANES[pane]}, ${side} by ${side} values from ${formatActivation(min)} to ${formatActivation(max)}. Press to follow a place on it, arrow keys move the place.`,
  stepper: {
    label: (last: number) => `Filter number, 0 to ${last}`,
    previous: 'Previous filter',
    next: 'Next filter',
  },
};

const KEYS: readonly (readonly [keys: string, what: string])[] = [
  ['arrows', 'move between maps'],
  ['Home, End', 'first, last map'],
  ['Enter', 'enlarge the map'],
  ['[ ]', 'layer before, next layer'],
  ['+ − 0', 'zoom in, out, back'],
  ['m', 'mute or unmute'],
  ['p', 'pin or unpin'],
];

const SCALES: Readonly<Record<ScaleScope, string>> = {
  map: 'each map',
  layer: 'the layer',
  both: 'both photos',
  tutorial: 'tutorial (mean ± 5 standard deviations)',
};

const LAYOUTS: Readonly<Record<AtlasLayout, string>> = { fit: 'fitted', mosaic: 'mosaic, 8 or 16 wide' };

const PHOTOS: Readonly<Record<PhotoChoice, string>> = {
  a: 'A alone',
  b: 'B alone',
  both: 'A and B',
  difference: 'difference B − A',
};

const ORDERS: Readonly<Record<FilterOrder, string>> = {
  index: 'filter number',
  mean: 'mean',
  max: 'greatest value',
  active: 'active share',
  difference: 'most different on A and B',
  correlation: 'least correlated on A and B',
  effect: 'effect on the score',
  spot: 'value at the spot',
};

const COLOUR_MAPS: Readonly<Record<SequentialColourMapName, string>> = {
  viridis: 'viridis',
  magma: 'magma',
  cividis: 'cividis',
  grey: 'grey',
};

interface SheetFacts {
  /** The model's version and hash; of two models both. */
  readonly model: string;
  readonly layer: string;
  readonly scale: ScaleScope;
  readonly colourMap: SequentialColourMapName;
  readonly isDifference: boolean;
  /** Of the panes. */
  readonly titles: readonly string[];
}

/** What stands below an exported picture. Choices go by the names that links have for them. */
function sheetCaption({ model, layer, scale, colourMap, isDifference, titles }: SheetFacts, what: string): string {
  const colours = isDifference ? `diverging, ${colourMap}` : colourMap;
  return `Lesion Lens, model ${model} · ${layer}, ${what} · scale of colours: ${scale} · colours: ${colours} · ${titles.join(', ')}`;
}

function photoTitle(slot: Slot): string {
  return `photo ${PANES[slot]}`;
}

const EXPORTS = {
  title: 'Export',
  allMaps: 'All maps, PNG',
  oneMap: (filter: number | null) => `Filter ${filter ?? ''}, PNG`,
  values: (slot: Slot) => `Maps of ${PANES[slot]}, .npy`,
  allLayers: (slot: Slot) => `All layers of ${PANES[slot]}, .zip of .npy`,
  statistics: (slot: Slot) => `Statistics of ${PANES[slot]}, CSV`,
  about:
    '.npy holds the layer’s activations as float32 [row, column, filter]; the table has a row a filter. Made here, sent nowhere.',
  photoTitle,
  sampleTitle: (slot: Slot, fileName: string) => `${photoTitle(slot)} (synthetic: ${fileName})`,
  differenceTitle: 'photo B − photo A',
  atlasCaption: (facts: SheetFacts, shown: number, maps: number, side: number, order: FilterOrder) =>
    sheetCaption(facts, `${formatNumber(shown)} of ${formatNumber(maps)} maps of ${size(side)}, order: ${order}`),
  mapCaption: (facts: SheetFacts, filter: number) => sheetCaption(facts, `filter ${filter}`),
  /** @param hash - The first digits of its weights’ fingerprint; null: not computed yet. */
  model: (version: string, hash: string | null) => (hash === null ? version : `${version}, SHA-256 ${hash}`),
  /** Below the colours where each map has a range of its own. */
  ownEnds: {
    map: ['each map’s least', '', 'each map’s greatest'],
    tutorial: ['mean − 5 SD', 'mean of each map', 'mean + 5 SD'],
    difference: ['A answers more', '0', 'B answers more'],
  } satisfies Readonly<Record<string, readonly [string, string, string]>>,
  link: {
    copy: 'Copy a link to this view',
    copied: 'Copied.',
    refused: 'The browser did not let the page copy. Copy the address of the page instead.',
    about: (isSample: boolean): string =>
      isSample
        ? 'Whoever opens the link sees this layer and filter of the same drawn sample.'
        : 'The link names layer and filter, not the photo. Whoever opens it can choose a photo of their own or a drawn sample.',
  },
  atlasFigure: 'All maps as a slide, SVG',
  mapFigure: (filter: number | null) => `Filter ${filter ?? ''} as a slide, SVG`,
  atlasTitle: (layer: string, maps: number, side: number) => `${layer}: ${formatNumber(maps)} maps of ${size(side)}`,
  mapTitle: (layer: string, filter: number) => `${layer}, filter ${filter}`,
};

export const viewer = {
  panes: PANES,
  paneTitle: (slot: Slot, fileName: string) => `${PANES[slot]}: ${fileName}`,
  map: {
    silent: 'silent, 0 everywhere',
    noDifference: 'no difference',
    span: (low: number, high: number, mean: number) =>
      `${formatActivation(low)} to ${formatActivation(high)}, mean ${formatActivation(mean)}`,
  },
  atlas: ATLAS,
  zoom: ZOOM,
  legend: (low: number, high: number) => `Colours from ${formatActivation(low)} to ${formatActivation(high)}`,
  keys: {
    title: 'Keys',
    list: KEYS,
    about:
      'They work while the maps have the focus. The wheel zooms then too, and with Ctrl at any time; drag moves enlarged maps, two fingers pinch.',
  },
  size: {
    label: 'Size of the maps',
    smaller: 'Smaller',
    larger: 'Larger',
    percent: (percent: number) => `${percent} %`,
    back: (percent: number) => `${percent} %, back to 100 %`,
  },
  layers: {
    label: 'Layer',
    previous: 'Previous layer',
    next: 'Next layer',
    block: (block: number) => `Block ${block}`,
    choice: (name: string, maps: number, side: number) => `${name} · ${formatNumber(maps)} of ${size(side)}`,
    rail: 'Layers of the network, from photo to score',
    barLabel: (name: string, maps: number, side: number) => `${name}: ${formatNumber(maps)} maps of ${side} by ${side}`,
    barTitle: (name: string, maps: number, side: number) => `${name} · ${formatNumber(maps)} maps of ${size(side)}`,
    size,
  },
  choices: {
    withMissing: (choice: string, missing: string) => `${choice} (${missing})`,
    needsSecond: 'needs photo B',
    needsRanking: 'rank the filters first',
    needsConvolution: 'convolutions only',
    needsSpot: 'choose a spot first',
    scale: 'Scale of colours',
    scales: SCALES,
    title: 'View',
    order: 'Order',
    orders: ORDERS,
    photos: 'Photos',
    photoChoices: PHOTOS,
    layout: 'Layout',
    layouts: LAYOUTS,
    colours: 'Colours',
    colourMaps: COLOUR_MAPS,
    hideDead: 'Hide silent (dead) maps',
  },
  second: {
    title: 'Photo B',
    choose: 'Choose photo B',
    replace: 'Another photo B',
    swap: 'Swap A and B',
    remove: 'Remove B',
    noSwap: 'A and B are by two models: to swap them, choose the other model on the model page.',
    noLayer: (model: string, layer: string) => `“${model}” (B) has no layer ${layer} of this size, so only A’s maps are shown.`,
  },
  pins: {
    title: 'Pinned',
    ownRange: 'each by its own range',
    ownRangeOfTwo: 'each by its own range, A above B',
    show: (layer: string, filter: number) => `Show ${layer}, filter ${filter}`,
    remove: (layer: string, filter: number) => `Unpin ${layer}, filter ${filter}`,
  },
  fullscreen: { enter: 'Full screen', leave: 'Leave full screen' },
  exports: EXPORTS,
  tools: viewerTools,
};
