import type { OwnModel, OwnModelFormat } from '../../domain/own-model';
import type { Preprocessing } from '../../domain/own-settings';
import type { OwnModelsFacts, Slot } from '../../store/app-state';
import { countWords, fileSize, formatNumber, formatScore } from '../format';

const formats: Readonly<Record<OwnModelFormat, string>> = {
  'keras-h5': 'Keras, HDF5',
  'keras-zip': 'Keras 3',
  'tfjs-layers': 'TensorFlow.js, capas',
  'tfjs-graph': 'TensorFlow.js, grafo',
};

const preprocessings: Readonly<Record<Preprocessing, string>> = {
  raw: 'De 0 a 255, como en el archivo',
  unit: 'De 0 a 1 (dividido por 255)',
  signed: 'De −1 a 1',
  caffe: 'ImageNet, «caffe»: BGR, menos la media',
  torch: 'ImageNet, «torch»: menos la media, dividido por la desviación estándar',
  shipped: 'Como para el modelo que trae la aplicación',
  custom: 'Números propios',
};

/** A person's own model: choosing it, what is set for it, what it answers. */
export const own = {
  title: 'Qué modelo analiza',
  intro:
    'Mire dentro de una red propia: un archivo de Keras (.h5, .hdf5, .keras), o el model.json de un modelo de TensorFlow.js junto con sus archivos .bin. Se lee y se calcula en este dispositivo, como una foto; no se sube nada, y desaparece al cerrar la página, salvo que lo guarde.',
  choose: 'Abrir un modelo propio',
  select: 'Modelo',
  builtIn: (version: string) => `El que trae la aplicación (${version})`,
  state: {
    idle: '',
    reading: 'Leyendo el modelo …',
    switching: 'Abriendo el modelo …',
    keeping: 'Guardando el modelo …',
    comparing: 'Abriendo el segundo modelo …',
  } satisfies Record<OwnModelsFacts['state'], string>,
  inUse: (name: string) => `Ahora analiza «${name}». Abra una foto para ver sus mapas.`,
  toPhotos: 'Ir a la foto y sus mapas',
  compare: {
    title: 'Dos modelos con una foto',
    select: 'Comparar con otro modelo',
    none: 'Ninguno',
    about: 'Calcula la foto A otra vez, con otro modelo, y la muestra como B: puntuación, mapas y diferencia.',
    how: 'B es la foto A con este modelo. Sigue a la foto A y a su cuadrado hasta que usted elija «Ninguno» u otra foto B.',
    inUse: (name: string) => `«${name}» calcula la foto A otra vez, como B.`,
    samePhoto: 'La misma foto y el mismo cuadrado que A, con otro modelo.',
    /** Of a score that stands beside another model's. */
    titleOf: (slot: Slot, title: string) => `${slot === 'a' ? 'A' : 'B'}: ${title}`,
    versionOf: (a: string, b: string) => `${a} (A), ${b} (B)`,
  },
  facts: {
    format: 'Formato',
    input: 'Recibe',
    output: 'Responde',
    hash: 'SHA-256',
    size: 'Tamaño',
    formatOf: (format: OwnModelFormat) => formats[format],
    inputOf: ({ input: { height, width, channels } }: OwnModel) => `${height}×${width}×${channels}`,
    outputOf: ({ output: { units, activation } }: OwnModel) => `${countWords(units, 'número')}, ${activation}`,
    sizeOf: fileSize,
  },
  keep: 'Guardar en este dispositivo',
  kept: (bytes: number) => `Guardado en este dispositivo: ${fileSize(bytes)}.`,
  notKept: 'No está guardado: desaparece al cerrar esta página.',
  remove: 'Quitar',
  removeQuestion: (name: string) => `¿Quitar «${name}»? El archivo de su disco se queda.`,
  name: 'Nombre',
  rename: 'Cambiar el nombre',
  settings: {
    title: 'Cómo se convierten las imágenes en sus números',
    warning:
      'Debe ser aquello con lo que se entrenó el modelo; si no, sus respuestas no significan nada. Ningún archivo lo dice, así que no se adivina: empieza con los números tal como están en la imagen.',
    preprocessing: 'Escala',
    names: preprocessings,
    order: 'Orden de los colores',
    orders: { rgb: 'Rojo, verde, azul', bgr: 'Azul, verde, rojo' },
    mean: 'Media de rojo, verde, azul (de 0 a 1)',
    std: 'Desviación estándar de rojo, verde, azul',
    apply: 'Aplicar',
    badNumbers: 'Escriba tres números con punto decimal, separados por espacios o comas; una desviación estándar es mayor que 0.',
    preview: 'Lo que recibe el modelo',
    previewNone: 'Abra una foto para verla aquí tal como la recibe el modelo.',
    previewRange: (low: number, high: number) => `Números de ${formatNumber(low, 2)} a ${formatNumber(high, 2)}.`,
    previewLabel: (side: number) => `El cuadrado de la foto tal como lo recibe el modelo, ${side}×${side}`,
    grey: 'Antes, los colores se mezclan en gris.',
  },
  labels: {
    title: 'Qué significan sus respuestas',
    hint: 'En el orden del entrenamiento, por ejemplo «benign» y «malignant». Ningún archivo lo dice.',
    list: (count: number) => `Etiquetas, una por línea, ${count} en total`,
    wrongCount: (count: number, wanted: number) =>
      `Son ${countWords(count, 'etiqueta')}; el modelo tiene ${countWords(wanted, 'respuesta')}.`,
    watched: 'Respuesta que se sigue',
    watchedHint: 'Silenciar, ordenar por efecto y tapar se cuentan como cambios de esta.',
  },
  summary: {
    columns: { name: 'Capa', type: 'Tipo', shape: 'Forma de salida', parameters: 'Parámetros' },
    total: 'Parámetros en total',
    trainable: 'Entrenables',
    nonTrainable: 'No entrenables',
    title: 'Sus capas',
    parameters: (count: number) => formatNumber(count),
  },
  architecture: {
    title: 'De la imagen a la respuesta',
    intro: 'Cada capa con su mapa más fuerte para la foto A. Pulse una para ver todos sus mapas.',
    withoutPhoto: 'En cuanto haya una foto abierta, cada capa aparece aquí con su mapa más fuerte. Pulse una para ir a ella.',
    maps: (side: number, channels: number, filter: number | null) =>
      filter === null
        ? `${formatNumber(channels)} de ${side}×${side}`
        : `${formatNumber(channels)} de ${side}×${side}, filtro ${filter}`,
  },
  score: {
    title: (name: string) => `Lo que responde «${name}»`,
    titleSecond: 'Foto B',
    raw: 'La salida del propio modelo, tal como la da. Aquí no se sabe con qué frecuencia se equivoca: las cifras, la calibración y el «no se puede decir» del modelo que trae la aplicación no valen para él.',
    value: (value: number, isShare: boolean) => (isShare ? formatScore(value) : formatNumber(value, 4)),
    followed: 'seguida',
    model: 'Sobre este modelo',
    noDevice: 'No es un dispositivo médico ni un diagnóstico.',
    logit: 'Logit de la respuesta seguida',
    forward: (ms: number) => `Una pasada tardó ${formatNumber(ms)} ms.`,
  },
};
