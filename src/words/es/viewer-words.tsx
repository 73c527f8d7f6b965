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
    `${title}: ${formatNumber(maps)} mapas de ${layer}. Las flechas mueven, Intro amplía.`,
  option(filter: number, map: string, { isMuted, isPinned }: { readonly isMuted: boolean; readonly isPinned: boolean }): string {
    return `Filtro ${filter}: ${map}${isMuted ? ', silenciado' : ''}${isPinned ? ', fijado' : ''}`;
  },
  silent: (silent: number, maps: number) => `Inactivos (muertos) aquí: ${formatNumber(silent)} de ${formatNumber(maps)}`,
  same: (same: number, maps: number) => `Iguales en las dos: ${formatNumber(same)} de ${formatNumber(maps)}`,
  allHidden: 'Todos los mapas de esta capa están inactivos aquí, y los mapas inactivos están ocultos.',
  chooseMap: 'Elija un mapa para ampliarlo.',
  atCell: (filter: number, cell: CellValues) => `Filtro ${filter} en x ${cell.x}, y ${cell.y}: ${sayAll(sayValues(cell))}`,
  ofMap: (filter: number, said: readonly Said[]) => `Filtro ${filter}: ${sayAll(said)}`,
};

const ZOOM = {
  title: (layer: string, filter: number): ReactNode => (
    <>
      <span>{layer}</span> <span>{`filtro ${filter}`}</span>
    </>
  ),
  muted: 'silenciado',
  pointAtMap: 'Señale un mapa para leer un valor.',
  atCell: (cell: CellValues) => `x ${cell.x}, y ${cell.y}: ${sayValues(cell).map(namePane).join(' · ')}`,
  pin: 'Fijar',
  mute: 'Silenciar',
  more: 'Números y más',
  aboutPools: 'Una agrupación solo toma máximos: silencie filtros en la convolución anterior.',
  facts: {
    least: 'Mínimo',
    greatest: 'Máximo',
    mean: 'Media',
    deviation: 'Desviación estándar',
    active: 'Sobre cero',
    /** @param share - 0-1. */
    activeShare: (share: number) => formatPercent(share),
  },
  mapLabel: (filter: number, pane: Pane, side: number, [min, max]: readonly [number, number]) =>
    `Mapa del filtro ${filter}, ${PANES[pane]}, ${side} por ${side} valores de ${formatActivation(min)} a ${formatActivation(max)}. Pulse para seguir un lugar en él; las flechas mueven el lugar.`,
  stepper: {
    label: (last: number) => `Número de filtro, de 0 a ${last}`,
    previous: 'Filtro anterior',
    next: 'Filtro siguiente',
  },
};

const KEYS: readonly (readonly [keys: string, what: string])[] = [
  ['flechas', 'moverse entre mapas'],
  ['Inicio, Fin', 'primer mapa, último'],
  ['Intro', 'ampliar el mapa'],
  ['[ ]', 'capa anterior, siguiente'],
  ['+ − 0', 'acercar, alejar, volver'],
  ['m', 'silenciar o dejar de silenciar'],
  ['p', 'fijar o soltar'],
];

const SCALES: Readonly<Record<ScaleScope, string>> = {
  map: 'cada mapa',
  layer: 'la capa',
  both: 'las dos fotos',
  tutorial: 'tutorial (media ± 5 desviaciones estándar)',
};

const LAYOUTS: Readonly<Record<AtlasLayout, string>> = { fit: 'ajustada', mosaic: 'mosaico, 8 o 16 de ancho' };

const PHOTOS: Readonly<Record<PhotoChoice, string>> = {
  a: 'solo A',
  b: 'solo B',
  both: 'A y B',
  difference: 'diferencia B − A',
};

const ORDERS: Readonly<Record<FilterOrder, string>> = {
  index: 'número de filtro',
  mean: 'media',
  max: 'valor máximo',
  active: 'parte activa',
  difference: 'más distintos en A y B',
  correlation: 'menos correlacionados en A y B',
  effect: 'efecto en la puntuación',
  spot: 'valor en el lugar',
};

const COLOUR_MAPS: Readonly<Record<SequentialColourMapName, string>> = {
  viridis: 'viridis',
  magma: 'magma',
  cividis: 'cividis',
  grey: 'gris',
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
  const colours = isDifference ? `divergentes, ${colourMap}` : colourMap;
  return `Lesion Lens, modelo ${model} · ${layer}, ${what} · escala de colores: ${scale} · colores: ${colours} · ${titles.join(', ')}`;
}

function photoTitle(slot: Slot): string {
  return `foto ${PANES[slot]}`;
}

