import type { ReactNode } from 'react';
import type { BatchMetrics, ClassRates, PredictionRates } from '../../domain/batch-metrics';
import type { BatchCropFacts, BatchEntry, BatchFilter, BatchOrder, CropNote, CropWay } from '../../domain/batch-view';
import type { RocTexts } from '../../domain/roc-svg';
import type { Rates, ReliabilityBin } from '../../domain/roc';
import type { Verdict } from '../../domain/score';
import { countWords, formatNumber, formatPercent, formatScore, joinSentences, roughDuration } from '../format';
import { sentence } from '../sentence';
import { outOfHundred } from './line-words';

const MALIGNANT = 'maligna';
const BENIGN = 'benigna';
const NEITHER = 'ninguna de las dos';
const ABOVE = 'por encima de la línea';
const BELOW = 'por debajo de la línea';
const VERDICTS: Readonly<Record<Verdict, string>> = { malignant: ABOVE, benign: BELOW, 'cant-say': 'no se puede decir' };

const countPictures = (count: number): string => countWords(count, 'imagen', 'imágenes');

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
  bar: 'Imágenes puntuadas',
  value: (finished: number, total: number) => `${formatNumber(finished)} de ${formatNumber(total)}`,
  words: ({ finished, total, unread, skipped, isWaitingForModel, msLeft }: Progress) =>
    joinSentences(
      total === 0
        ? 'Aún no hay imágenes. Elíjalas arriba o suéltelas en cualquier parte de esta página.'
        : `Hechas ${formatNumber(finished)} de ${formatNumber(total)}${unread > 0 ? `; no se pudieron leer: ${formatNumber(unread)}` : ''}.`,
      skipped > 0 && `Se dejaron fuera ${countWords(skipped, 'archivo que no es una imagen', 'archivos que no son imágenes')}.`,
      isWaitingForModel && 'El resto empieza en cuanto el modelo esté listo.',
      msLeft !== null && msLeft > 0 && `Faltan cerca de ${roughDuration(msLeft)}.`,
    ),
};

const cells = {
  score: (probability: number | null) => (probability === null ? '–' : formatScore(probability)),
  waiting: 'en espera',
  open: (path: string) => `Abrir ${path} en el visor`,
  /** @param verdict - null: there is no score, or one of a model of which no verdict is said. */
  verdict(verdict: Verdict | null, probability: number | null): string {
    if (verdict !== null) return VERDICTS[verdict];
    return probability === null ? 'sin puntuación' : 'sin veredicto';
  },
  label: (label: BatchEntry['label'], isWrong: boolean): ReactNode => sentence`${labelName(label)}${isWrong && <b> error</b>}`,
  labelBelow: (label: BatchEntry['label'], isWrong: boolean): ReactNode =>
    sentence`etiqueta: ${labelName(label)}${isWrong && <b> error</b>}`,
};

function labelName(label: BatchEntry['label']): string {
  if (label === undefined) return '–';
  if (label === null) return NEITHER;
  return label ? MALIGNANT : BENIGN;
}

const results = {
  title: 'Resultados',
  search: 'Buscar un archivo',
  filter: 'Mostrar',
  filters: {
    all: 'todas',
    malignant: ABOVE,
    benign: BELOW,
    'cant-say': VERDICTS['cant-say'],
    errors: 'no leídas',
    wrong: 'erróneas, según sus etiquetas',
  } satisfies Readonly<Record<BatchFilter, string>>,
  order: 'Orden',
  orders: {
    added: 'como se añadieron',
    file: 'nombre de archivo',
    'file-down': 'nombre de archivo, al revés',
    'score-high': 'primero la puntuación más alta',
    'score-low': 'primero la puntuación más baja',
    verdict: 'veredicto',
    label: 'etiqueta',
    notes: 'primero las de más observaciones',
    'wrong-first': 'primero las erróneas',
  } satisfies Readonly<Record<BatchOrder, string>>,
  shown: (shown: number, all: number) =>
    shown === all ? `${formatNumber(all)} filas` : `${formatNumber(shown)} de ${formatNumber(all)} filas`,
  rows: 'Filas de resultados',
  thumb: 'Lo que vio la red',
  columns: { file: 'Archivo', score: 'Puntuación', verdict: 'Según el modelo', label: 'Etiqueta', notes: 'Observaciones' },
};

