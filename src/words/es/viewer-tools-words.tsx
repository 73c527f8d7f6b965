import { sentence } from '../sentence';
import type { ReactNode } from 'react';
import type { ComparisonOrder, MapComparison } from '../../domain/compare-maps';
import type { Shortcut } from '../../domain/shortcut-masks';
import type { Slot } from '../../store/app-state';
import { countWords, formatNumber, formatPercent, formatScore, roughDuration } from '../format';
import { formatActivation, formatSigned } from '../format-values';

const PHOTOS: Readonly<Record<Slot, string>> = { a: 'Foto A', b: 'Foto B' };

function ofTotal(done: number, total: number): string {
  return `${formatNumber(done)} de ${formatNumber(total)}`;
}

function timeLeft(ms: number): string {
  return `faltan cerca de ${roughDuration(ms)}`;
}

const EXPERIMENT = {
  about:
    'Silenciar pone el mapa de un filtro a 0 en todas partes, y la red vuelve a calcular la puntuación desde esa capa en adelante.',
  badge: 'Experimento: no es la puntuación del modelo',
  undo: 'Deshacer',
  unmuteAll: 'Dejar de silenciar todos',
  noneMuted: 'No hay ningún filtro silenciado.',
  comparisonOnly: 'No se puede decir: números solo para comparar',
  measured: 'Como se midió',
  experiment: 'Experimento',
  /** @param change - Of the logit, by the muting; null: the score as measured. */
  score(probability: number, logit: number, change: number | null): ReactNode {
    return (
      <>
        <b>{formatScore(probability)}</b> <span>{`logit ${formatSigned(logit)}`}</span>
        {change !== null && <span>{`cambio ${formatSigned(change)}`}</span>}
      </>
    );
  },
  computing: 'calculando …',
  begin: 'silencie un filtro para empezar',
  notComputed: 'no calculado',
  otherModel: 'Los filtros se silencian solo en A: B es de otro modelo, donde el mismo número es otro filtro.',
  mute: (filter: number) => `Silenciar el filtro ${filter}`,
  unmute: (filter: number) => `Dejar de silenciar el filtro ${filter}`,
  keepOnly: (filter: number) => `Dejar solo el filtro ${filter}`,
  keepPinned: (pinned: number) => `Dejar solo los filtros fijados de esta capa (${formatNumber(pinned)})`,
  muteBefore: (layer: ReactNode): ReactNode =>
    sentence`Una agrupación transmite la convolución anterior. Para silenciar un filtro, elija ${layer}.`,
  goTo: (layer: string) => `Ir a ${layer}`,
};

const MUTED = {
  title: 'Filtros silenciados',
  layer: (layer: ReactNode, muted: number, kept: number): ReactNode =>
    sentence`${layer}: ${countWords(muted, 'filtro silenciado', 'filtros silenciados')}, quedan ${formatNumber(kept)}`,
  unmute: (filter: number, layer: string) => `Dejar de silenciar el filtro ${filter} de ${layer}`,
  more: (filters: number) => `y ${formatNumber(filters)} más`,
};

const RANKING = {
  title: 'Qué filtros mueven la puntuación',
  about: (layer: ReactNode): ReactNode =>
    sentence`Cada filtro de ${layer} se silencia por separado, con los demás como están, y se mide el cambio del logit de la foto A. + significa que la puntuación sube sin el filtro; −, que baja.`,
  start: 'Medir y ordenar los filtros de esta capa',
  goOn: (measured: number, filters: number) => `Seguir midiendo (medidos ${ofTotal(measured, filters)})`,
  order: 'Ordenar los mapas por efecto',
  progress: (layer: string) => `Midiendo ${layer}`,
  strongestSoFar: (measured: number) =>
    `Los más fuertes de los ${formatNumber(measured)} medidos hasta ahora; en unidades del logit.`,
  strongest: (listed: number, filters: number) =>
    `Los ${formatNumber(listed)} más fuertes de ${formatNumber(filters)}; en unidades del logit.`,
  /** For a screen reader, behind the number. */
  lowers: ', silenciarlo baja la puntuación',
  raises: ', silenciarlo sube la puntuación',
};

/** A cell of a heat map, counted from 0 as all positions in maps are. */
interface HeatCell {
  readonly column: number;
  readonly row: number;
}

