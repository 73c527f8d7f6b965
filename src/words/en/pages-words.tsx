import type { ReactNode } from 'react';
import { fasterWay, type ChoiceReason, type EngineChoice, type EngineTimes } from '../../domain/engine-choice';
import type { LoadedModel, SelfTestCase } from '../../domain/loaded-model';
import type { TestMetrics } from '../../domain/manifest';
import type { StoredFacts, StoredKind } from '../../domain/stored';
import type { OfflineStatus } from '../../store/app-state';
import { countWords, fileSize, formatExponential, formatNumber, formatScore, joinSentences } from '../format';
import { outOfHundred } from './line-words';
import { shell } from './shell-words';
import { sentence } from '../sentence';

const NONE = '–';

/** Of what is told as "no more than": four decimals, not less than it is. */
const ceiled = (value: number): string => formatNumber(Math.ceil(value * 1e4) / 1e4, 4);

const about = {
  title: 'About Lesion Lens',
  lead: 'A window into a neural network. Give it a picture of a skin lesion; it shows the network’s score and what each of its 4,224 filters made of the picture.',
  limits: {
    title: 'What it cannot do',
    cannotExamine:
      'This is an educational and research model, not a medical device. It cannot examine anybody: it sees 128×128 pixels, knows nothing of a person’s history, and learned from a few thousand pictures taken in a few clinics.',
    errs: sentence`It misses some malignant lesions and calls many benign ones malignant; ${(<a href="#/model">how many, by test set</a>)}. It always gives a number, even for a picture of a shoe. Where a picture is clearly unfit it says “can’t say”, but it does not notice every such picture.`,
    showDoctor:
      'Whatever the score: show a doctor a spot that is new, that changes, that bleeds, or that looks unlike your others.',
  },
  privacy: {
    title: 'Privacy',
    words: sentence`Everything is computed in this browser, on this device. A photo is not uploaded and not put into the address of the page, and it is stored only if you ask for it; else it is gone when you choose another one or close the page. There are no accounts, cookies or trackers. The only thing that comes over the network is the app itself and its model; both are kept on the device, so that the next visit works without a connection. ${(<a href="#/privacy">What is stored, and how to remove it</a>)}.`,
  },
  licences: {
    title: 'Licences',
    code: 'Code of this app: MIT.',
    weights: 'Weights of the model: CC BY-NC 4.0, as their training data demand. Not for commercial use.',
    data: sentence`Training data: HAM10000 and the ISIC archive’s MSK and UDA sets (CC BY-NC 4.0), PAD-UFES-20 (CC BY 4.0); see ${(<a href="#/model">the model</a>)}.`,
    libraries:
      'TensorFlow.js, Comlink: Apache 2.0. React, zustand, Workbox, TanStack Virtual, csv-parse, image-size, fflate: MIT. d3, idb, react-image-crop: ISC. libheif-js, which reads HEIC where the browser does not: LGPL 3.0, unchanged, in files of its own. h5wasm, which reads and writes HDF5: software of the National Institute of Standards and Technology (NIST), which asks for this notice, with The HDF Group’s library (BSD).',
    colourMaps: 'Colour maps viridis, magma and cividis: public domain (CC0), by S. van der Walt, N. Smith and co-authors.',
  },
};

const deviceCheck = {
  title: 'Check this device',
  intro:
    'Processors round differently, and some graphics drivers get it wrong. This computes the reference pictures here and compares every layer with the results that were recorded in training.',
  computesWith: (model: LoadedModel) => `This device computes with: ${shell.backend(model)}.`,
  ofOwn: (name: string) =>
    `“${name}” analyses now, a model of your own: it has no reference results to compare with. Choose the model that ships to check this device.`,
  run: 'Check this device',
  running: 'Checking …',
  passed: 'This device reproduces the reference results.',
  failed: 'This device does not reproduce the reference results: do not rely on its scores.',
  columns: {
    picture: 'Picture',
    result: 'Result',
    logitError: 'Score off by (logit)',
    worstLayer: 'Worst layer',
    ms: 'Time, ms',
  },
  cells: {
    result: (passed: boolean): string => (passed ? 'passed' : 'failed'),
    logitError: formatExponential,
    /** @param worst - null: there was none to compare. */
    worstLayer: (worst: SelfTestCase['layers'][number] | null) =>
      worst === null ? 'none' : `${worst.name}, off by ${formatExponential(worst.error)}`,
    ms: (ms: number) => formatNumber(ms),
  },
};

const engineChoices: Readonly<Record<EngineChoice, string>> = {
  auto: 'Automatic',
  webgl: 'Graphics processor (WebGL)',
  kernels: 'WebAssembly, the app’s own code',
  'tfjs-wasm': 'WebAssembly, TensorFlow.js',
};