const evaluation = {
  title: 'Lo que dicen las etiquetas',
  noPictures: (inTable: number) => `Se leyeron las etiquetas de ${countPictures(inTable)}. Añada las imágenes.`,
  noneFits: (inTable: number) =>
    `Se leyeron las etiquetas de ${countPictures(inTable)}, pero ninguna lleva el nombre de una imagen de aquí. La tabla necesita los nombres de archivo de estas imágenes, o sus rutas en la carpeta.`,
  counts: ({ inTable, scored, malignant, waiting, failed, others, unlabelled }: LabelCounts) =>
    joinSentences(
      `${countPictures(scored)} con etiqueta y puntuación: malignas ${formatNumber(malignant)}, benignas ${formatNumber(scored - malignant)}.`,
      waiting > 0 && `Con etiqueta y aún en espera: ${formatNumber(waiting)}.`,
      failed > 0 && `Con etiqueta, pero no se pudieron leer: ${formatNumber(failed)}.`,
      others > 0 && `Etiquetadas como ninguna de las dos y dejadas fuera: ${formatNumber(others)}.`,
      unlabelled > 0 && `Sin etiqueta: ${formatNumber(unlabelled)}.`,
      inTable > 0 && `La tabla de etiquetas nombra ${countPictures(inTable)}.`,
    ),
  oneClass: (count: number, isMalignant: boolean) =>
    `De ${formatNumber(count)}, todas son ${isMalignant ? 'malignas' : 'benignas'}: una curva, y el área bajo ella, necesitan imágenes puntuadas de las dos clases.`,
  figures({ auc, interval, ece, undecided }: Figures): ReactNode {
    const area = <b>{formatNumber(auc, 3)}</b>;
    const error = <b>{formatNumber(ece, 3)}</b>;
    const range =
      interval === null
        ? ' (muy pocas imágenes, o demasiado separadas, para un intervalo)'
        : `, intervalo del 95 %: de ${formatNumber(interval[0], 3)} a ${formatNumber(interval[1], 3)} (DeLong)`;
    const rest =
      undecided > 0
        ? ` ${countPictures(undecided)} de las que el modelo no puede decir nada cuentan aquí por su puntuación.`
        : '';
    return sentence`Área bajo la curva ROC: ${area}${range}. Error de calibración esperado, en 15 grupos: ${error}.${rest}`;
  },
};

const plots = {
  /** @param value - 0, 0.5 or 1. */
  tick: (value: number) => formatNumber(value, Number.isInteger(value) ? 0 : 1),
  roc: ({ sensitivity, specificity }: Rates) =>
    `Curva ROC. El ${formatPercent(sensitivity)} de las imágenes malignas y el ${formatPercent(1 - specificity)} de las benignas están por encima de la línea de alarma.`,
  rocCaption: 'Curva ROC; el punto es la línea de alarma.',
  rocX: 'benignas sobre la línea',
  rocY: 'malignas sobre la línea',
  reliability: (bins: readonly ReliabilityBin[]) =>
    `Calibración: ${bins
      .map(
        ({ meanProbability, malignantShare, count }) =>
          `puntuación ${formatNumber(meanProbability, 2)}, malignas el ${formatPercent(malignantShare)} de ${formatNumber(count)}`,
      )
      .join('; ')}`,
  reliabilityCaption: 'Calibración en 15 grupos; los puntos más grandes reúnen más imágenes.',
  reliabilityX: 'puntuación media',
  reliabilityY: 'parte que es maligna',
};

/** More models than these would leave no room for the curve. */
const NAMED_MODELS = 4;

function rocLines({ auc, auc_ci95: interval, n, malignant, benign, models, ...at }: BatchMetrics): readonly string[] {
  const range =
    interval === null
      ? ''
      : `, intervalo del 95 %: de ${formatNumber(interval[0], 3)} a ${formatNumber(interval[1], 3)} (DeLong)`;
  const rate = (value: number | null): string => (value === null ? '–' : formatNumber(value, 3));
  const named = models
    .slice(0, NAMED_MODELS)
    .map(({ version, sha256 }) => `Modelo ${version}${sha256 === null ? '' : `, SHA-256 ${sha256.slice(0, 12)}…`}`);
  const more = models.length - named.length;
  return [
    `AUC ${rate(auc)}${range}`,
    `n = ${formatNumber(n)}: malignas ${formatNumber(malignant)}, benignas ${formatNumber(benign)}`,
    `Punto: puntuación ≥ ${formatNumber(at.threshold, 3)}, sensibilidad ${rate(at.sensitivity)}, especificidad ${rate(at.specificity)}`,
    ...named,
    ...(more > 0 ? [`y ${countWords(more, 'modelo')} más`] : []),
  ];
}

