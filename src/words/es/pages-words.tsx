import type { ReactNode } from 'react';
import { fasterWay, type ChoiceReason, type EngineChoice, type EngineTimes } from '../../domain/engine-choice';
import type { LoadedModel, SelfTestCase } from '../../domain/loaded-model';
import type { TestMetrics } from '../../domain/manifest';
import type { StoredFacts, StoredKind } from '../../domain/stored';
import type { OfflineStatus } from '../../store/app-state';
import { countWords, fileSize, formatExponential, formatNumber, formatScore, joinSentences } from '../format';
import { outOfHundred, setName } from './line-words';
import { shell } from './shell-words';
import { sentence } from '../sentence';

const NONE = '–';

/** Of what is told as "no more than": four decimals, not less than it is. */
const ceiled = (value: number): string => formatNumber(Math.ceil(value * 1e4) / 1e4, 4);

const countEntries = (count: number): string => countWords(count, 'entrada');

const about = {
  title: 'Acerca de Lesion Lens',
  lead: 'Una ventana a una red neuronal. Dele una imagen de una lesión de la piel; muestra la puntuación de la red y lo que cada uno de sus 4224 filtros sacó de la imagen.',
  limits: {
    title: 'Lo que no puede hacer',
    cannotExamine:
      'Este es un modelo educativo y de investigación, no un dispositivo médico. No puede examinar a nadie: ve 128×128 píxeles, no sabe nada de los antecedentes de una persona y aprendió de unos miles de imágenes tomadas en unas pocas clínicas.',
    errs: sentence`Pasa por alto algunas lesiones malignas y llama malignas a muchas benignas; ${(<a href="#/model">cuántas, por conjunto de prueba</a>)}. Siempre da un número, hasta con la imagen de un zapato. Cuando una imagen claramente no sirve dice «no se puede decir», pero no se da cuenta de todas.`,
    showDoctor:
      'Sea cual sea la puntuación: enseñe al médico una mancha que sea nueva, que cambie, que sangre o que no se parezca a las demás.',
  },
  privacy: {
    title: 'Privacidad',
    words: sentence`Todo se calcula en este navegador, en este dispositivo. Una foto no se sube ni se pone en la dirección de la página, y solo se guarda si usted lo pide; si no, desaparece al elegir otra o cerrar la página. No hay cuentas, cookies ni rastreadores. Lo único que llega por la red es la propia aplicación y su modelo; los dos se guardan en el dispositivo, para que la próxima visita funcione sin conexión. ${(<a href="#/privacy">Qué se guarda y cómo borrarlo</a>)}.`,
  },
  licences: {
    title: 'Licencias',
    code: 'Código de esta aplicación: MIT.',
    weights: 'Pesos del modelo: CC BY-NC 4.0, como exigen sus datos de entrenamiento. No para uso comercial.',
    data: sentence`Datos de entrenamiento: HAM10000 y los conjuntos MSK y UDA del archivo ISIC (CC BY-NC 4.0), PAD-UFES-20 (CC BY 4.0); véase ${(<a href="#/model">el modelo</a>)}.`,
    libraries:
      'TensorFlow.js, Comlink: Apache 2.0. React, zustand, Workbox, TanStack Virtual, csv-parse, image-size, fflate: MIT. d3, idb, react-image-crop: ISC. libheif-js, que lee HEIC donde el navegador no lo hace: LGPL 3.0, sin cambios, en archivos aparte. h5wasm, que lee y escribe HDF5: software del National Institute of Standards and Technology (NIST), que pide este aviso, con la biblioteca de The HDF Group (BSD).',
    colourMaps: 'Mapas de color viridis, magma y cividis: dominio público (CC0), de S. van der Walt, N. Smith y coautores.',
  },
};

