import type { TutorialHindrance, TutorialStep } from '../../store/tutorial-facts';
import { formatNumber, formatPercent, formatScore } from '../format';
import { formatActivation } from '../format-values';

const TITLES: Readonly<Record<TutorialStep, string>> = {
  lesions: 'Two lesions, drawn by a program',
  network: 'The network in short',
  filter: 'What a filter is',
  maps: 'What the filters answered',
  filters: 'Two filters enlarged',
  deep: 'Deeper layers',
  mute: 'Muting a filter',
  score: 'The score, and what it is not',
};

const HINDRANCES: Readonly<Record<TutorialHindrance, string>> = {
  'other-model': 'The tutorial is about the model that comes with the app. Choose that one on the Model page first.',
  busy: 'The tutorial can begin when what is being computed now is done.',
};

interface PartSize {
  readonly convolutions: number;
  readonly maps: number;
  readonly side: number;
}

const NAMES = { a: 'A', b: 'B' };

export const tutorial = {
  start: 'Tutorial: what a network sees',
  startShort: 'Tutorial',
  hindrances: HINDRANCES,
  label: 'Tutorial',
  titles: TITLES,
  progress: (at: number, steps: number) => `Step ${at} of ${steps}`,
  back: 'Back',
  next: 'Next',
  exit: 'Leave',
  done: 'Leave the tutorial',
  loading: 'Opening the tutorial …',
  waiting: 'The two pictures are being analysed …',
  keys: 'Keys: left and right arrow, Escape leaves.',
  lesions: {
    about: [
      'A program drew these two pictures; they show nobody’s skin. The left one is round and even, the right one is uneven in shape and colour. The tutorial follows both through the network.',
      'Your own photos, if there are any, are set aside with all that you chose, and come back when you leave.',
    ],
    captions: { a: 'A: even, drawn by a program', b: 'B: uneven, drawn by a program' },
    alts: { a: 'Drawn lesion A: round, one brown, on light skin', b: 'Drawn lesion B: frayed, of many colours, on light skin' },
  },
  network: {
    about: [
      'The picture goes in as a square of pixels in three colours. Layers of filters, called convolutions, look at it one after the other. After each block a pool halves width and height. At the end stands one number.',
    ],
    caption: 'The network, from picture to answer',
    heads: { part: 'Part', what: 'Layers', parameters: 'Parameters' },
    input: 'Picture',
    inputSize: (side: number, channels: number) => `${side}×${side}×${channels}`,
    block: (block: number) => `Block ${block}`,
    blockSize: ({ convolutions, maps, side }: PartSize) => `${convolutions} × ${formatNumber(maps)} maps, ${side}×${side}`,
    answer: 'Answer',
    answerSize: (units: readonly number[]) => `dense: ${units.map((n) => formatNumber(n)).join(', ')}`,
    total: (convolutions: number) => `Altogether ${convolutions} convolutions`,
    parameters: (count: number) => (count === 0 ? '–' : formatNumber(count)),
  },
  filter: {
    about: [
      'A filter of the first layer is 3×3 weights for each of the three colours. It is laid over every place of the picture. There pixels, scaled as in training, and weights are multiplied and added up with one more number; what comes out below 0 becomes 0. That is one value of the filter’s map.',
    ],
    real: (layer: string, filter: number) =>
      `All real: a piece of picture B, and weights and values of filter ${filter} of ${layer}. Its weights are below 0 at the lower left and above 0 at the upper right, so it answers where the picture is brighter at the upper right.`,
    pixels: 'Pixels',
    weights: 'Weights',
    colours: ['red', 'green', 'blue'],
    map: 'Map',
    scene: 'Left a piece of the picture with the frame of the filter, in the middle its weights, right its map as it fills',
    play: 'Play',
    pause: 'Pause',
    step: 'One place on',
    place: (place: number, places: number, value: number) => `Place ${place} of ${places}: ${formatActivation(value)}`,
    colourKey: 'Weights: orange above 0, blue below 0, dark near 0. Map: bright is a high value.',
  },
  maps: {
    about: (maps: number, field: number) => [
      `Below are all ${formatNumber(maps)} maps of block2_conv1 for both pictures, filter by filter in the same order. Each value depends on ${field}×${field} pixels of the picture.`,
      'Many of them draw the edge of the lesion from one side: a smooth crescent in A, a broken line in B. Striped tiles are silent: 0 everywhere. Press a map to enlarge it.',
    ],
  },
  filters: {
    about: [
      'Filter 49 is silent in A. In B it answers at few places, most of them at the frayed edge.',
      'Filter 94 answers in both along the lower left edge of the lesion, where skin lies below and left of it. It also answers along the edge of the picture, where the network pads with zeros: that is nothing of a lesion.',
      'Two pictures show no more than that. A filter that answers to an edge here may answer to other things elsewhere.',
    ],
    figure: (filter: number, slot: 'a' | 'b') => `Filter ${filter}, ${NAMES[slot]}`,
    facts: (share: number, max: number) =>
      max === 0 ? 'silent' : `above 0 at ${formatPercent(share)} of the places, up to ${formatActivation(max)}`,
    alt: (filter: number, slot: 'a' | 'b') => `Map of filter ${filter} for picture ${NAMES[slot]}`,
    ranges: 'Each map is coloured by its own range.',
  },
  deep: {
    about: (maps: number, field: number) => [
      `Below are the ${formatNumber(maps)} maps of block3_conv3. Each value depends on ${field}×${field} pixels, so it can answer to more than an edge: to a corner, a texture, an arrangement. What exactly, has no simple name.`,
    ],
    /** @param share - 0-1: half of the maps answer at no more of their places. */
    sparse: (slot: 'a' | 'b', share: number) =>
      `In ${NAMES[slot]} half of these maps are above 0 at ${formatPercent(share)} of their places or fewer.`,
  },
  mute: {
    about: (layer: string, filter: number) => [
      `Muting sets a filter’s map to 0 everywhere; the network then runs on from there. Filter ${filter} of ${layer} answers in B around its darkest part, and in both pictures along the lower and right edge.`,
    ],
    mute: (filter: number) => `Mute filter ${filter}`,
    unmute: (filter: number) => `Unmute filter ${filter}`,
    caption: 'Scores with and without the filter',
    heads: { photo: 'Picture', measured: 'Score', without: 'Muted' },
    names: NAMES,
    score: formatScore,
    none: '–',
    running: '…',
    meaning:
      'Where the score moves, the network uses this filter for this picture. Why it does, muting does not say. The score of one picture rests on thousands of filters.',
  },
  score: {
    both: (a: number, b: number) => `A scores ${formatScore(a)}, B scores ${formatScore(b)}, on a scale from 0 to 1.`,
    about: [
      'The score says how much a picture resembles, for this network, the malignant ones among its training pictures. It is not a diagnosis and not the chance of a disease.',
      'Both pictures are drawn, so their scores say nothing about anybody’s skin. With real photos the network errs too, in both directions; the Model page has the figures.',
      'Whatever the score: show a doctor a spot that is new, that changes, that bleeds, or that looks unlike your others.',
    ],
  },
};
