import type { ReactNode } from 'react';
import type { BatchMetrics, ClassRates, PredictionRates } from '../../domain/batch-metrics';
import type { BatchCropFacts, BatchEntry, BatchFilter, BatchOrder, CropNote, CropWay } from '../../domain/batch-view';
import type { RocTexts } from '../../domain/roc-svg';
import type { Rates, ReliabilityBin } from '../../domain/roc';
import type { Verdict } from '../../domain/score';
import { countWords, formatNumber, formatPercent, formatScore, joinSentences, roughDuration } from '../format';
import { sentence } from '../sentence';
import { outOfHundred } from './line-words';

const MALIGNANT = 'malignant';
const BENIGN = 'benign';
const NEITHER = 'neither';
const ABOVE = 'above the line';
const BELOW = 'below the line';
const VERDICTS: Readonly<Record<Verdict, string>> = { malignant: ABOVE, benign: BELOW, 'cant-say': 'can’t say' };

const countPictures = (count: number): string => countWords(count, 'picture');

interface Progress {
  readonly finished: number;
  readonly total: number;
  /** Of the finished ones. */
  readonly unread: number;
  /** Files that are no pictures. */
  readonly skipped: number;
  readonly isWaitingForModel: boolean;
  /** null: not known yet. */
  readonly msLeft: number | null;
}

/** Pictures behind the figures, and where the others went. */
interface LabelCounts {
  /** Pictures that tables of labels name, here or not. */
  readonly inTable: number;
  /** With a label of either class and a score. */
  readonly scored: number;
  /** Of these. */
  readonly malignant: number;
  /** With a label of either class. */
  readonly waiting: number;
  /** With a label of either class. */
  readonly failed: number;
  /** Labelled as neither. */
  readonly others: number;
  /** Without a label. */
  readonly unlabelled: number;
}

interface Figures {
  readonly auc: number;
  /** null: there is none. */
  readonly interval: readonly [number, number] | null;
  readonly ece: number;
  /** Pictures for which the app says "can't say". */
  readonly undecided: number;
}

const progress = {
  bar: 'Pictures scored',
  value: (finished: number, total: number) => `${formatNumber(finished)} of ${formatNumber(total)}`,
  words: ({ finished, total, unread, skipped, isWaitingForModel, msLeft }: Progress) =>
    joinSentences(
      total === 0
        ? 'No pictures yet. Choose them above, or drop them anywhere on this page.'
        : `${formatNumber(finished)} of ${formatNumber(total)} done${unread > 0 ? `, ${formatNumber(unread)} could not be read` : ''}.`,
      skipped > 0 && `${countWords(skipped, 'file that is no picture was', 'files that are no pictures were')} left out.`,
      isWaitingForModel && 'The rest starts as soon as the model is ready.',
      msLeft !== null && msLeft > 0 && `It needs about ${roughDuration(msLeft)} more.`,
    ),
};

const cells = {
  score: (probability: number | null) => (probability === null ? '–' : formatScore(probability)),
  waiting: 'waiting',
  open: (path: string) => `Open ${path} in the viewer`,
  /** @param verdict - null: there is no score, or one of a model of which no verdict is said. */
  verdict(verdict: Verdict | null, probability: number | null): string {
    if (verdict !== null) return VERDICTS[verdict];
    return probability === null ? 'no score' : 'no verdict';
  },
  label: (label: BatchEntry['label'], isWrong: boolean): ReactNode => sentence`${labelName(label)}${isWrong && <b> wrong</b>}`,
  labelBelow: (label: BatchEntry['label'], isWrong: boolean): ReactNode =>
    sentence`label: ${labelName(label)}${isWrong && <b> wrong</b>}`,
};

function labelName(label: BatchEntry['label']): string {
  if (label === undefined) return '–';
  if (label === null) return NEITHER;
  return label ? MALIGNANT : BENIGN;
}