const EXPORTS = {
  title: 'Exportar',
  allMaps: 'Todos los mapas, PNG',
  oneMap: (filter: number | null) => `Filtro ${filter ?? ''}, PNG`,
  values: (slot: Slot) => `Mapas de ${PANES[slot]}, .npy`,
  allLayers: (slot: Slot) => `Todas las capas de ${PANES[slot]}, .zip de .npy`,
  statistics: (slot: Slot) => `Estadísticas de ${PANES[slot]}, CSV`,
  about:
    '.npy contiene las activaciones de la capa como float32 [fila, columna, filtro]; la tabla tiene una fila por filtro. Se hace aquí y no se envía a ninguna parte.',
  photoTitle,
  sampleTitle: (slot: Slot, fileName: string) => `${photoTitle(slot)} (sintética: ${fileName})`,
  differenceTitle: 'foto B − foto A',
  atlasCaption: (facts: SheetFacts, shown: number, maps: number, side: number, order: FilterOrder) =>
    sheetCaption(facts, `${formatNumber(shown)} de ${formatNumber(maps)} mapas de ${size(side)}, orden: ${order}`),
  mapCaption: (facts: SheetFacts, filter: number) => sheetCaption(facts, `filtro ${filter}`),
  /** @param hash - The first digits of its weights’ fingerprint; null: not computed yet. */
  model: (version: string, hash: string | null) => (hash === null ? version : `${version}, SHA-256 ${hash}`),
  /** Below the colours where each map has a range of its own. */
  ownEnds: {
    map: ['mínimo de cada mapa', '', 'máximo de cada mapa'],
    tutorial: ['media − 5 DE', 'media de cada mapa', 'media + 5 DE'],
    difference: ['A responde más', '0', 'B responde más'],
  } satisfies Readonly<Record<string, readonly [string, string, string]>>,
  link: {
    copy: 'Copiar un enlace a esta vista',
    copied: 'Copiado.',
    refused: 'El navegador no dejó copiar a la página. Copie en su lugar la dirección de la página.',
    about: (isSample: boolean): string =>
      isSample
        ? 'Quien abra el enlace ve esta capa y este filtro de la misma muestra dibujada.'
        : 'El enlace nombra la capa y el filtro, no la foto. Quien lo abra puede elegir una foto propia o una muestra dibujada.',
  },
  atlasFigure: 'Todos los mapas como diapositiva, SVG',
  mapFigure: (filter: number | null) => `Filtro ${filter ?? ''} como diapositiva, SVG`,
  atlasTitle: (layer: string, maps: number, side: number) => `${layer}: ${formatNumber(maps)} mapas de ${size(side)}`,
  mapTitle: (layer: string, filter: number) => `${layer}, filtro ${filter}`,
};

export const viewer = {
  panes: PANES,
  paneTitle: (slot: Slot, fileName: string) => `${PANES[slot]}: ${fileName}`,
  map: {
    silent: 'inactivo, 0 en todas partes',
    noDifference: 'sin diferencia',
    span: (low: number, high: number, mean: number) =>
      `de ${formatActivation(low)} a ${formatActivation(high)}, media ${formatActivation(mean)}`,
  },
  atlas: ATLAS,
  zoom: ZOOM,
  legend: (low: number, high: number) => `Colores de ${formatActivation(low)} a ${formatActivation(high)}`,
  keys: {
    title: 'Teclas',
    list: KEYS,
    about:
      'Funcionan mientras el foco está en los mapas. Entonces la rueda también acerca, y con Ctrl en todo momento; arrastrar mueve los mapas ampliados, y dos dedos los acercan.',
  },
  size: {
    label: 'Tamaño de los mapas',
    smaller: 'Más pequeño',
    larger: 'Más grande',
    percent: (percent: number) => `${percent} %`,
    back: (percent: number) => `${percent} %, volver al 100 %`,
  },
  layers: {
    label: 'Capa',
    previous: 'Capa anterior',
    next: 'Capa siguiente',
    block: (block: number) => `Bloq. ${block}`,
    choice: (name: string, maps: number, side: number) => `${name} · ${formatNumber(maps)} de ${size(side)}`,
    rail: 'Capas de la red, de la foto a la puntuación',
    barLabel: (name: string, maps: number, side: number) => `${name}: ${formatNumber(maps)} mapas de ${side} por ${side}`,
    barTitle: (name: string, maps: number, side: number) => `${name} · ${formatNumber(maps)} mapas de ${size(side)}`,
    size,
  },
  choices: {
    withMissing: (choice: string, missing: string) => `${choice} (${missing})`,
    needsSecond: 'necesita la foto B',
    needsRanking: 'mida antes los filtros',
    needsConvolution: 'solo convoluciones',
    needsSpot: 'elija antes un lugar',
    scale: 'Escala de colores',
    scales: SCALES,
    title: 'Vista',
    order: 'Orden',
    orders: ORDERS,
    photos: 'Fotos',
    photoChoices: PHOTOS,
    layout: 'Disposición',
    layouts: LAYOUTS,
    colours: 'Colores',
    colourMaps: COLOUR_MAPS,
    hideDead: 'Ocultar mapas inactivos (muertos)',
  },
  second: {
    title: 'Foto B',
    choose: 'Elegir foto B',
    replace: 'Otra foto B',
    swap: 'Intercambiar A y B',
    remove: 'Quitar B',
    noSwap: 'A y B son de dos modelos: para intercambiarlos, elija el otro modelo en la página del modelo.',
    noLayer: (model: string, layer: string) =>
      `«${model}» (B) no tiene ninguna capa ${layer} de este tamaño, así que solo se muestran los mapas de A.`,
  },
  pins: {
    title: 'Fijados',
    ownRange: 'cada uno según su propio intervalo',
    ownRangeOfTwo: 'cada uno según su propio intervalo, A encima de B',
    show: (layer: string, filter: number) => `Mostrar ${layer}, filtro ${filter}`,
    remove: (layer: string, filter: number) => `Soltar ${layer}, filtro ${filter}`,
  },
  fullscreen: { enter: 'Pantalla completa', leave: 'Salir de pantalla completa' },
  exports: EXPORTS,
  tools: viewerTools,
};