const passMs = (ms: number): string => `${formatNumber(ms, 1)} ms`;

const chosenBy: Readonly<Record<ChoiceReason, string>> = {
  address: 'as the address of this page says',
  preference: 'as you chose',
  measured: 'the faster one when it was measured here',
  'not-measured': 'which is ready soonest',
};

const engineChoice = {
  title: 'What computes',
  intro:
    'The network can be computed in several ways, whose scores agree to within a thousandth. Left to itself, the app begins with the one that is ready soonest; after a photo it measures, once, whether a graphics processor is faster. If so, that one computes from the next visit on. Whatever computes has to reproduce the reference results first.',
  label: 'Compute with',
  choices: engineChoices,
  computes: (model: LoadedModel) =>
    model.rejected.length === 0
      ? `Now: ${shell.backend(model)}, ${chosenBy[model.chosenBy]}.`
      : `Now: ${shell.backend(model)}, as what was tried before it did not pass.`,
  /** @param choice - What the person set, and does not compute. */
  fellBack: (choice: EngineChoice, { rejected }: LoadedModel) =>
    `“${engineChoices[choice]}” cannot be used here: ${rejected[0]?.reason ?? 'it did not start'}.`,
  forced: 'Your choice counts where the address does not say what computes.',
  /** @param objection - Why WebGL was not measured; null: nothing speaks against it. */
  measured: (times: EngineTimes | null, objection: string | null): string => {
    if (times === null) return objection === null ? 'Nothing was measured yet.' : `Nothing to measure: ${objection}.`;
    const { webglMs, webglFault, kernelsMs } = times;
    if (webglMs === null) {
      return `Measured: the graphics processor failed (${webglFault}); the app’s own code takes ${passMs(kernelsMs)} a pass.`;
    }
    const both = `Measured: ${passMs(webglMs)} a pass on the graphics processor, ${passMs(kernelsMs)} by the app’s own code.`;
    return fasterWay(times) === 'webgl'
      ? `${both} “Automatic” takes the graphics processor, from the next visit on.`
      : `${both} “Automatic” takes the app’s own code.`;
  },
};

const diagnostics = {
  title: 'Diagnostics',
  intro:
    'If something goes wrong, this text helps to find out why: browser, device, model, timings, last errors. It holds nothing of any photo, not even a file name.',
  copy: 'Copy diagnostics',
  copied: 'Copied.',
  refused: 'The browser did not let the page copy. Select the text below and copy it.',
  text: 'Diagnostics',
};

const model = {
  title: 'The model',
  lead: (side: number) =>
    `A VGG16-style network that looks at one ${side}×${side} picture and gives one number: its score for malignant. Educational and research model, not a medical device.`,
  notLoaded: 'Test figures, training data and file hashes appear here once the model is loaded.',
  metrics: {
    title: 'How well it does',
    columns: {
      pictures: 'Pictures',
      auc: 'AUC (95 % interval)',
      missed: 'Of 100 malignant, missed',
      falseAlarms: 'Of 100 benign, raise an alarm',
      calibrationError: 'Calibration error',
    },
    cells: {
      /** @param name - Of a test set, as the manifest has it. */
      name: (name: string) => name,
      counts: ({ images, malignant, heldOut }: TestMetrics) =>
        heldOut
          ? `${formatNumber(images)} pictures, ${formatNumber(malignant)} malignant`
          : `${formatNumber(images)} pictures, ${formatNumber(malignant)} malignant; took part in choosing or calibrating`,
      auc: ({ auc, aucCi95: [low, high] }: TestMetrics) =>
        `${formatNumber(auc, 3)} (${formatNumber(low, 3)}–${formatNumber(high, 3)})`,
      missed: ({ sensitivity }: TestMetrics) => outOfHundred(1 - sensitivity),
      falseAlarms: ({ specificity }: TestMetrics) => outOfHundred(1 - specificity),
      calibrationError: ({ ece }: TestMetrics) => formatNumber(ece, 3),
    },
    legend: (threshold: number) =>
      `Missed, and alarms raised: at the model’s own alarm line of ${formatScore(threshold)}. AUC: how often a malignant picture gets a higher score than a benign one, taken from all pairs; 0.5 is chance, 1 is perfect. Calibration error: how far scores are from observed frequencies, on average.`,
  },
  data: {
    title: 'What it was trained on',
    /** @param name - As the manifest has it. */
    name: (name: string) => name,
    licence: (licence: string) =>
      `The weights are under ${licence}, as these data demand; the code is under the MIT licence. Pictures of dark skin are rare in these sets, so the figures above say little about it.`,
  },
  files: {
    show: 'Sizes and hashes of the files',
    title: (version: string) => `Version ${version} and its files`,
    /** @param scoreChange - The largest of any test picture, as `aucChange` by storing weights so. */
    quantisation: (dtype: 'float16' | 'int8', scoreChange: number, aucChange: number) =>
      `${dtype === 'int8' ? 'Most weights are stored in 8 bits each, the others in 16' : 'Weights are stored in 16 bits each'}; on the test pictures this changes no score by more than ${ceiled(scoreChange)} and the AUC by ${ceiled(aucChange)}. Every file is checked against its hash before it is used.`,
    columns: { file: 'File', size: 'Size', sha256: 'SHA-256' },
    size: fileSize,
    total: 'Total',
  },
  layers: {
    title: 'Layers',
    columns: { name: 'Name', kind: 'Type', shape: 'Output shape', parameters: 'Parameters' },
    kinds: {
      input: 'Input',
      conv: 'Convolution 3×3, ReLU',
      pool: 'Max pooling 2×2',
      flatten: 'Flatten',
      dropout: 'Dropout 0.5 (in training only)',
      dense: 'Dense, ReLU',
      output: 'Dense, sigmoid',
    },
    parameters: (count: number) => formatNumber(count),
    total: 'Total',
  },
};