const results = {
  title: 'Results',
  search: 'Find a file',
  filter: 'Show',
  filters: {
    all: 'all',
    malignant: ABOVE,
    benign: BELOW,
    'cant-say': VERDICTS['cant-say'],
    errors: 'not read',
    wrong: 'wrong, by their labels',
  } satisfies Readonly<Record<BatchFilter, string>>,
  order: 'Order',
  orders: {
    added: 'as added',
    file: 'file name',
    'file-down': 'file name, backwards',
    'score-high': 'highest score first',
    'score-low': 'lowest score first',
    verdict: 'verdict',
    label: 'label',
    notes: 'most to note first',
    'wrong-first': 'the wrong ones first',
  } satisfies Readonly<Record<BatchOrder, string>>,
  shown: (shown: number, all: number) =>
    shown === all ? `${formatNumber(all)} rows` : `${formatNumber(shown)} of ${formatNumber(all)} rows`,
  rows: 'Rows of results',
  thumb: 'What the network saw',
  columns: { file: 'File', score: 'Score', verdict: 'The model calls it', label: 'Label', notes: 'Notes' },
};

const evaluation = {
  title: 'What the labels say',
  noPictures: (inTable: number) => `Labels of ${countPictures(inTable)} are read. Add the pictures.`,
  noneFits: (inTable: number) =>
    `Labels of ${countPictures(inTable)} are read, but none of them has the name of a picture here. The table needs these pictures’ file names, or their paths in the folder.`,
  counts: ({ inTable, scored, malignant, waiting, failed, others, unlabelled }: LabelCounts) =>
    joinSentences(
      `${countPictures(scored)} with a label and a score: ${formatNumber(malignant)} malignant, ${formatNumber(scored - malignant)} benign.`,
      waiting > 0 && `${formatNumber(waiting)} with a label still wait.`,
      failed > 0 && `${formatNumber(failed)} with a label could not be read.`,
      others > 0 && `${formatNumber(others)} labelled as neither are left out.`,
      unlabelled > 0 && `${formatNumber(unlabelled)} have no label.`,
      inTable > 0 && `The table of labels names ${countPictures(inTable)}.`,
    ),
  oneClass: (count: number, isMalignant: boolean) =>
    `All ${formatNumber(count)} are ${isMalignant ? MALIGNANT : BENIGN}: a curve, and the area under it, need scored pictures of both classes.`,
  figures({ auc, interval, ece, undecided }: Figures): ReactNode {
    const area = <b>{formatNumber(auc, 3)}</b>;
    const error = <b>{formatNumber(ece, 3)}</b>;
    const range =
      interval === null
        ? ' (too few pictures, or too far apart, for an interval)'
        : `, 95 % interval ${formatNumber(interval[0], 3)} to ${formatNumber(interval[1], 3)} (DeLong)`;
    const rest = undecided > 0 ? ` ${countPictures(undecided)} for which the model can’t say count here by their score.` : '';
    return sentence`Area under the ROC curve: ${area}${range}. Expected calibration error in 15 bins: ${error}.${rest}`;
  },
};

const plots = {
  /** @param value - 0, 0.5 or 1. */
  tick: (value: number) => formatNumber(value, Number.isInteger(value) ? 0 : 1),
  roc: ({ sensitivity, specificity }: Rates) =>
    `ROC curve. ${formatPercent(sensitivity)} of the malignant pictures and ${formatPercent(1 - specificity)} of the benign ones lie above the alarm line.`,
  rocCaption: 'ROC curve; the dot is the alarm line.',
  rocX: 'benign above the line',
  rocY: 'malignant above the line',
  reliability: (bins: readonly ReliabilityBin[]) =>
    `Calibration: ${bins
      .map(
        ({ meanProbability, malignantShare, count }) =>
          `score ${formatNumber(meanProbability, 2)}, ${formatPercent(malignantShare)} malignant of ${formatNumber(count)}`,
      )
      .join('; ')}`,
  reliabilityCaption: 'Calibration in 15 bins; larger dots hold more pictures.',
  reliabilityX: 'mean score',
  reliabilityY: 'share that is malignant',
};

/** More models than these would leave no room for the curve. */
const NAMED_MODELS = 4;

