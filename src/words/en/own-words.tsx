import type { OwnModel, OwnModelFormat } from '../../domain/own-model';
import type { Preprocessing } from '../../domain/own-settings';
import type { OwnModelsFacts, Slot } from '../../store/app-state';
import { countWords, fileSize, formatNumber, formatScore } from '../format';

const formats: Readonly<Record<OwnModelFormat, string>> = {
  'keras-h5': 'Keras, HDF5',
  'keras-zip': 'Keras 3',
  'tfjs-layers': 'TensorFlow.js, layers',
  'tfjs-graph': 'TensorFlow.js, graph',
};

const preprocessings: Readonly<Record<Preprocessing, string>> = {
  raw: '0 to 255, as in the file',
  unit: '0 to 1 (divided by 255)',
  signed: '−1 to 1',
  caffe: 'ImageNet, “caffe”: BGR, minus the mean',
  torch: 'ImageNet, “torch”: minus the mean, divided by the standard deviation',
  shipped: 'As for the model that ships with the app',
  custom: 'Numbers of your own',
};

/** A person's own model: choosing it, what is set for it, what it answers. */
export const own = {
  title: 'Which model analyses',
  intro:
    'Look into a network of your own: a Keras file (.h5, .hdf5, .keras), or the model.json of a TensorFlow.js model together with its .bin files. It is read and computed on this device, like a photo; nothing is uploaded, and it is gone when the page is closed unless you keep it.',
  choose: 'Open your own model',
  select: 'Model',
  builtIn: (version: string) => `The one that ships (${version})`,
  state: {
    idle: '',
    reading: 'Reading the model …',
    switching: 'Opening the model …',
    keeping: 'Keeping the model …',
    comparing: 'Opening the second model …',
  } satisfies Record<OwnModelsFacts['state'], string>,
  inUse: (name: string) => `“${name}” analyses now. Open a photo to see its maps.`,
  toPhotos: 'Go to the photo and its maps',
  compare: {
    title: 'Two models on one photo',
    select: 'Compare with another model',
    none: 'None',
    about: 'Computes photo A once more, with another model, and shows it as B: score, maps and difference.',
    how: 'B is photo A by this model. It follows photo A and its square until you choose “None” or another photo B.',
    inUse: (name: string) => `“${name}” computes photo A once more, as B.`,
    samePhoto: 'The same photo and square as A, by another model.',
    /** Of a score that stands beside another model's. */
    titleOf: (slot: Slot, title: string) => `${slot === 'a' ? 'A' : 'B'}: ${title}`,
    versionOf: (a: string, b: string) => `${a} (A), ${b} (B)`,
  },
  facts: {
    format: 'Format',
    input: 'Takes',
    output: 'Answers',
    hash: 'SHA-256',
    size: 'Size',
    formatOf: (format: OwnModelFormat) => formats[format],
    inputOf: ({ input: { height, width, channels } }: OwnModel) => `${height}×${width}×${channels}`,
    outputOf: ({ output: { units, activation } }: OwnModel) => `${countWords(units, 'number')}, ${activation}`,
    sizeOf: fileSize,
  },
  keep: 'Keep on this device',
  kept: (bytes: number) => `Kept on this device: ${fileSize(bytes)}.`,
  notKept: 'Not kept: it is gone when this page is closed.',
  remove: 'Remove',
  removeQuestion: (name: string) => `Remove “${name}”? The file on your disk stays.`,
  name: 'Name',
  rename: 'Rename',
  settings: {
    title: 'How pictures become its numbers',
    warning:
      'This must be what the model was trained with, or its answers mean nothing. No file says it, so it is not guessed: it begins with the numbers as they are in the picture.',
    preprocessing: 'Scaling',
    names: preprocessings,
    order: 'Order of the colours',
    orders: { rgb: 'Red, green, blue', bgr: 'Blue, green, red' },
    mean: 'Mean of red, green, blue (of 0 to 1)',
    std: 'Standard deviation of red, green, blue',
    apply: 'Apply',
    badNumbers: 'Write three numbers, with spaces or commas between; a standard deviation is above 0.',
    preview: 'What the model gets',
    previewNone: 'Open a photo to see it here as the model gets it.',
    previewRange: (low: number, high: number) => `Numbers from ${formatNumber(low, 2)} to ${formatNumber(high, 2)}.`,
    previewLabel: (side: number) => `The photo’s square as the model gets it, ${side}×${side}`,
    grey: 'Colours are mixed to grey first.',
  },
  labels: {
    title: 'What its answers mean',
    hint: 'In the order of training, for instance “benign” and “malignant”. No file says them.',
    list: (count: number) => `Labels, one a line, ${count} in all`,
    wrongCount: (count: number, wanted: number) =>
      `That is ${countWords(count, 'label')}; the model has ${countWords(wanted, 'answer')}.`,
    watched: 'Answer that is followed',
    watchedHint: 'Muting, ranking and covering are told as changes of this one.',
  },
  summary: {
    columns: { name: 'Layer', type: 'Type', shape: 'Output shape', parameters: 'Parameters' },
    total: 'Total parameters',
    trainable: 'Trainable',
    nonTrainable: 'Not trainable',
    title: 'Its layers',
    parameters: (count: number) => formatNumber(count),
  },
  architecture: {
    title: 'From picture to answer',
    intro: 'Each layer with its strongest map for photo A. Press one to see all of its maps.',
    withoutPhoto: 'Once a photo is open, each layer stands here with its strongest map. Press one to go to it.',
    maps: (side: number, channels: number, filter: number | null) =>
      filter === null
        ? `${formatNumber(channels)} of ${side}×${side}`
        : `${formatNumber(channels)} of ${side}×${side}, filter ${filter}`,
  },
  score: {
    title: (name: string) => `What “${name}” answers`,
    titleSecond: 'Photo B',
    raw: 'The model’s own output, as it gives it. Nothing is known here of how often it errs: the figures, the calibration and the “can’t say” of the model that ships do not apply to it.',
    value: (value: number, isShare: boolean) => (isShare ? formatScore(value) : formatNumber(value, 4)),
    followed: 'followed',
    model: 'About this model',
    noDevice: 'Not a medical device, and not a diagnosis.',
    logit: 'Logit of the followed answer',
    forward: (ms: number) => `One pass took ${formatNumber(ms)} ms.`,
  },
};