interface HeatRange {
  readonly min: number;
  readonly max: number;
  /** Where the greatest value is; null: nothing is measured yet. */
  readonly peak: HeatCell | null;
}

function place({ column, row }: HeatCell): string {
  return `columna ${column}, fila ${row}`;
}

function heatRange({ min, max, peak }: HeatRange): string {
  if (peak === null) return 'Aún no se midió nada.';
  return `De ${formatSigned(min)} a ${formatSigned(max)}, lo más en ${place(peak)}.`;
}

/** The last convolution, whose maps the heat maps of the head are made of. */
interface LastConvolution {
  readonly name: string;
  readonly side: number;
}

/** Never a reason: a heat map shows where, and nothing else. */
const NO_REASON = 'Muestra dónde responde la red, no un motivo.';

const HEAT = {
  names: { 'grad-cam': 'Grad-CAM', 'hires-cam': 'HiResCAM', occlusion: 'Oclusión' },
  ofPhotoA: (name: string) => `${name} de la foto A`,
  captions: {
    'grad-cam': ({ name, side }: LastConvolution) =>
      `Grad-CAM: la suma de los mapas de ${name}, cada uno ponderado por cuánto sube la puntuación su gradiente medio. Grueso: ${side} × ${side} celdas. ${NO_REASON}`,
    'hires-cam': ({ name, side }: LastConvolution) =>
      `HiResCAM: la suma de los mapas de ${name}, cada valor ponderado por su propio gradiente de la puntuación. Grueso: ${side} × ${side} celdas. ${NO_REASON}`,
    /** @param coveredPx - Side of the square that covers a place. */
    occlusion: (coveredPx: number) =>
      `Oclusión: cuánto baja la puntuación cuando un cuadrado de ${coveredPx} × ${coveredPx} píxeles del color medio de la imagen tapa cada lugar. Por debajo de 0, la puntuación sube. ${NO_REASON}`,
  },
  /** What a number of the legend says. */
  units: { head: 'En unidades del logit', occlusion: 'Cuánto baja el logit cuando se tapa el lugar' },
  overlay: 'Superpuesto a la foto',
  noOverlay: 'Nada',
  mapOverlay: (layer: string, filter: number | null) =>
    filter === null ? 'Mapa del filtro elegido' : `Mapa del filtro elegido (${layer}, ${filter})`,
  /** @param share - 0-1. */
  opacity: (share: number) => `Opacidad: ${formatPercent(share)}`,
  aboutCover: 'Cuanto más lejos de 0 está un valor, más cubre su color la foto; donde se ve la foto, el mapa dice poco.',
  aboutPlain: (isCovered: boolean): string =>
    isCovered
      ? 'El mapa del filtro elegido, ampliado al tamaño de la imagen.'
      : 'La imagen tal como la vio la red. Elija un mapa de calor y se superpone a ella aquí y en la foto.',
  notMeasured: 'Aún no se midió.',
  range: heatRange,
  label: (name: string, side: number, range: HeatRange) => `${name}, ${side} por ${side} celdas. ${heatRange(range)}`,
  /** @param value - null: not measured yet. */
  cell: (cell: HeatCell, value: number | null) => `${place(cell)}: ${value === null ? 'aún no se midió' : formatSigned(value)}`,
  /** @param sum - Of the cells below zero. */
  belowZero: (negative: number, cells: number, sum: number) =>
    `${ofTotal(negative, cells)} celdas están por debajo de cero (en total ${formatSigned(sum)}): según esta medida, bajan la puntuación. Se dibujan como 0, como es costumbre en este mapa.`,
};

const OCCLUSION = {
  measured: (side: number) => `Medido en todos los ${side} × ${side} lugares.`,
  about: (side: number, passes: number) =>
    `Tapa ${side} × ${side} lugares de la foto, uno tras otro, y calcula la puntuación de cada uno: ${formatNumber(passes)} pasadas.`,
  start: 'Medir la oclusión',
  goOn: (done: number, total: number) => `Seguir midiendo (${ofTotal(done, total)})`,
  progress: 'Tapando la foto',
};

const SHORTCUT_NAMES: Readonly<Record<Shortcut, string>> = {
  lines: 'Líneas parecidas a pelos y marcas de regla',
  ink: 'Tinta: azul, verde, violeta',
  border: 'El borde',
  lesion: 'La propia lesión',
};

