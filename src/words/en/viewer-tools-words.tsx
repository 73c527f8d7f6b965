import { sentence } from '../sentence';
import type { ReactNode } from 'react';
import type { ComparisonOrder, MapComparison } from '../../domain/compare-maps';
import type { Shortcut } from '../../domain/shortcut-masks';
import type { Slot } from '../../store/app-state';
import { countWords, formatNumber, formatPercent, formatScore, roughDuration } from '../format';
import { formatActivation, formatSigned } from '../format-values';

const PHOTOS: Readonly<Record<Slot, string>> = { a: 'Photo A', b: 'Photo B' };

function ofTotal(done: number, total: number): string {
  return `${formatNumber(done)} of ${formatNumber(total)}`;
}

function timeLeft(ms: number): string {
  return `about ${roughDuration(ms)} left`;
}

const EXPERIMENT = {
  about: 'Muting sets a filter’s map to 0 everywhere, and the network computes the score again from that layer on.',
  badge: 'Experiment: not the model’s score',
  undo: 'Undo',
  unmuteAll: 'Unmute all',
  noneMuted: 'No filter is muted.',
  comparisonOnly: 'Can’t say: numbers to compare only',
  measured: 'As measured',
  experiment: 'Experiment',
  /** @param change - Of the logit, by the muting; null: the score as measured. */
  score(probability: number, logit: number, change: number | null): ReactNode {
    return (
      <>
        <b>{formatScore(probability)}</b> <span>{`logit ${formatSigned(logit)}`}</span>
        {change !== null && <span>{`change ${formatSigned(change)}`}</span>}
      </>
    );
  },
  computing: 'computing …',
  begin: 'mute a filter to begin',
  notComputed: 'not computed',
  otherModel: 'Filters are muted in A alone: B is by another model, where the same number is another filter.',
  mute: (filter: number) => `Mute filter ${filter}`,
  unmute: (filter: number) => `Unmute filter ${filter}`,
  keepOnly: (filter: number) => `Keep only filter ${filter}`,
  keepPinned: (pinned: number) => `Keep only the pinned filters of this layer (${formatNumber(pinned)})`,
  muteBefore: (layer: ReactNode): ReactNode =>
    sentence`A pool passes on the convolution before it. To mute a filter, choose ${layer}.`,
  goTo: (layer: string) => `Go to ${layer}`,
};

const MUTED = {
  title: 'Muted filters',
  layer: (layer: ReactNode, muted: number, kept: number): ReactNode =>
    sentence`${layer}: ${countWords(muted, 'filter')} muted, ${formatNumber(kept)} kept`,
  unmute: (filter: number, layer: string) => `Unmute filter ${filter} of ${layer}`,
  more: (filters: number) => `and ${formatNumber(filters)} more`,
};

const RANKING = {
  title: 'Which filters move the score',
  about: (layer: ReactNode): ReactNode =>
    sentence`Each filter of ${layer} is muted by itself, the others left as they are, and the change of photo A’s logit is measured. + means that the score rises without the filter, − that it falls.`,
  start: 'Rank the filters of this layer',
  goOn: (measured: number, filters: number) => `Go on ranking (${ofTotal(measured, filters)} measured)`,
  order: 'Order the maps by effect',
  progress: (layer: string) => `Ranking ${layer}`,
  strongestSoFar: (measured: number) => `The strongest of the ${formatNumber(measured)} measured so far; in units of the logit.`,
  strongest: (listed: number, filters: number) =>
    `The ${formatNumber(listed)} strongest of ${formatNumber(filters)}; in units of the logit.`,
  /** For a screen reader, behind the number. */
  lowers: ', muting it lowers the score',
  raises: ', muting it raises the score',
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
  return `column ${column}, row ${row}`;
}

function heatRange({ min, max, peak }: HeatRange): string {
  if (peak === null) return 'Nothing measured yet.';
  return `${formatSigned(min)} to ${formatSigned(max)}, most at ${place(peak)}.`;
}

/** The last convolution, whose maps the heat maps of the head are made of. */
interface LastConvolution {
  readonly name: string;
  readonly side: number;
}

/** Never a reason: a heat map shows where, and nothing else. */
const NO_REASON = 'It shows where the network responds, not a reason.';