function rocLines({ auc, auc_ci95: interval, n, malignant, benign, models, ...at }: BatchMetrics): readonly string[] {
  const range =
    interval === null ? '' : `, 95 % interval ${formatNumber(interval[0], 3)} to ${formatNumber(interval[1], 3)} (DeLong)`;
  const rate = (value: number | null): string => (value === null ? '–' : formatNumber(value, 3));
  const named = models
    .slice(0, NAMED_MODELS)
    .map(({ version, sha256 }) => `Model ${version}${sha256 === null ? '' : `, SHA-256 ${sha256.slice(0, 12)}…`}`);
  const more = models.length - named.length;
  return [
    `AUC ${rate(auc)}${range}`,
    `n = ${formatNumber(n)}: ${formatNumber(malignant)} malignant, ${formatNumber(benign)} benign`,
    `Dot: score ≥ ${formatNumber(at.threshold, 3)}, sensitivity ${rate(at.sensitivity)}, specificity ${rate(at.specificity)}`,
    ...named,
    ...(more > 0 ? [`and ${countWords(more, 'other model')}`] : []),
  ];
}

const classes = {
  title: 'Class by class',
  about: 'Where the model can’t say, a picture counts above or below the line by its score all the same.',
  columns: ['Class', 'Counts as', 'Pictures', 'Above the line', 'Can’t say', 'Mean score'],
  /** @param label - null: neither. */
  label: (label: ClassRates['label']): string => (label === null ? NEITHER : label === 'malignant' ? MALIGNANT : BENIGN),
  count: (pictures: number) => formatNumber(pictures),
  share: (pictures: number, rate: number) => `${formatNumber(pictures)} (${formatPercent(rate)})`,
  mean: formatScore,
};

const predictions = {
  title: 'Classes that the model names',
  about: ({ n, correct, accuracy }: PredictionRates) =>
    `The model’s highest output is the class of the label for ${formatNumber(correct)} of ${countPictures(n)} (${formatPercent(accuracy)}). Pictures of classes that it does not have are left out.`,
  columns: ['Class', 'Pictures', 'Named so', 'Sensitivity (recall)', 'Precision'],
  count: (pictures: number) => formatNumber(pictures),
  /** @param rate - null: there is none. */
  rate: (rate: number | null) => (rate === null ? '–' : formatPercent(rate)),
};

/** The files that the evaluation is taken away in. */
const files = {
  metrics: 'Figures as JSON',
  roc: 'ROC curve as SVG',
  rocTexts: (metrics: BatchMetrics): RocTexts => ({
    title: 'ROC curve',
    x: 'False positive rate (1 − specificity)',
    y: 'True positive rate (sensitivity)',
    lines: rocLines(metrics),
    tick: (value) => formatNumber(value, 1),
  }),
};

const confusion = {
  threshold: (threshold: number): ReactNode =>
    sentence`Alarm line at a score of ${(<b className="mono">{formatScore(threshold)}</b>)}`,
  reset: (modelThreshold: number) => `Back to the model’s own, ${formatScore(modelThreshold)}`,
  caption: 'Pictures by label and by the side of the alarm line on which they lie',
  label: 'Label',
  calledMalignant: ABOVE,
  calledBenign: BELOW,
  malignant: MALIGNANT,
  benign: BENIGN,
  count: (pictures: number) => formatNumber(pictures),
  rates({ sensitivity, specificity }: Rates): ReactNode {
    const missed = <b>{outOfHundred(1 - sensitivity)}</b>;
    const alarms = <b>{outOfHundred(1 - specificity)}</b>;
    const exact = `(Sensitivity ${formatNumber(sensitivity, 3)}, specificity ${formatNumber(specificity, 3)}.)`;
    return sentence`Of 100 malignant pictures it misses ${missed}; of 100 benign ones ${alarms} raise an alarm. ${exact}`;
  },
};

/** Signed by its minus only. */
function meanMove(sum: number, pictures: number): string {
  return pictures === 0 ? '–' : formatNumber(sum / pictures, 3);
}