const LEANING = {
  about:
    'Una red puede apoyarse en lo que acompaña a una foto y no es lesión: pelos, una regla, tinta, un borde oscuro. Cada cosa se borra dejando que fluya hacia dentro lo que la rodea, y se vuelve a calcular la puntuación. En la propia lesión debería apoyarse mucho; en lo demás, apenas.',
  limits:
    'Lo que se borra se encuentra por color y forma, y puede ser demasiado o demasiado poco: mire la imagen. Que la puntuación se mueva no prueba ningún motivo.',
  start: 'Borrar y comparar',
  again: 'Comparar de nuevo',
  progress: 'Borrando',
  names: SHORTCUT_NAMES,
  none: 'No se encontró nada así.',
  all: 'Llena toda la imagen: no quedaría nada que pudiera fluir hacia dentro.',
  pictureLabel: (shortcut: Shortcut) => `La entrada de la red, borrado: ${SHORTCUT_NAMES[shortcut]}`,
  /** @param share - Of the picture, 0-1. */
  erased: (share: number) => `Borrado el ${formatPercent(share)} de la imagen`,
  /** @param from - Calibrated score, 0-1, as `to`. */
  move: (from: number, to: number): ReactNode =>
    sentence`Puntuación ${formatScore(from)} → ${(<b>{formatScore(to)}</b>)}, ${formatSigned(to - from)}`,
};

const LIKING = {
  about: 'Una imagen se cambia paso a paso, empezando por ruido gris, para que crezca la activación media de un filtro.',
  noFilters: 'Una agrupación no tiene filtros propios. Elija una convolución.',
  chooseFilter: 'Elija un filtro.',
  start: (layer: string, filter: number) => `Dibujar lo que le gusta al filtro ${filter} de ${layer}`,
  progress: (layer: string, filter: number) => `Dibujando para ${layer}, filtro ${filter}`,
  meanNow: 'Activación media ahora',
  meanOfNoise: 'Con el ruido del principio',
  ratio: 'Proporción',
  /** @param ratio - null: the noise had none. */
  times: (ratio: number | null) => (ratio === null ? 'desde nada' : `${formatActivation(ratio)} veces`),
  steps: 'Pasos',
  stepsDone: (done: number, total: number, isCancelled: boolean) =>
    isCancelled ? `${ofTotal(done, total)}, cancelado` : ofTotal(done, total),
  caption: (layer: ReactNode, filter: number): ReactNode => sentence`Lo que le gusta a ${layer}, filtro ${filter}`,
  pictureLabel: (layer: string, filter: number) => `Imagen artificial que le gusta al filtro ${filter} de ${layer}`,
  mapCaption: 'Su mapa de la foto A',
  mapLabel: (layer: string, filter: number) => `Mapa del filtro ${filter} de ${layer} en la foto A`,
  artificial: 'Una imagen artificial, hecha por ascenso de gradiente sobre sus píxeles. No es una lesión.',
};

const KERNELS = {
  title: (layer: string) => `Los núcleos de ${layer}`,
  label: (kernels: number, layer: string) =>
    `Los ${formatNumber(kernels)} núcleos de ${layer}. Las flechas mueven, Intro elige el filtro.`,
  about:
    '3 × 3 pesos para rojo, verde y azul. Gris es 0, más claro es positivo, más oscuro negativo; cada núcleo según su propio peso mayor.',
};

interface DenseSums {
  /** Units above zero. */
  readonly active: number;
  readonly added: number;
  readonly taken: number;
  readonly bias: number;
  readonly logit: number;
}

const DENSE = {
  about: (units: number) =>
    `Tras la última agrupación, ${formatNumber(units)} unidades miran a la vez todos sus mapas. La activación de cada unidad por su peso es su aportación; todas las aportaciones y el sesgo suman el logit.`,
  sums({ active, added, taken, bias, logit }: DenseSums): ReactNode {
    const units = countWords(active, 'unidad activa', 'unidades activas');
    const plus = <b>{formatSigned(added)}</b>;
    const minus = <b>{formatSigned(taken)}</b>;
    return sentence`${units}; suman ${plus}, restan ${minus}; sesgo ${(<b>{formatSigned(bias)}</b>)}; en total el logit ${(<b>{formatSigned(logit)}</b>)}.`;
  },
  order: 'Orden de las unidades',
  byNumber: 'por número',
  byShare: 'por aportación, primero la mayor',
  stripLabel: 'Unidades de la capa densa; las flechas mueven',
  unitValue: (unit: number, activation: number, share: number) =>
    `Unidad ${unit}: activación ${formatActivation(activation)}, aportación al logit ${formatSigned(share)}`,
  legend: (top: number) => `Color: aportación al logit. Altura: activación, hasta ${formatActivation(top)}.`,
  largest: (listed: number) => `Las ${formatNumber(listed)} aportaciones mayores`,
  unit: 'Unidad',
  activation: 'Activación',
  share: 'Aportación',
};