const classes = {
  title: 'Clase por clase',
  about:
    'Donde el modelo no puede decir nada, una imagen cuenta igualmente por encima o por debajo de la línea según su puntuación.',
  columns: ['Clase', 'Cuenta como', 'Imágenes', 'Sobre la línea', 'No se puede decir', 'Puntuación media'],
  /** @param label - null: neither. */
  label: (label: ClassRates['label']): string => (label === null ? NEITHER : label === 'malignant' ? MALIGNANT : BENIGN),
  count: (pictures: number) => formatNumber(pictures),
  share: (pictures: number, rate: number) => `${formatNumber(pictures)} (${formatPercent(rate)})`,
  mean: formatScore,
};

const predictions = {
  title: 'Clases que nombra el modelo',
  about: ({ n, correct, accuracy }: PredictionRates) =>
    `La salida más alta del modelo es la clase de la etiqueta en ${formatNumber(correct)} de ${countPictures(n)} (${formatPercent(accuracy)}). Se dejan fuera las imágenes de clases que no tiene.`,
  columns: ['Clase', 'Imágenes', 'Así nombradas', 'Sensibilidad (recall)', 'Precisión'],
  count: (pictures: number) => formatNumber(pictures),
  /** @param rate - null: there is none. */
  rate: (rate: number | null) => (rate === null ? '–' : formatPercent(rate)),
};

/** The files that the evaluation is taken away in. */
const files = {
  metrics: 'Cifras en JSON',
  roc: 'Curva ROC en SVG',
  rocTexts: (metrics: BatchMetrics): RocTexts => ({
    title: 'Curva ROC',
    x: 'Tasa de falsos positivos (1 − especificidad)',
    y: 'Tasa de verdaderos positivos (sensibilidad)',
    lines: rocLines(metrics),
    tick: (value) => formatNumber(value, 1),
  }),
};

const confusion = {
  threshold: (threshold: number): ReactNode =>
    sentence`Línea de alarma en una puntuación de ${(<b className="mono">{formatScore(threshold)}</b>)}`,
  reset: (modelThreshold: number) => `Volver a la del modelo, ${formatScore(modelThreshold)}`,
  caption: 'Imágenes según su etiqueta y según el lado de la línea de alarma en que están',
  label: 'Etiqueta',
  calledMalignant: ABOVE,
  calledBenign: BELOW,
  malignant: MALIGNANT,
  benign: BENIGN,
  count: (pictures: number) => formatNumber(pictures),
  rates({ sensitivity, specificity }: Rates): ReactNode {
    const missed = <b>{outOfHundred(1 - sensitivity)}</b>;
    const alarms = <b>{outOfHundred(1 - specificity)}</b>;
    const exact = `(Sensibilidad ${formatNumber(sensitivity, 3)}, especificidad ${formatNumber(specificity, 3)}.)`;
    return sentence`De 100 imágenes malignas pasa por alto ${missed}; de 100 benignas dan alarma ${alarms}. ${exact}`;
  },
};

/** Signed by its minus only. */
function meanMove(sum: number, pictures: number): string {
  return pictures === 0 ? '–' : formatNumber(sum / pictures, 3);
}

const leaning = {
  title: 'En qué se apoyan las puntuaciones',
  about:
    'De cada imagen se borran, uno tras otro, las líneas parecidas a pelos, la tinta, el borde y la propia lesión, y se vuelve a calcular la puntuación: hasta cinco pasadas por imagen. Que la puntuación se mueva no prueba ningún motivo.',
  start: 'Borrar y comparar',
  cancel: 'Cancelar',
  progress: 'Borrando',
  caption: (pictures: number) =>
    `Movimientos de la puntuación calibrada, de ${countPictures(pictures)}; una media cuenta las que tienen algo de ese tipo.`,
  columns: [
    'Borrado',
    'Imágenes que lo tienen',
    'Movimiento medio',
    'Tamaño medio de un movimiento',
    'Cruzan la línea de alarma de entonces',
  ],
  pictures: (pictures: number) => formatNumber(pictures),
  mean: meanMove,
  meanSize: meanMove,
};