const leaning = {
  title: 'What the scores lean on',
  about:
    'Hair-like lines, ink, the border and the lesion itself are erased from every picture, one at a time, and the score is computed again: up to five passes a picture. A move of the score is no proof of a reason.',
  start: 'Erase and compare',
  cancel: 'Cancel',
  progress: 'Erasing',
  caption: (pictures: number) =>
    `Moves of the calibrated score, of ${countWords(pictures, 'picture')}; a mean is over those that have anything of the kind.`,
  columns: ['Erased', 'Pictures that have it', 'Mean move', 'Mean size of a move', 'Across the alarm line as it was'],
  pictures: (pictures: number) => formatNumber(pictures),
  mean: meanMove,
  meanSize: meanMove,
};

const crop = {
  choice: 'Square of each picture',
  ways: {
    centre: 'the largest centred one',
    'find-lesion': 'round the lesion, if it is found',
    table: 'from a table',
  } satisfies Readonly<Record<CropWay, string>>,
  chooseTable: (isThere: boolean): string => (isThere ? 'Choose another table' : 'Choose the table'),
  finding: 'Where no single spot stands out from the skin, the largest centred square is scored, and the row says so.',
  /** @param table - null: none was read yet. */
  table: (table: BatchCropFacts['table']) =>
    table === null
      ? 'A CSV with the columns file, x, y and side: left upper corner and side in pixels of the upright photo. Choose it before the pictures; without it they are scored by their largest centred square.'
      : `${table.fileName} has squares of ${countPictures(table.pictures)}. A picture that it does not name is scored by its largest centred square, and the row says so.`,
  failed: (error: string, line: number | null) => joinSentences(line !== null && `Line ${formatNumber(line)}:`, error),
  others: (pictures: number) =>
    `This holds for pictures that you add from now on. ${countWords(pictures, 'picture here was', 'pictures here were')} added with another choice and stay as they are.`,
  notes: {
    'not-found': 'Scored by its largest centred square: no single spot was found.',
    'not-in-table': 'Scored by its largest centred square: the table has no row for it.',
  } satisfies Readonly<Record<CropNote, string>>,
};

const views = {
  choice: 'Look at each picture turned and mirrored too, as a single photo is: eight passes instead of one',
  off: 'Without it a picture may lie above or below the line here for which the app says “can’t say” when it is opened alone.',
  without: (pictures: number) =>
    `${countWords(pictures, 'picture here was', 'pictures here were')} not looked at turned and mirrored. The app may say “can’t say” when one is opened alone.`,
};

const activations = {
  label: 'Keep of each picture, for work of your own',
  off: 'nothing more than its score',
  layer: (name: string, count: number) => `${name}: means of ${countWords(count, 'map')}`,
  dense: (count: number) => `dense features: ${countWords(count, 'number')}`,
  about: 'Pictures that you add from now on keep these numbers. You can then export them for NumPy and as a table.',
  kept: (kept: number, scored: number) =>
    kept === scored
      ? `${kept === 1 ? 'The 1 scored picture has' : `All ${formatNumber(scored)} scored pictures have`} these numbers.`
      : `${formatNumber(kept)} of ${countWords(scored, 'scored picture')} ${kept === 1 ? 'has' : 'have'} these numbers; the rest were computed without them, or by another model.`,
  export: 'Export activations',
  again: (count: number) => `Compute ${countWords(count, 'picture')} again`,
};

export const batch = {
  title: 'Batch',
  lead: 'Score many pictures one after another, each by one square of it, and take the numbers with you as CSV. For research and teaching; nothing leaves this device. With a table of labels, or folders named benign and malignant, you also read how often the model is right.',
  controls: {
    choosePictures: 'Choose pictures',
    addPictures: 'Add pictures',
    chooseFolder: 'Choose a folder',
    addFolder: 'Add a folder',
    exportCsv: 'Export CSV',
    cancel: 'Cancel',
    clear: 'Clear the list',
  },
  crop,
  views,
  activations,
  progress,
  results,
  cells,
  evaluation,
  plots,
  classes,
  predictions,
  files,
  confusion,
  leaning,
};
