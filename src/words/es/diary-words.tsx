import type { ReactNode } from 'react';
import { isoDayOf, type BodySide, type BodySite, type DayShots, type DiaryEntry, type EntryMoment } from '../../domain/diary';
import type { DiaryNotice } from '../../store/app-state';
import { countWords, fileSize, formatDay, formatNumber, formatScore, formatTime, joinSentences } from '../format';
import { photo } from './photo-words';
import { sentence } from '../sentence';

const KEEP = 'Guardar en el diario';
const CANCEL = 'Cancelar';

const countEntries = (count: number): string => countWords(count, 'entrada', 'entradas');

/** @param isPersistent - null: the browser was not asked, or did not say. */
function persistence(isPersistent: boolean | null): string | null {
  if (isPersistent === null) return null;
  return isPersistent
    ? 'El navegador prometió no borrarlo por su cuenta.'
    : 'El navegador puede borrarlo cuando falte espacio o si el sitio no se visita durante mucho tiempo: exporte el diario de vez en cuando.';
}

/** @param count - of entries that this version of the app cannot read. */
const newer = (count: number): string =>
  countWords(
    count,
    'entrada fue escrita por una versión más nueva de la aplicación',
    'entradas fueron escritas por una versión más nueva de la aplicación',
  );

function noticeOf(notice: DiaryNotice): string {
  switch (notice.kind) {
    case 'saved':
      return joinSentences(`Guardado en «${notice.moleName}».`, persistence(notice.isPersistent));
    case 'removed':
      return `${countWords(notice.count, 'entrada borrada', 'entradas borradas')}.`;
    case 'exported':
      return exported(notice);
    case 'imported':
      return imported(notice);
  }
}

function exported({ count, left, newer: unknown }: Extract<DiaryNotice, { kind: 'exported' }>): string {
  return joinSentences(
    count === 0 ? 'No hay nada que exportar.' : `${countWords(count, 'entrada exportada', 'entradas exportadas')}.`,
    left > 0 && `${countWords(left, 'entrada está dañada y no está', 'entradas están dañadas y no están')} en el archivo.`,
    unknown > 0 && `${newer(unknown)} y no ${unknown === 1 ? 'está' : 'están'} en el archivo.`,
  );
}

function imported({ added, same, keptBeside, restored }: Extract<DiaryNotice, { kind: 'imported' }>): string {
  const parts = [countWords(added, 'entrada añadida', 'entradas añadidas')];
  if (restored > 0) parts.push(`recuperadas: ${formatNumber(restored)}`);
  if (same > 0) parts.push(`ya estaban: ${formatNumber(same)}`);
  if (keptBeside > 0) parts.push(`distintas de lo que hay y guardadas al lado: ${formatNumber(keptBeside)}`);
  return `${parts.join('; ')}.`;
}

const REMARKS: Readonly<Record<string, string>> = { ...photo.reasons, ...photo.notes };

const sites = {
  scalp: 'cuero cabelludo',
  face: 'cara',
  ear: 'oreja',
  neck: 'cuello',
  shoulder: 'hombro',
  chest: 'pecho',
  abdomen: 'vientre',
  'upper back': 'parte alta de la espalda',
  'lower back': 'parte baja de la espalda',
  'upper arm': 'brazo',
  forearm: 'antebrazo',
  hand: 'mano',
  'genital area': 'zona genital',
  buttock: 'nalga',
  thigh: 'muslo',
  'lower leg': 'pierna, bajo la rodilla',
  foot: 'pie',
  nail: 'uña',
  'somewhere else': 'en otra parte',
} satisfies Readonly<Record<BodySite, string>>;

const sides = {
  left: 'izquierda',
  right: 'derecha',
  middle: 'en el medio',
} satisfies Readonly<Record<BodySide, string>>;

const place = (site: BodySite, side?: BodySide | null): string => (side ? `${sites[site]}, ${sides[side]}` : sites[site]);

function moment({ date, sameDay }: EntryMoment): string {
  if (sameDay === null) return formatDay(date);
  const { number, savedAt } = sameDay;
  const savedDay = isoDayOf(new Date(savedAt));
  const saved = savedDay === date ? `a las ${formatTime(savedAt)}` : `${formatDay(savedDay)}, ${formatTime(savedAt)}`;
  return `${formatDay(date)} (n.º ${formatNumber(number)}, guardada ${saved})`;
}

