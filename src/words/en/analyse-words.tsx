import type { ScaleScope } from '../../domain/colour-scale';
import type { ViewRange } from '../../domain/eight-views';
import type { QuarterTurns } from '../../domain/geometry';
import type { MapLayer } from '../../domain/network';
import type { PhotoKind, PictureKind } from '../../domain/probes';
import type { SyntheticLesionKind } from '../../domain/synthetic-lesion';
import type { PhotoOrigin, Slot } from '../../store/app-state';
import { formatNumber, formatScore } from '../format';

/** What the reader of the maps must know of a photo to name it. */
interface NamedPhoto {
  readonly fileName: string;
  readonly origin: PhotoOrigin;
}

function photoAlt({ fileName, origin }: NamedPhoto): string {
  return origin === 'own' ? `Photo ${fileName}` : `Synthetic sample ${fileName}`;
}

const SAMPLES: Readonly<Record<SyntheticLesionKind, string>> = {
  regular: 'Regular (synthetic)',
  irregular: 'Irregular (synthetic)',
};

const SCALE_NOTES: Readonly<Record<ScaleScope, string>> = {
  map: 'Each map is coloured by its own range, so the same colour means different values in different maps.',
  layer: 'All maps of a photo are coloured by one range, so colours can be compared between its maps.',
  both: 'All maps of both photos are coloured by one range, so colours can be compared between maps and photos.',
  tutorial:
    'Each map is centred at its mean, which gets the middle colour; the colours reach five standard deviations to either side.',
};

const DIFFERENCE_NOTE =
  'In the difference blue is where A answers more, orange where B does; dark is no difference. Of two photos, pixels at the same place need not show the same part of a lesion.';

const MODELS_DIFFERENCE_NOTE =
  'In the difference blue is where A answers more, orange where B does; dark is no difference. Filters of the same number need not look for the same thing, unless one model was trained on from the other.';

interface MapsNoteFacts {
  readonly maps: number;
  readonly side: number;
  readonly scale: ScaleScope;
  readonly isDifference: boolean;
  /** Photo A, and B where there is one. */
  readonly photos: readonly NamedPhoto[];
  /** Names of the two models, where B is photo A by another one; empty else. */
  readonly models: readonly string[];
}

function mapsNote({ maps, side, scale, isDifference, photos, models }: MapsNoteFacts): string {
  const names = photos.map(({ fileName, origin }) => (origin === 'own' ? fileName : `the synthetic sample ${fileName}`));
  const [modelA, modelB] = models;
  const isOfModels = modelA !== undefined && modelB !== undefined;
  const byModels = isOfModels ? `${names[0] ?? ''} by ${modelA} (A) and by ${modelB} (B)` : null;
  const sources = byModels ?? (names.length > 1 ? `${names.join(' (A) and ')} (B)` : names.join(''));
  return [
    `${maps} maps of ${side}×${side}, numbered from 0.`,
    SCALE_NOTES[scale],
    ...(isDifference ? [isOfModels ? MODELS_DIFFERENCE_NOTE : DIFFERENCE_NOTE] : []),
    `Computed from ${sources}.`,
  ].join(' ');
}

type ConvolutionSize = Pick<MapLayer, 'side' | 'channels'>;