const HEAT = {
  names: { 'grad-cam': 'Grad-CAM', 'hires-cam': 'HiResCAM', occlusion: 'Occlusion' },
  ofPhotoA: (name: string) => `${name} of photo A`,
  captions: {
    'grad-cam': ({ name, side }: LastConvolution) =>
      `Grad-CAM: the maps of ${name}, each weighted by how much its mean gradient raises the score, added up. Coarse: ${side} × ${side} cells. ${NO_REASON}`,
    'hires-cam': ({ name, side }: LastConvolution) =>
      `HiResCAM: the maps of ${name}, each value weighted by its own gradient of the score, added up. Coarse: ${side} × ${side} cells. ${NO_REASON}`,
    /** @param coveredPx - Side of the square that covers a place. */
    occlusion: (coveredPx: number) =>
      `Occlusion: how far the score falls when a square of ${coveredPx} × ${coveredPx} pixels in the picture’s mean colour covers each place. Below 0 the score rises. ${NO_REASON}`,
  },
  /** What a number of the legend says. */
  units: { head: 'In units of the logit', occlusion: 'How far the logit falls when the place is covered' },
  overlay: 'Laid over the photo',
  noOverlay: 'None',
  mapOverlay: (layer: string, filter: number | null) =>
    filter === null ? 'Map of the chosen filter' : `Map of the chosen filter (${layer}, ${filter})`,
  /** @param share - 0-1. */
  opacity: (share: number) => `Opacity: ${formatPercent(share)}`,
  aboutCover: 'The further a value is from 0, the more its colour covers the photo; where the photo shows, the map says little.',
  aboutPlain: (isCovered: boolean): string =>
    isCovered
      ? 'The map of the chosen filter, scaled to the picture.'
      : 'The picture as the network saw it. Choose a heat map, and it is laid over it here and on the photo.',
  notMeasured: 'Not measured yet.',
  range: heatRange,
  label: (name: string, side: number, range: HeatRange) => `${name}, ${side} by ${side} cells. ${heatRange(range)}`,
  /** @param value - null: not measured yet. */
  cell: (cell: HeatCell, value: number | null) => `${place(cell)}: ${value === null ? 'not measured yet' : formatSigned(value)}`,
  /** @param sum - Of the cells below zero. */
  belowZero: (negative: number, cells: number, sum: number) =>
    `${ofTotal(negative, cells)} cells are below zero (${formatSigned(sum)} together): by this measure they lower the score. They are drawn as 0, as is the custom for this map.`,
};

const OCCLUSION = {
  measured: (side: number) => `Measured at all ${side} × ${side} places.`,
  about: (side: number, passes: number) =>
    `Covers ${side} × ${side} places of the photo, one after another, and computes the score of each: ${formatNumber(passes)} passes.`,
  start: 'Measure occlusion',
  goOn: (done: number, total: number) => `Go on measuring (${ofTotal(done, total)})`,
  progress: 'Covering the photo',
};

const SHORTCUT_NAMES: Readonly<Record<Shortcut, string>> = {
  lines: 'Hair-like lines and ruler marks',
  ink: 'Ink: blue, green, violet',
  border: 'The border',
  lesion: 'The lesion itself',
};

const LEANING = {
  about:
    'A network may lean on what comes with a photo and is no lesion: hairs, a ruler, ink, a dark rim. Each is erased, by letting what lies round it flow in, and the score is computed again. On the lesion itself it should lean a lot, on the rest hardly.',
  limits:
    'What is erased is found by colour and shape, which may take too much or too little: look at the picture. A move of the score is no proof of a reason.',
  start: 'Erase and compare',
  again: 'Compare again',
  progress: 'Erasing',
  names: SHORTCUT_NAMES,
  none: 'Nothing of the kind was found.',
  all: 'It fills the whole picture: nothing would be left to flow in.',
  pictureLabel: (shortcut: Shortcut) => `The network’s input, erased: ${SHORTCUT_NAMES[shortcut]}`,
  /** @param share - Of the picture, 0-1. */
  erased: (share: number) => `${formatPercent(share)} of the picture erased`,
  /** @param from - Calibrated score, 0-1, as `to`. */
  move: (from: number, to: number): ReactNode =>
    sentence`Score ${formatScore(from)} → ${(<b>{formatScore(to)}</b>)}, ${formatSigned(to - from)}`,
};

const LIKING = {
  about: 'A picture is changed step by step, beginning with grey noise, so that one filter’s mean activation grows.',
  noFilters: 'A pool has no filters of its own. Choose a convolution.',
  chooseFilter: 'Choose a filter.',
  start: (layer: string, filter: number) => `Draw what filter ${filter} of ${layer} likes`,
  progress: (layer: string, filter: number) => `Drawing for ${layer}, filter ${filter}`,
  meanNow: 'Mean activation now',
  meanOfNoise: 'On the noise at the start',
  ratio: 'Ratio',
  /** @param ratio - null: the noise had none. */
  times: (ratio: number | null) => (ratio === null ? 'from nothing' : `${formatActivation(ratio)} times`),
  steps: 'Steps',
  stepsDone: (done: number, total: number, isCancelled: boolean) =>
    isCancelled ? `${ofTotal(done, total)}, cancelled` : ofTotal(done, total),
  caption: (layer: ReactNode, filter: number): ReactNode => sentence`What ${layer}, filter ${filter} likes`,
  pictureLabel: (layer: string, filter: number) => `Artificial picture that filter ${filter} of ${layer} likes`,
  mapCaption: 'Its map of photo A',
  mapLabel: (layer: string, filter: number) => `Map of filter ${filter} of ${layer} on photo A`,
  artificial: 'An artificial picture, made by gradient ascent on its pixels. It is not a lesion.',
};