const page = {
  title: 'Diario',
  lead: 'Imágenes que usted decidió guardar, solo en este dispositivo. Enseñe al médico un lunar que cambie, sea cual sea su puntuación.',
  scatter:
    'Una puntuación cambia también con la luz, la distancia, el enfoque y el cuadrado elegido. Una diferencia dentro de esa dispersión no significa nada, y las puntuaciones de dos días no dicen cómo evoluciona un lunar: mire las propias imágenes.',
  notice: noticeOf,
  opening: 'Abriendo el diario …',
  empty: (): ReactNode =>
    sentence`No hay nada guardado. ${(<a href="#/">Analice una foto</a>)} y pulse después «${KEEP}» debajo de su puntuación.`,
  export: 'Exportar todo en un zip',
  import: 'Importar un zip',
  clear: 'Borrar todo',
  clearQuestion: (count: number) =>
    `Esto borra para siempre ${countEntries(count)} de todos los lunares. Expórtelas antes si puede volver a necesitarlas.`,
  retry: 'Intentar de nuevo',
  damaged: 'Entradas dañadas',
  damagedWords: (count: number) =>
    `${countWords(count, 'entrada está dañada y no se puede', 'entradas están dañadas y no se pueden')} mostrar. Las demás siguen como estaban. Al importar su última exportación se recupera lo que hay en ella.`,
  damagedDelete: 'Borrar lo dañado',
  damagedQuestion: 'Esto borra para siempre las entradas dañadas.',
  newer: 'Entradas de una versión más nueva',
  newerWords: (count: number) =>
    `${newer(count)}: esta versión no puede mostrarlo. No se pierde nada: recargue la página para obtener la versión nueva.`,
  estimate: (usageBytes: number, quotaBytes: number) =>
    `Lo que el propio navegador calcula para toda esta aplicación: ${fileSize(usageBytes)} en uso, ${fileSize(quotaBytes)} permitidos.`,
  persistence,
  allStored: 'Todo lo que está guardado',
};

const entry = {
  moment,
  place,
  picture: (moleName: string, when: EntryMoment) => `Imagen de ${entry.label(moleName, when)}`,
  label: (moleName: string, when: EntryMoment) => `${moleName}, ${moment(when)}`,
  score: ({ verdict, probability }: Pick<DiaryEntry, 'verdict' | 'probability'>): string =>
    verdict === 'cant-say' ? 'No se puede decir' : formatScore(probability),
  scoreOf: ({ verdict, model }: Pick<DiaryEntry, 'verdict' | 'model'>): string =>
    verdict === 'cant-say' ? `modelo ${model.version}` : `puntuación del modelo para maligno, modelo ${model.version}`,
  verdict({ verdict, probability, threshold }: Pick<DiaryEntry, 'verdict' | 'probability' | 'threshold'>): string {
    switch (verdict) {
      case 'malignant':
        return `Por encima de la línea de alarma, que estaba en ${formatScore(threshold)}. No es un diagnóstico.`;
      case 'benign':
        return `Por debajo de la línea de alarma, que estaba en ${formatScore(threshold)}. No es un diagnóstico.`;
      case 'cant-say':
        return `La red dio ${formatScore(probability)}, pero en una imagen así no hay que fiarse de ese número.`;
    }
  },
  /** A code of another version of the app stands for itself. */
  remarks: ({ reasons, photoNotes, saidKind }: DiaryEntry): readonly string[] => [
    ...(saidKind === undefined ? [] : [`Tomada con ${saidKind === 'phone' ? 'teléfono' : 'dermatoscopio'}, según usted.`]),
    ...[...reasons, ...photoNotes].map((code) => (Object.hasOwn(REMARKS, code) ? (REMARKS[code] ?? code) : code)),
  ],
  open: 'Abrir en el visor',
  edit: 'Cambiar día, lado y notas',
  delete: 'Borrar',
  deleteQuestion: (when: EntryMoment) => `Esto borra para siempre la entrada del ${moment(when)}.`,
  lostPicture: 'No se puede leer la imagen.',
  date: 'Día de la foto',
  notes: 'Notas',
  save: 'Guardar',
  cancel: CANCEL,
};