interface SpotCell {
  readonly column: number;
  readonly row: number;
}

const SPOT = {
  choose: 'Elija un lugar de esta imagen, o de la foto: aquí se ve lo que dice cada filtro allí.',
  /** @param number - Which of how many convolutions the layer is; null: a pool. */
  place: (layer: ReactNode, number: readonly [number, number] | null, { column, row }: SpotCell): ReactNode =>
    sentence`${layer}${number !== null && `, convolución ${number[0]} de ${number[1]}`}: celda columna ${column}, fila ${row}`,
  pixel: (x: number, y: number) => `en el píxel ${x}, ${y} de la entrada de la red`,
  letGo: 'Soltar el lugar',
  previous: 'Capa anterior',
  next: 'Capa siguiente',
  stop: 'Parar aquí',
  beginAtFirst: 'Empezar en la primera capa',
  follow: (layers: number) => `Seguir por las ${formatNumber(layers)} capas`,
  stripLabel: (slot: Slot, filters: number) =>
    `${PHOTOS[slot]}: los ${formatNumber(filters)} filtros en este lugar; las flechas mueven, Intro elige`,
  filterValue: (filter: number, value: number) => `Filtro ${filter}: ${formatActivation(value)}`,
  bars: (last: number, top: number) =>
    `Una barra por filtro, de 0 a ${last}; una barra de altura completa es ${formatActivation(top)}.`,
  caption: (listed: number) => `Los ${formatNumber(listed)} filtros que más responden aquí en la foto A`,
  filter: 'Filtro',
};

const COMPARISON = {
  about: (layer: ReactNode): ReactNode =>
    sentence`El mapa de cada filtro de ${layer} en la foto A junto a su mapa en la foto B. La correlación es 1 donde responde en los mismos lugares de los dos cuadrados, 0 donde uno no dice nada del otro. Una raya: un mapa es igual en todas partes, así que no la hay.`,
  csv: 'Guardar como CSV',
  table: 'La foto A junto a la foto B, filtro por filtro',
  columns: {
    index: 'Filtro',
    correlation: 'Correlación',
    difference: 'Diferencia media',
    meanA: 'Media A',
    meanB: 'Media B',
  } satisfies Readonly<Record<ComparisonOrder, string>>,
  value: (column: keyof MapComparison, value: number) => {
    if (Number.isNaN(value)) return '–';
    return column === 'correlation' ? formatNumber(value, 2) : formatActivation(value);
  },
};

/** The tools below the maps. */
export const viewerTools = {
  title: 'Herramientas para los mapas',
  tabs: {
    experiment: 'Causa y efecto',
    heat: 'Mapas de calor de la puntuación',
    leaning: 'En qué se apoya',
    comparison: 'Foto A junto a B',
    liking: 'Qué le gusta a un filtro',
    dense: 'Capa densa',
    spot: 'En este lugar',
  },
  photos: PHOTOS,
  filter: (filter: number) => `Filtro ${filter}`,
  cancel: 'Cancelar',
  computing: 'Calculando …',
  activation: 'Activación',
  everywhere: (value: number) => `${formatActivation(value)} en todas partes`,
  /** @param msLeft - null: not known yet. */
  progress: (done: number, total: number, msLeft: number | null) =>
    msLeft === null ? ofTotal(done, total) : `${ofTotal(done, total)}, ${timeLeft(msLeft)}`,
  progressOf: (what: string, progress: string) => `${what}: ${progress}`,
  experiment: EXPERIMENT,
  muted: MUTED,
  ranking: RANKING,
  comparison: COMPARISON,
  heat: HEAT,
  occlusion: OCCLUSION,
  leaning: LEANING,
  liking: LIKING,
  kernels: KERNELS,
  dense: DENSE,
  spot: SPOT,
};