const KERNELS = {
  title: (layer: string) => `The kernels of ${layer}`,
  label: (kernels: number, layer: string) =>
    `The ${formatNumber(kernels)} kernels of ${layer}. Arrow keys move, Enter chooses the filter.`,
  about:
    '3 × 3 weights for red, green and blue. Grey is 0, brighter is positive, darker negative; each kernel by its own greatest weight.',
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
    `Behind the last pool, ${formatNumber(units)} units look at all of its maps at once. Each unit’s activation times its weight is its share; all shares and the bias add up to the logit.`,
  sums({ active, added, taken, bias, logit }: DenseSums): ReactNode {
    const units = countWords(active, 'unit is', 'units are');
    const plus = <b>{formatSigned(added)}</b>;
    const minus = <b>{formatSigned(taken)}</b>;
    return sentence`${units} active; they add ${plus}, take away ${minus}; bias ${(<b>{formatSigned(bias)}</b>)}; together the logit ${(<b>{formatSigned(logit)}</b>)}.`;
  },
  order: 'Order of the units',
  byNumber: 'by number',
  byShare: 'by share, greatest first',
  stripLabel: 'Units of the dense layer; arrow keys move',
  unitValue: (unit: number, activation: number, share: number) =>
    `Unit ${unit}: activation ${formatActivation(activation)}, share in the logit ${formatSigned(share)}`,
  legend: (top: number) => `Colour: share in the logit. Height: activation, up to ${formatActivation(top)}.`,
  largest: (listed: number) => `The ${formatNumber(listed)} largest shares`,
  unit: 'Unit',
  activation: 'Activation',
  share: 'Share',
};

interface SpotCell {
  readonly column: number;
  readonly row: number;
}

const SPOT = {
  choose: 'Choose a place on this picture, or on the photo: here stands what every filter says there.',
  /** @param number - Which of how many convolutions the layer is; null: a pool. */
  place: (layer: ReactNode, number: readonly [number, number] | null, { column, row }: SpotCell): ReactNode =>
    sentence`${layer}${number !== null && `, convolution ${number[0]} of ${number[1]}`}: cell column ${column}, row ${row}`,
  pixel: (x: number, y: number) => `at pixel ${x}, ${y} of the network’s input`,
  letGo: 'Let go of the spot',
  previous: 'Previous layer',
  next: 'Next layer',
  stop: 'Stop here',
  beginAtFirst: 'Begin at the first layer',
  follow: (layers: number) => `Follow through all ${formatNumber(layers)} layers`,
  stripLabel: (slot: Slot, filters: number) =>
    `${PHOTOS[slot]}: all ${formatNumber(filters)} filters at this spot; arrow keys move, Enter chooses`,
  filterValue: (filter: number, value: number) => `Filter ${filter}: ${formatActivation(value)}`,
  bars: (last: number, top: number) => `One bar a filter, from 0 to ${last}; a bar of full height is ${formatActivation(top)}.`,
  caption: (listed: number) => `The ${formatNumber(listed)} filters that respond most here on photo A`,
  filter: 'Filter',
};

const COMPARISON = {
  about: (layer: ReactNode): ReactNode =>
    sentence`Each filter’s map of ${layer} on photo A beside its map on photo B. The correlation is 1 where it responds at the same places of both squares, 0 where one says nothing of the other. A dash: a map is the same everywhere, so there is none.`,
  csv: 'Save as CSV',
  table: 'Photo A beside photo B, filter by filter',
  columns: {
    index: 'Filter',
    correlation: 'Correlation',
    difference: 'Mean difference',
    meanA: 'Mean A',
    meanB: 'Mean B',
  } satisfies Readonly<Record<ComparisonOrder, string>>,
  value: (column: keyof MapComparison, value: number) => {
    if (Number.isNaN(value)) return '–';
    return column === 'correlation' ? formatNumber(value, 2) : formatActivation(value);
  },
};

/** The tools below the maps. */
export const viewerTools = {
  title: 'Tools for the maps',
  tabs: {
    experiment: 'Cause and effect',
    heat: 'Heat maps of the score',
    leaning: 'What it leans on',
    comparison: 'Photo A beside B',
    liking: 'What a filter likes',
    dense: 'Dense layer',
    spot: 'At this spot',
  },
  photos: PHOTOS,
  filter: (filter: number) => `Filter ${filter}`,
  cancel: 'Cancel',
  computing: 'Computing …',
  activation: 'Activation',
  everywhere: (value: number) => `${formatActivation(value)} everywhere`,
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