const deviceCheck = {
  title: 'Comprobar este dispositivo',
  intro:
    'Los procesadores redondean de formas distintas, y algunos controladores gráficos lo hacen mal. Aquí se calculan las imágenes de referencia y se compara cada capa con los resultados que se anotaron en el entrenamiento.',
  computesWith: (model: LoadedModel) => `Este dispositivo calcula con: ${shell.backend(model)}.`,
  ofOwn: (name: string) =>
    `Ahora analiza «${name}», un modelo propio: no tiene resultados de referencia con los que comparar. Elija el modelo que trae la aplicación para comprobar este dispositivo.`,
  run: 'Comprobar este dispositivo',
  running: 'Comprobando …',
  passed: 'Este dispositivo reproduce los resultados de referencia.',
  failed: 'Este dispositivo no reproduce los resultados de referencia: no se fíe de sus puntuaciones.',
  columns: {
    picture: 'Imagen',
    result: 'Resultado',
    logitError: 'La puntuación se desvía (logit)',
    worstLayer: 'Peor capa',
    ms: 'Tiempo, ms',
  },
  cells: {
    result: (passed: boolean): string => (passed ? 'superada' : 'no superada'),
    logitError: formatExponential,
    /** @param worst - null: there was none to compare. */
    worstLayer: (worst: SelfTestCase['layers'][number] | null) =>
      worst === null ? 'ninguna' : `${worst.name}, se desvía ${formatExponential(worst.error)}`,
    ms: (ms: number) => formatNumber(ms),
  },
};

const engineChoices: Readonly<Record<EngineChoice, string>> = {
  auto: 'Automático',
  webgl: 'Procesador gráfico (WebGL)',
  kernels: 'WebAssembly, código de la aplicación',
  'tfjs-wasm': 'WebAssembly, TensorFlow.js',
};

const passMs = (ms: number): string => `${formatNumber(ms, 1)} ms`;

const chosenBy: Readonly<Record<ChoiceReason, string>> = {
  address: 'como dice la dirección de esta página',
  preference: 'como usted eligió',
  measured: 'lo más rápido cuando se midió aquí',
  'not-measured': 'que es lo que antes está listo',
};

const engineChoice = {
  title: 'Con qué se calcula',
  intro:
    'La red puede calcularse de varias formas, cuyas puntuaciones coinciden hasta la milésima. Si no se le dice otra cosa, la aplicación empieza con la que antes está lista; después de una foto mide, una vez, si un procesador gráfico es más rápido. Si lo es, calcula él desde la próxima visita. Antes de nada, lo que calcule tiene que reproducir los resultados de referencia.',
  label: 'Calcular con',
  choices: engineChoices,
  computes: (model: LoadedModel) =>
    model.rejected.length === 0
      ? `Ahora: ${shell.backend(model)}, ${chosenBy[model.chosenBy]}.`
      : `Ahora: ${shell.backend(model)}, ya que lo que se probó antes no superó la prueba.`,
  /** @param choice - What the person set, and does not compute. */
  fellBack: (choice: EngineChoice, { rejected }: LoadedModel) =>
    `«${engineChoices[choice]}» no se puede usar aquí: ${rejected[0]?.reason ?? 'no arrancó'}.`,
  forced: 'Su elección vale donde la dirección no dice con qué se calcula.',
  /** @param objection - Why WebGL was not measured; null: nothing speaks against it. */
  measured: (times: EngineTimes | null, objection: string | null): string => {
    if (times === null) return objection === null ? 'Aún no se midió nada.' : `Nada que medir: ${objection}.`;
    const { webglMs, webglFault, kernelsMs } = times;
    if (webglMs === null) {
      return `Medido: el procesador gráfico falló (${webglFault}); el código de la aplicación tarda ${passMs(kernelsMs)} por pasada.`;
    }
    const both = `Medido: ${passMs(webglMs)} por pasada en el procesador gráfico, ${passMs(kernelsMs)} con el código de la aplicación.`;
    return fasterWay(times) === 'webgl'
      ? `${both} «Automático» toma el procesador gráfico desde la próxima visita.`
      : `${both} «Automático» toma el código de la aplicación.`;
  },
};

const diagnostics = {
  title: 'Datos para diagnosticar fallos',
  intro:
    'Si algo falla, este texto ayuda a averiguar por qué: navegador, dispositivo, modelo, tiempos, últimos errores. No contiene nada de ninguna foto, ni siquiera el nombre de un archivo. Está en inglés.',
  copy: 'Copiar los datos',
  copied: 'Copiado.',
  refused: 'El navegador no dejó copiar a la página. Seleccione el texto de abajo y cópielo.',
  text: 'Datos para diagnosticar fallos',
};