export const analyse = {
  title: 'See what a neural network sees in a skin spot',
  promise:
    'Give it a photo of a mole or another spot: you get the network’s score, how often it errs, and all that its filters saw. The photo never leaves this device.',
  parts: {
    title: 'Parts of this page',
    names: { result: 'Result', maps: 'Maps', tools: 'Tools' },
  },
  syntheticSample: 'Synthetic sample',
  privacy: 'The photo stays on this device. It is not uploaded and not stored.',
  photo: {
    title: 'Photo',
    choose: 'Choose a photo',
    chooseAnother: 'Choose another photo',
    another: 'New photo',
    invitation: 'Drop a photo of a skin lesion',
    invitationTouch: 'Take or choose a photo of a skin spot',
    invitationWays: 'anywhere on this page, paste it, or choose it here.',
    alt: photoAlt,
    altPending: (fileName: string) => `Photo ${fileName}, not analysed yet`,
    altWithSquare: (photo: NamedPhoto) => `${photoAlt(photo)}, with the square that was analysed`,
    waiting: (fileName: string) => `${fileName} is kept and will be analysed as soon as the model is ready.`,
    running: (fileName: string) => `Analysing ${fileName} …`,
    /** Under the photo. @param isWhole - Nothing of it lies outside the square. */
    analysedPart(isWhole: boolean, quarterTurns: QuarterTurns): string {
      const part = isWhole ? 'All of it was analysed' : 'The bright square was analysed';
      return quarterTurns === 0 ? part : `${part}, turned by ${quarterTurns * 90}° clockwise`;
    },
    seen: (side: number) => `What the network saw: ${side}×${side}`,
    seenLabel: (side: number) => `The picture as the network saw it, ${side} by ${side} pixels`,
    size: (width: number, height: number) => `${width}×${height}`,
  },
  notes: {
    title: 'Notes on the photo',
    nothing: 'Sharpness, light and resolution are fine.',
  },
  stage: {
    choose: 'Choose a place on the photo to follow through the layers',
    /** @param column - In the network's picture, as `row`, both below `side`. */
    followed: (column: number, row: number, side: number) =>
      `Followed place: column ${column}, row ${row} of ${side}. Arrow keys move it, Escape lets it go.`,
  },
  samples: {
    title: 'Or a sample, drawn by a program:',
    invitation: 'No photo at hand? These are drawn by a program:',
    kinds: SAMPLES,
  },
  score: {
    title: 'The model’s score for malignant',
    /** Beside another model's. */
    titleOf: (version: string) => `Score for malignant by the model that ships (${version})`,
    unit: 'on a scale from 0 to 1',
    ofSample: 'A program drew this lesion. Its score says nothing about anybody’s skin.',
    moreOnModel: 'More on the model',
    showDoctor:
      'Whatever the score: show a doctor a spot that is new, that changes, that bleeds, or that looks unlike your others.',
    noDevice: 'Educational and research model, not a medical device.',
    report: 'Report',
    details: 'Details',
    logit: 'Uncalibrated logit',
    logitValue: (logit: number) => formatNumber(logit, 4),
    computedIn: 'Computed in',
    computedMs: (ms: number) => `${Math.round(ms)} ms`,
    cantSay: 'Can’t say',
    numberAnyway: 'Show the number all the same',
    /** Said when a verdict was there and the views have come. */
    takenAway: (slot: Slot) =>
      `${slot === 'b' ? 'Photo B: looked' : 'Looked'} at turned and mirrored, the square gets very different scores. The app now says “can’t say”.`,
    notReliable: (probability: number) =>
      `The network still gave a number, ${formatScore(probability)}, but on such a picture it should not be relied on.`,
  },
  scale: {
    label: (probability: number, threshold: number) =>
      `On a scale from 0 to 1 the score is ${formatScore(probability)}; the alarm line is at ${formatScore(threshold)}.`,
    range: ({ low, high }: ViewRange) =>
      `Turned and mirrored, the same square scores ${formatScore(low)} to ${formatScore(high)}.`,
    rangeFailed: 'The same square turned and mirrored could not be computed.',
    rangeToCome: 'The same square turned and mirrored: to come …',
    zero: formatNumber(0),
    one: formatNumber(1),
    line: (threshold: number) => `alarm line ${formatScore(threshold)}`,
  },
  kind: {
    names: { dermatoscope: 'Dermatoscope', phone: 'Phone' } satisfies Record<PictureKind, string>,
    /** @param isSaid - By the person. */
    legend(kind: PhotoKind, isSaid: boolean): string {
      if (isSaid) return 'Taken with, as you said:';
      return kind === 'unknown' ? 'Taken with: could not be told. Which was it?' : 'Taken with, as it looks:';
    },
  },
  second: {
    title: 'Photo B',
    unit: 'the model’s score for malignant',
  },
  viewer: {
    title: 'What the filters saw',
    unreadable: 'The maps could not be read.',
    /** @param filter - null: the address names none. */
    gone: (layer: string, filter: number | null) =>
      `This address asks for ${filter === null ? layer : `${layer}, filter ${filter}`}, but no photo is open: a link holds none, and a photo and its result are gone when the page is closed or loaded anew.`,
    goneSample: 'Show this view of a sample',
    gonePhoto: 'Choose your own photo',
    mapsNote,
    aboutFilters:
      'A filter is a small pattern detector. Its map is bright where the pattern was found. Early layers answer to edges and colours in fine detail, late ones to whole structures in coarse squares.',
    sketch: (layers: number, first: ConvolutionSize, last: ConvolutionSize) =>
      `The network: ${layers} layers of maps, from ${first.channels} maps of ${first.side} by ${first.side} to ${last.channels} maps of ${last.side} by ${last.side}.`,
  },
  preview: {
    title: (maps: number, layer: string) => `What the ${maps} filters of ${layer} see in a sample`,
    label: (maps: number, layer: string) => `${maps} maps of ${layer}, of a lesion that a program drew`,
    open: 'Explore this sample',
  },
  nextSteps: {
    title: 'What happens with a photo',
    scaled: (side: number) => `The largest centred square of the photo is scaled to ${side}×${side} pixels.`,
    looked: (convolutions: number) => `A network of ${convolutions} convolution layers looks at it, here on this device.`,
    result: (filters: number) =>
      `You get its score for malignant, how often it errs, and what each of its ${formatNumber(filters)} filters saw.`,
  },
};