const mole = {
  about: (site: BodySite, side: BodySide | undefined, count: number) => `${place(site, side)}; ${countEntries(count)}`,
  entries: (name: string) => `Entradas de ${name}, primero la más nueva`,
  shots: ({ date, count, low, high, model }: DayShots) =>
    `${formatDay(date)}: ${countWords(count, 'foto', 'fotos')} del mismo día puntúan de ${formatScore(low)} a ${formatScore(high)} según el modelo ${model.version}. Todo eso se mueve una puntuación solo por la foto.`,
  compare: 'Comparar dos días',
  delete: 'Borrar este lunar',
  deleteQuestion: (name: string, count: number) => `Esto borra para siempre «${name}» con ${countEntries(count)}.`,
};

const compare = {
  oneDay: 'Un día',
  anotherDay: 'Otro día',
  choice: moment,
  same: 'Elija dos entradas distintas.',
  layout: 'Cómo comparar',
  layouts: { beside: 'Una junto a otra', blink: 'Una en el lugar de la otra' },
  /** Of both pictures. */
  scale:
    'Las dos imágenes muestran su cuadrado entero al mismo tamaño. Los cuadrados se eligieron a ojo: el mismo tamaño en la pantalla no tiene por qué ser el mismo tamaño en la piel.',
  blink: {
    label: 'Las dos imágenes, una en el lugar de la otra',
    show: { older: 'Mostrar la anterior', newer: 'Mostrar la posterior' },
    start: 'Cambiar cada segundo',
    pause: 'Pausa',
    calm: 'Su dispositivo pide menos movimiento: las imágenes cambian solo cuando usted pulsa.',
  },
  older: {
    title: (when: EntryMoment) => `Anterior: ${moment(when)}`,
    picture: (when: EntryMoment) => `Imagen anterior, ${moment(when)}`,
  },
  newer: {
    title: (when: EntryMoment) => `Posterior: ${moment(when)}`,
    picture: (when: EntryMoment) => `Imagen posterior, ${moment(when)}`,
  },
  input: (when: EntryMoment) => `Lo que vio la red, ${moment(when)}`,
  logit: (logit: number) => `logit ${formatNumber(logit, 4)}`,
  caution:
    'Dos números no son una tendencia: la luz, la distancia, el enfoque y el cuadrado elegido también cambian una puntuación. Si el propio lunar parece haber cambiado, enséñelo al médico, sean cuales sean las puntuaciones.',
  open: 'Abrir los dos en el visor',
  modelsDiffer: (older: string, newer: string) =>
    `Estas puntuaciones las dieron dos versiones del modelo (${older} y ${newer}): no se pueden comparar.`,
  modelOther:
    'El modelo de esta aplicación no es el que se usó entonces. El visor calcula de nuevo las dos imágenes con el modelo actual: sus puntuaciones difieren de las escritas aquí.',
  tooFewPixels:
    'Una de las fotos tenía muy pocos píxeles para un veredicto. El visor abre lo que vio la red y no puede saberlo: guíese por lo que está escrito aquí.',
};

const keep = {
  title: KEEP,
  what: 'Se guarda solo en este dispositivo, en este navegador: el cuadrado de la foto, lo que vio la red, la puntuación y lo que usted escriba aquí. No el archivo de la foto, ni su nombre, ni el lugar.',
  mole: 'Qué lunar',
  moleChoice: (name: string, site: BodySite, side?: BodySide) => `${name} (${place(site, side)})`,
  newMole: 'Uno nuevo',
  moleName: 'Cómo llama a este lunar',
  site: 'En qué parte del cuerpo',
  side: 'Lado del cuerpo',
  noSide: 'sin decir',
  notes: 'Notas (si quiere)',
  save: 'Guardar en este dispositivo',
  saving: 'Guardando …',
  /** Its eight views are computed first. */
  reviewing: 'Mirándolo girado y reflejado …',
  cancel: CANCEL,
  /** @param moleName - null: it is not known any more. */
  saved: (moleName: string | null, isPersistent: boolean | null) =>
    joinSentences(
      moleName === null ? 'Guardado en este dispositivo.' : `Guardado en este dispositivo, en «${moleName}».`,
      persistence(isPersistent),
    ),
  close: 'Cerrar',
  openDiary: 'Abrir el diario',
};

export const diary = { sites, sides, page, mole, entry, compare, keep };