const SOURCES: Readonly<Record<string, string>> = {
  'HAM10000 (8,842 of 10,015 dermoscopy images)': 'HAM10000 (8842 de 10.015 imágenes de dermatoscopia)',
  'ISIC archive, MSK and UDA sets (2,356 dermoscopy images)':
    'Archivo ISIC, conjuntos MSK y UDA (2356 imágenes de dermatoscopia)',
  'PAD-UFES-20 (680 smartphone photos)': 'PAD-UFES-20 (680 fotos de teléfono)',
  "VGG16's convolutions as trained on ImageNet (where training started)":
    'Convoluciones de VGG16 entrenadas con ImageNet (donde empezó el entrenamiento)',
};

const model = {
  title: 'El modelo',
  lead: (side: number) =>
    `Una red al estilo de VGG16 que mira una imagen de ${side}×${side} y da un número: su puntuación para maligno. Modelo educativo y de investigación; no es un dispositivo médico.`,
  notLoaded:
    'Las cifras de prueba, los datos de entrenamiento y las huellas de los archivos aparecen aquí cuando el modelo está cargado.',
  metrics: {
    title: 'Qué tal lo hace',
    columns: {
      pictures: 'Imágenes',
      auc: 'AUC (intervalo del 95 %)',
      missed: 'Se escapan, de 100 malignas',
      falseAlarms: 'Dan alarma, de 100 benignas',
      calibrationError: 'Error de calibración',
    },
    cells: {
      /** @param name - Of a test set, as the manifest has it. */
      name: setName,
      counts: ({ images, malignant, heldOut }: TestMetrics) =>
        heldOut
          ? `${formatNumber(images)} imágenes, ${formatNumber(malignant)} malignas`
          : `${formatNumber(images)} imágenes, ${formatNumber(malignant)} malignas; intervinieron en elegir o calibrar`,
      auc: ({ auc, aucCi95: [low, high] }: TestMetrics) =>
        `${formatNumber(auc, 3)} (${formatNumber(low, 3)}–${formatNumber(high, 3)})`,
      missed: ({ sensitivity }: TestMetrics) => outOfHundred(1 - sensitivity),
      falseAlarms: ({ specificity }: TestMetrics) => outOfHundred(1 - specificity),
      calibrationError: ({ ece }: TestMetrics) => formatNumber(ece, 3),
    },
    legend: (threshold: number) =>
      `Pasadas por alto y alarmas: con la línea de alarma del propio modelo, en ${formatScore(threshold)}. AUC: con qué frecuencia una imagen maligna recibe una puntuación más alta que una benigna, entre todas las parejas; 0,5 es el azar, 1 es perfecto. Error de calibración: cuánto se alejan, de media, las puntuaciones de las frecuencias observadas.`,
  },
  data: {
    title: 'Con qué se entrenó',
    /** @param name - As the manifest has it. */
    name: (name: string) => SOURCES[name] ?? name,
    licence: (licence: string) =>
      `Los pesos están bajo ${licence}, como exigen estos datos; el código, bajo la licencia MIT. Las imágenes de piel oscura son raras en estos conjuntos, así que las cifras de arriba dicen poco de ella. La ficha completa del modelo, MODEL_CARD.md, está en inglés.`,
  },
  files: {
    show: 'Tamaños y huellas de los archivos',
    title: (version: string) => `Versión ${version} y sus archivos`,
    /** @param scoreChange - The largest of any test picture, as `aucChange` by storing weights so. */
    quantisation: (dtype: 'float16' | 'int8', scoreChange: number, aucChange: number) =>
      `${dtype === 'int8' ? 'La mayoría de los pesos se guardan en 8 bits cada uno, los demás en 16' : 'Los pesos se guardan en 16 bits cada uno'}; en las imágenes de prueba, eso no cambia ninguna puntuación en más de ${ceiled(scoreChange)}, y el AUC en ${ceiled(aucChange)}. Cada archivo se comprueba con su huella antes de usarlo.`,
    columns: { file: 'Archivo', size: 'Tamaño', sha256: 'SHA-256' },
    size: fileSize,
    total: 'Total',
  },
  layers: {
    title: 'Capas',
    columns: { name: 'Nombre', kind: 'Tipo', shape: 'Forma de salida', parameters: 'Parámetros' },
    kinds: {
      input: 'Entrada',
      conv: 'Convolución 3×3, ReLU',
      pool: 'Agrupación por máximos 2×2',
      flatten: 'Aplanado',
      dropout: 'Dropout 0,5 (solo en el entrenamiento)',
      dense: 'Densa, ReLU',
      output: 'Densa, sigmoide',
    },
    parameters: (count: number) => formatNumber(count),
    total: 'Total',
  },
};

