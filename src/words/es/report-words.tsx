import type { ReactNode } from 'react';
import type { BodySide, BodySite } from '../../domain/diary';
import { measureLine } from '../../domain/operating-point';
import { MAX_WIDTH_MM } from '../../domain/report-note';
import type { BaseRateChoice } from '../../domain/preferences';
import type { AnalysisFacts } from '../../store/app-state';
import { formatDay, formatNumber, formatScore } from '../format';
import { sentence } from '../sentence';
import { diary } from './diary-words';
import { line } from './line-words';

function verdictWords(result: AnalysisFacts): string {
  const { verdict, probability, threshold } = result;
  if (verdict === 'cant-say') {
    return `En una escala de 0 a 1. La red dio ${formatScore(probability)}, pero en una imagen así no hay que fiarse de ese número.`;
  }
  return `En una escala de 0 a 1; ${line.notADiagnosis}. La línea de alarma está en ${formatScore(threshold)}.`;
}

/** @returns null: without a verdict there is none. */
function headline(result: AnalysisFacts): ReactNode {
  const { verdict } = result;
  return verdict === 'cant-say' ? null : line.headline(verdict, measureLine(result)?.rates ?? null);
}

/** @returns null: without a verdict, or a measured line, there is nothing to reckon with. */
function baseRate(result: AnalysisFacts, choice: BaseRateChoice): string | null {
  const measured = measureLine(result);
  const { verdict } = result;
  return verdict === 'cant-say' || measured === null ? null : line.baseRate.answer(verdict, choice, measured.rates);
}

/** Of a round number: below one with its decimal. */
const rulerNumber = (length: number): string => formatNumber(length, length < 0.1 ? 2 : length < 1 ? 1 : 0);

export const report = {
  none: {
    title: 'Informe',
    words: sentence`No hay ningún análisis del que informar: una foto y su resultado desaparecen al cerrar o recargar la página. ${(<a href="#/">Elija antes una foto</a>)}.`,
  },
  ofOwn: (name: string) =>
    sentence`Esta foto la analizó «${(<span>{name}</span>)}», un modelo propio: lo que el informe dice de puntuaciones y errores solo se sabe del modelo que trae la aplicación. ${(<a href="#/">Volver a la foto y sus mapas</a>)}, donde pueden exportarse.`,
  actions: { back: 'Volver', print: 'Imprimir o guardar como PDF', savePicture: 'Guardar como imagen' },
  title: 'Lesion Lens: informe de una imagen',
  made: (isoDay: string) =>
    `Hecho el ${formatDay(isoDay)}, en el dispositivo de la persona que lo hizo. No es un dictamen médico.`,
  square: 'El cuadrado que se analizó',
  squareLabel: 'El cuadrado de la foto que se analizó',
  seen: (side: number) => `Lo que vio la red: ${side} × ${side} píxeles`,
  score: {
    title: 'Puntuación del modelo para maligno',
    value: ({ verdict, probability }: AnalysisFacts) => (verdict === 'cant-say' ? 'no se puede decir' : formatScore(probability)),
    verdict: verdictWords,
    headline,
    kind: ({ kind, saidKind }: AnalysisFacts) =>
      kind === 'unknown'
        ? 'No se pudo saber con qué se tomó la foto.'
        : `Tomada con ${kind === 'phone' ? 'teléfono' : 'dermatoscopio'}, ${saidKind === null ? 'por lo que parece' : 'según dijo la persona'}.`,
    /** @returns null: not known. */
    range: ({ viewRange }: AnalysisFacts) =>
      viewRange === null
        ? null
        : `Girado y reflejado, el mismo cuadrado puntúa de ${formatScore(viewRange.low)} a ${formatScore(viewRange.high)}.`,
    synthetic: 'Esta lesión la dibujó un programa: es una muestra sintética.',
    cost: (result: AnalysisFacts) => line.cost(measureLine(result)),
    baseRate,
    /** All three in pixels. */
    source: (square: number, width: number, height: number) =>
      `Cuadrado de ${Math.round(square)} píxeles de una foto de ${width} × ${height}.`,
  },
  /** All lengths in pixels, but for the last. */
  ruler: {
    photo: (length: number) => `${rulerNumber(length)} píxeles de la foto`,
    seen: (length: number) => `${rulerNumber(length)} píxeles de lo que vio la red`,
    millimetres: (length: number) => `${rulerNumber(length)} mm, según midió la persona`,
  },
  note: {
    title: 'Qué más dice el informe',
    about: 'Solo si quiere. Se imprime en el informe y no se guarda en ninguna parte.',
    aboutDiary: 'Tomado de su diario. Cambie o vacíe lo que el informe no deba decir: el diario queda como está.',
    width: 'Ancho del cuadrado en mm',
    widthHelp: 'En la piel, solo si lo midió: la foto no lo dice.',
    widthWrong: `Escriba un número de hasta ${MAX_WIDTH_MM}, o déjelo vacío. Hasta entonces el informe no muestra milímetros.`,
    notes: 'Notas en el informe',
    place: (site: BodySite | null, side: BodySide | null): string =>
      `En qué parte del cuerpo: ${site === null ? (side === null ? '' : diary.sides[side]) : diary.entry.place(site, side)}.`,
    taken: (isoDay: string) => `Día de la foto: ${formatDay(isoDay)}.`,
    printed: (notes: string) => `Notas: ${notes}`,
  },
  map: {
    /** @param side - in cells. @param what - how it is drawn, or the one number there is. */
    caption: (layer: string, filter: number, side: number, what: string) =>
      `${layer}, filtro ${filter}: ${side} × ${side} celdas, ${what}`,
    drawn: (isSmooth: boolean): string => (isSmooth ? 'dibujado con suavizado' : 'dibujado celda por celda'),
    label: (layer: string, filter: number) => `Mapa de ${layer}, filtro ${filter}`,
  },
  heat: {
    label: 'Mapa de HiResCAM',
    caption: (side: number, what: string) =>
      `HiResCAM: dónde responde la red, ${side} × ${side} celdas, ${what}; no es un motivo`,
    nowhere: 'ninguna por encima de cero',
  },
  /** @param fingerprint - null: not computed yet. */
  model: (version: string, fingerprint: string | null, isoDay: string) =>
    `Modelo ${version}, huella de sus archivos ${fingerprint ?? '…'} (SHA-256). Hecho el ${formatDay(isoDay)}.`,
  limits:
    'Modelo educativo y de investigación; no es un dispositivo médico. Sea cual sea la puntuación: enseñe al médico una mancha que sea nueva, que cambie, que sangre o que no se parezca a las demás.',
};