const crop = {
  choice: 'Cuadrado de cada imagen',
  ways: {
    centre: 'el mayor centrado',
    'find-lesion': 'alrededor de la lesión, si se encuentra',
    table: 'de una tabla',
  } satisfies Readonly<Record<CropWay, string>>,
  chooseTable: (isThere: boolean): string => (isThere ? 'Elegir otra tabla' : 'Elegir la tabla'),
  finding: 'Donde no destaca de la piel una sola mancha, se puntúa el mayor cuadrado centrado, y la fila lo dice.',
  /** @param table - null: none was read yet. */
  table: (table: BatchCropFacts['table']) =>
    table === null
      ? 'Un CSV con las columnas file, x, y y side: esquina superior izquierda y lado en píxeles de la foto derecha. Elíjalo antes que las imágenes; sin él se puntúan por su mayor cuadrado centrado.'
      : `${table.fileName} tiene cuadrados de ${countPictures(table.pictures)}. Una imagen que no nombra se puntúa por su mayor cuadrado centrado, y la fila lo dice.`,
  failed: (error: string, line: number | null) => joinSentences(line !== null && `Línea ${formatNumber(line)}:`, error),
  others: (pictures: number) =>
    `Esto vale para las imágenes que añada desde ahora. ${countWords(pictures, 'imagen de aquí se añadió con otra elección y queda como está', 'imágenes de aquí se añadieron con otra elección y quedan como están')}.`,
  notes: {
    'not-found': 'Puntuada por su mayor cuadrado centrado: no se encontró una sola mancha.',
    'not-in-table': 'Puntuada por su mayor cuadrado centrado: la tabla no tiene fila para ella.',
  } satisfies Readonly<Record<CropNote, string>>,
};

const views = {
  choice: 'Mirar cada imagen también girada y reflejada, como se hace con una foto sola: ocho pasadas en lugar de una',
  off: 'Sin ello, una imagen puede quedar aquí por encima o por debajo de la línea y, abierta sola, la aplicación dice «no se puede decir».',
  without: (pictures: number) =>
    `${countWords(pictures, 'imagen no se miró girada y reflejada', 'imágenes no se miraron giradas y reflejadas')}. Al abrir una sola, la aplicación puede decir «no se puede decir».`,
};

const activations = {
  label: 'Guardar de cada imagen, para un trabajo propio',
  off: 'nada más que su puntuación',
  layer: (name: string, count: number) => `${name}: medias de ${countWords(count, 'mapa')}`,
  dense: (count: number) => `características densas: ${countWords(count, 'número')}`,
  about: 'Las imágenes que añada desde ahora conservan estos números. Después puede exportarlos para NumPy y como tabla.',
  kept: (kept: number, scored: number) =>
    kept === scored
      ? `${kept === 1 ? 'La única imagen puntuada tiene' : `Las ${formatNumber(scored)} imágenes puntuadas tienen`} estos números.`
      : `${formatNumber(kept)} de ${countWords(scored, 'imagen puntuada', 'imágenes puntuadas')} ${kept === 1 ? 'tiene' : 'tienen'} estos números; las demás se calcularon sin ellos, o con otro modelo.`,
  export: 'Exportar activaciones',
  again: (count: number) => `Calcular de nuevo ${countPictures(count)}`,
};

export const batch = {
  title: 'Lote',
  lead: 'Puntúe muchas imágenes una tras otra, cada una por un cuadrado de ella, y llévese los números en CSV. Para investigación y enseñanza; nada sale de este dispositivo. Con una tabla de etiquetas, o carpetas llamadas benign y malignant, puede leer además con qué frecuencia acierta el modelo.',
  controls: {
    choosePictures: 'Elegir imágenes',
    addPictures: 'Añadir imágenes',
    chooseFolder: 'Elegir una carpeta',
    addFolder: 'Añadir una carpeta',
    exportCsv: 'Exportar CSV',
    cancel: 'Cancelar',
    clear: 'Vaciar la lista',
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