const kinds: Readonly<Record<StoredKind, string>> = {
  app: 'Los archivos de la propia aplicación',
  model: 'Los pesos del modelo',
  'shared-photos': 'Fotos en camino desde otra aplicación',
  diary: 'El diario',
  'own-models': 'Modelos propios que usted guarda',
  database: 'Otra base de datos',
  preferences: 'Lo que usted fijó: idioma, línea de alarma, parte de manchas malignas, con qué se calcula',
  'engine-times': 'Qué forma de calcular fue más rápida en este dispositivo',
};

const stored = {
  title: 'Guardado en este dispositivo',
  intro:
    'De una foto no se guarda nada, salvo que usted lo pida. El navegador conserva lo que figura aquí, en este perfil del navegador, solo para este sitio. Algunos navegadores lo borran cuando el sitio no se ha visitado en una semana o cuando falta espacio.',
  looking: 'Mirando …',
  nothing: 'No hay nada guardado.',
  columns: { kind: 'Qué', files: 'Archivos', bytes: 'Tamaño', name: 'El navegador lo llama' },
  kinds,
  cells: {
    files: (files: number | null) => (files === null ? NONE : formatNumber(files)),
    entries: (entries: number | null) => (entries === null ? NONE : countEntries(entries)),
    bytes: (bytes: number | null) => (bytes === null ? NONE : fileSize(bytes)),
  },
  /** What the browser tells: some tell nothing. */
  estimate: ({ usageBytes, quotaBytes, isPersistent }: StoredFacts) =>
    joinSentences(
      usageBytes !== null &&
        quotaBytes !== null &&
        `Lo que el propio navegador calcula: ${fileSize(usageBytes)} en uso, ${fileSize(quotaBytes)} permitidos.`,
      isPersistent !== null && (isPersistent ? 'Prometió no borrarlo por su cuenta.' : 'Puede borrarlo cuando falte espacio.'),
    ),
  removeDiary: 'Borrar el diario',
  /** @param entries - null: it is not known how many. */
  removeDiaryQuestion: (entries: number | null) =>
    `Esto borra para siempre ${entries === null ? 'todas las entradas' : countEntries(entries)} del diario. Exporte antes el diario en su página si puede volver a necesitarlo.`,
  remove: 'Quitar todo',
  removeQuestion:
    'Esto quita la aplicación, el modelo, lo que usted fijó y el diario con todo lo que guardó. No se puede deshacer.',
  removeConfirm: 'Quitar para siempre',
  /** @param left - What could not be removed, as the browser calls it. */
  removed: (left: readonly string[]) =>
    left.length === 0
      ? 'Se quitó todo. Esta página sigue con lo que tiene en memoria; la próxima visita descarga la aplicación otra vez.'
      : `Se quitó todo menos: ${left.join(', ')}. Cierre otras pestañas de esta aplicación y pulse el botón de nuevo.`,
};

const privacy = {
  title: 'Privacidad y almacenamiento',
  lead: 'Las fotos se calculan en este dispositivo y no se envían a ninguna parte. La propia política de seguridad de la página le prohíbe hablar con otra dirección que aquella de la que vino.',
  requests: {
    title: 'Peticiones',
    none: 'Aún no se abrió ninguna foto. Desde entonces, cada petición de esta página figura aquí.',
    count: formatNumber,
    /** @param count - The words of `count`, set apart. */
    since: (count: ReactNode): ReactNode =>
      sentence`Peticiones desde que se abrió la foto: ${count}. Esta lista la lleva el propio navegador. Un archivo de la aplicación que hace falta más tarde, como el lector de imágenes HEIC, lo que calcula gradientes o lo que necesita un procesador gráfico, aparecería en ella; una foto, nunca.`,
  },
  offline: {
    title: 'Sin conexión',
    state: (state: OfflineStatus['state']) => `${shell.offline[state]}.`,
    tryAgain: 'Intentar de nuevo',
    install: 'Instalar la aplicación',
    installed: 'Así tiene un icono y una ventana propios, y otras aplicaciones pueden compartir fotos con ella.',
    newer: 'Hay lista una versión más nueva de la aplicación: empieza cuando usted recargue.',
  },
  stored,
};

export const pages = { about, deviceCheck, engineChoice, diagnostics, model, privacy };