const kinds: Readonly<Record<StoredKind, string>> = {
  app: 'The app’s own files',
  model: 'The model’s weights',
  'shared-photos': 'Photos on their way from another app',
  diary: 'The diary',
  'own-models': 'Models of your own that you keep',
  database: 'Another database',
  preferences: 'What you set: language, alarm line, share of malignant spots, what computes',
  'engine-times': 'Which way to compute was faster on this device',
};

const stored = {
  title: 'Stored on this device',
  intro:
    'Nothing of a photo is stored unless you ask for it. The browser keeps what is listed here, in this browser profile, for this site alone. Some browsers remove it when the site was not visited for a week or when space runs short.',
  looking: 'Looking …',
  nothing: 'Nothing is stored.',
  columns: { kind: 'What', files: 'Files', bytes: 'Size', name: 'The browser calls it' },
  kinds,
  cells: {
    files: (files: number | null) => (files === null ? NONE : formatNumber(files)),
    entries: (entries: number | null) => (entries === null ? NONE : countWords(entries, 'entry', 'entries')),
    bytes: (bytes: number | null) => (bytes === null ? NONE : fileSize(bytes)),
  },
  /** What the browser tells: some tell nothing. */
  estimate: ({ usageBytes, quotaBytes, isPersistent }: StoredFacts) =>
    joinSentences(
      usageBytes !== null &&
        quotaBytes !== null &&
        `The browser’s own estimate: ${fileSize(usageBytes)} in use, ${fileSize(quotaBytes)} allowed.`,
      isPersistent !== null &&
        (isPersistent ? 'It promised not to remove it by itself.' : 'It may remove it when space runs short.'),
    ),
  removeDiary: 'Delete the diary',
  /** @param entries - null: it is not known how many. */
  removeDiaryQuestion: (entries: number | null) =>
    `This deletes ${entries === null ? 'all' : countWords(entries, 'entry', 'entries')} of the diary for good. Export the diary on its page first, if you may want it again.`,
  remove: 'Remove everything',
  removeQuestion: 'This removes the app, the model, what you set and the diary with all that you kept. It cannot be undone.',
  removeConfirm: 'Remove for good',
  /** @param left - What could not be removed, as the browser calls it. */
  removed: (left: readonly string[]) =>
    left.length === 0
      ? 'Everything was removed. This page goes on with what it holds in memory; the next visit downloads the app again.'
      : `Removed, but for: ${left.join(', ')}. Close other tabs of this app and press the button again.`,
};

const privacy = {
  title: 'Privacy and storage',
  lead: 'Photos are computed on this device and sent nowhere. The page’s own security policy forbids it to talk to any other address than the one that it came from.',
  requests: {
    title: 'Requests',
    none: 'No photo was opened yet. From then on every request of this page is listed here.',
    count: formatNumber,
    /** @param count - The words of `count`, set apart. */
    since: (count: ReactNode): ReactNode =>
      sentence`Requests since the photo was opened: ${count}. The browser itself keeps this list. A file of the app that is needed later, such as the reader of HEIC pictures, what computes gradients or what a graphics processor needs, would appear in it; a photo never does.`,
  },
  offline: {
    title: 'Without a connection',
    state: (state: OfflineStatus['state']) => `${shell.offline[state]}.`,
    tryAgain: 'Try again',
    install: 'Install the app',
    installed: 'It then has an icon and a window of its own, and other apps can share photos with it.',
    newer: 'A newer version of the app lies ready: it takes over when you reload.',
  },
  stored,
};

export const pages = { about, deviceCheck, engineChoice, diagnostics, model, privacy };
