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
  return origin === 'own' ? `Foto ${fileName}` : `Muestra sintética ${fileName}`;
}

const SAMPLES: Readonly<Record<SyntheticLesionKind, string>> = {
  regular: 'Regular (sintética)',
  irregular: 'Irregular (sintética)',
};

const SCALE_NOTES: Readonly<Record<ScaleScope, string>> = {
  map: 'Cada mapa se colorea según su propio intervalo, así que el mismo color significa valores distintos en mapas distintos.',
  layer:
    'Todos los mapas de una foto se colorean según un solo intervalo, así que los colores pueden compararse entre sus mapas.',
  both: 'Todos los mapas de las dos fotos se colorean según un solo intervalo, así que los colores pueden compararse entre mapas y fotos.',
  tutorial:
    'Cada mapa se centra en su media, que recibe el color central; los colores llegan a cinco desviaciones estándar a cada lado.',
};

const DIFFERENCE_NOTE =
  'En la diferencia, azul es donde A responde más y naranja donde responde más B; oscuro es sin diferencia. En dos fotos, los píxeles del mismo lugar no tienen por qué mostrar la misma parte de una lesión.';

const MODELS_DIFFERENCE_NOTE =
  'En la diferencia, azul es donde A responde más y naranja donde responde más B; oscuro es sin diferencia. Los filtros del mismo número no tienen por qué buscar lo mismo, salvo que un modelo se haya entrenado a partir del otro.';

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
  const names = photos.map(({ fileName, origin }) => (origin === 'own' ? fileName : `la muestra sintética ${fileName}`));
  const [modelA, modelB] = models;
  const isOfModels = modelA !== undefined && modelB !== undefined;
  const byModels = isOfModels ? `${names[0] ?? ''} con ${modelA} (A) y con ${modelB} (B)` : null;
  const sources = byModels ?? (names.length > 1 ? `${names.join(' (A) y ')} (B)` : names.join(''));
  return [
    `${maps} mapas de ${side}×${side}, numerados desde 0.`,
    SCALE_NOTES[scale],
    ...(isDifference ? [isOfModels ? MODELS_DIFFERENCE_NOTE : DIFFERENCE_NOTE] : []),
    `Calculados a partir de ${sources}.`,
  ].join(' ');
}

type ConvolutionSize = Pick<MapLayer, 'side' | 'channels'>;

export const analyse = {
  title: 'Vea lo que una red neuronal ve en una mancha de la piel',
  promise:
    'Dele una foto de un lunar o de otra mancha: usted recibe la puntuación de la red, con qué frecuencia se equivoca y todo lo que vieron sus filtros. La foto no sale nunca de este dispositivo.',
  parts: {
    title: 'Partes de esta página',
    names: { result: 'Resultado', maps: 'Mapas', tools: 'Herramientas' },
  },
  syntheticSample: 'Muestra sintética',
  privacy: 'La foto se queda en este dispositivo. No se sube ni se guarda.',
  photo: {
    title: 'Foto',
    choose: 'Elegir una foto',
    chooseAnother: 'Elegir otra foto',
    another: 'Otra foto',
    invitation: 'Suelte una foto de una lesión de la piel',
    invitationTouch: 'Tome o elija una foto de una mancha de la piel',
    invitationWays: 'en cualquier parte de esta página, péguela o elíjala aquí.',
    alt: photoAlt,
    altPending: (fileName: string) => `Foto ${fileName}, aún sin analizar`,
    altWithSquare: (photo: NamedPhoto) => `${photoAlt(photo)}, con el cuadrado que se analizó`,
    waiting: (fileName: string) => `${fileName} espera y se analizará en cuanto el modelo esté listo.`,
    running: (fileName: string) => `Analizando ${fileName} …`,
    /** Under the photo. @param isWhole - Nothing of it lies outside the square. */
    analysedPart(isWhole: boolean, quarterTurns: QuarterTurns): string {
      const part = isWhole ? 'Se analizó toda la foto' : 'Se analizó el cuadrado claro';
      return quarterTurns === 0 ? part : `${part}, con un giro de ${quarterTurns * 90}° en el sentido del reloj`;
    },
    seen: (side: number) => `Lo que vio la red: ${side}×${side}`,
    seenLabel: (side: number) => `La imagen tal como la vio la red, ${side} por ${side} píxeles`,
    size: (width: number, height: number) => `${width}×${height}`,
  },
  notes: {
    title: 'Observaciones sobre la foto',
    nothing: 'La nitidez, la luz y la resolución están bien.',
  },
  stage: {
    choose: 'Elija un lugar de la foto para seguirlo a través de las capas',
    /** @param column - In the network's picture, as `row`, both below `side`. */
    followed: (column: number, row: number, side: number) =>
      `Lugar seguido: columna ${column}, fila ${row} de ${side}. Las flechas lo mueven, Escape lo suelta.`,
  },
  samples: {
    title: 'O una muestra, dibujada por un programa:',
    invitation: '¿No tiene una foto a mano? Estas las dibuja un programa:',
    kinds: SAMPLES,
  },
  score: {
    title: 'Puntuación del modelo para maligno',
    /** Beside another model's. */
    titleOf: (version: string) => `Puntuación para maligno del modelo que trae la aplicación (${version})`,
    unit: 'en una escala de 0 a 1',
    ofSample: 'Esta lesión la dibujó un programa. Su puntuación no dice nada de la piel de nadie.',
    moreOnModel: 'Más sobre el modelo',
    showDoctor:
      'Sea cual sea la puntuación: enseñe al médico una mancha que sea nueva, que cambie, que sangre o que no se parezca a las demás.',
    noDevice: 'Modelo educativo y de investigación; no es un dispositivo médico.',
    report: 'Informe',
    details: 'Detalles',
    logit: 'Logit sin calibrar',
    logitValue: (logit: number) => formatNumber(logit, 4),
    computedIn: 'Calculado en',
    computedMs: (ms: number) => `${Math.round(ms)} ms`,
    cantSay: 'No se puede decir',
    numberAnyway: 'Mostrar el número de todos modos',
    /** Said when a verdict was there and the views have come. */
    takenAway: (slot: Slot) =>
      `${slot === 'b' ? 'Foto B: girado' : 'Girado'} y reflejado, el cuadrado recibe puntuaciones muy distintas. La aplicación dice ahora «no se puede decir».`,
    notReliable: (probability: number) =>
      `La red dio aun así un número, ${formatScore(probability)}, pero en una imagen así no hay que fiarse de él.`,
  },
  scale: {
    label: (probability: number, threshold: number) =>
      `En una escala de 0 a 1 la puntuación es ${formatScore(probability)}; la línea de alarma está en ${formatScore(threshold)}.`,
    range: ({ low, high }: ViewRange) =>
      `Girado y reflejado, el mismo cuadrado puntúa de ${formatScore(low)} a ${formatScore(high)}.`,
    rangeFailed: 'No se pudo calcular el mismo cuadrado girado y reflejado.',
    rangeToCome: 'El mismo cuadrado girado y reflejado: en camino …',
    zero: formatNumber(0),
    one: formatNumber(1),
    line: (threshold: number) => `línea de alarma ${formatScore(threshold)}`,
  },
  kind: {
    names: { dermatoscope: 'Dermatoscopio', phone: 'Teléfono' } satisfies Record<PictureKind, string>,
    /** @param isSaid - By the person. */
    legend(kind: PhotoKind, isSaid: boolean): string {
      if (isSaid) return 'Tomada con, según usted:';
      return kind === 'unknown' ? 'Tomada con: no se pudo saber. ¿Con qué fue?' : 'Tomada con, por lo que parece:';
    },
  },
  second: {
    title: 'Foto B',
    unit: 'puntuación del modelo para maligno',
  },
  viewer: {
    title: 'Lo que vieron los filtros',
    unreadable: 'No se pudieron leer los mapas.',
    /** @param filter - null: the address names none. */
    gone: (layer: string, filter: number | null) =>
      `Esta dirección pide ${filter === null ? layer : `${layer}, filtro ${filter}`}, pero no hay ninguna foto abierta: un enlace no lleva ninguna, y una foto y su resultado desaparecen al cerrar o recargar la página.`,
    goneSample: 'Mostrar esta vista con una muestra',
    gonePhoto: 'Elegir una foto propia',
    mapsNote,
    aboutFilters:
      'Un filtro es un pequeño detector de patrones. Su mapa es claro donde se encontró el patrón. Las primeras capas responden a bordes y colores con detalle fino; las últimas, a estructuras enteras en cuadros gruesos.',
    sketch: (layers: number, first: ConvolutionSize, last: ConvolutionSize) =>
      `La red: ${layers} capas de mapas, desde ${first.channels} mapas de ${first.side} por ${first.side} hasta ${last.channels} mapas de ${last.side} por ${last.side}.`,
  },
  preview: {
    title: (maps: number, layer: string) => `Lo que los ${maps} filtros de ${layer} ven en una muestra`,
    label: (maps: number, layer: string) => `${maps} mapas de ${layer}, de una lesión que dibujó un programa`,
    open: 'Explorar esta muestra',
  },
  nextSteps: {
    title: 'Qué ocurre con una foto',
    scaled: (side: number) => `El mayor cuadrado centrado de la foto se reduce a ${side}×${side} píxeles.`,
    looked: (convolutions: number) => `Una red de ${convolutions} capas de convolución lo mira, aquí, en este dispositivo.`,
    result: (filters: number) =>
      `Usted recibe su puntuación para maligno, con qué frecuencia se equivoca y lo que vio cada uno de sus ${formatNumber(filters)} filtros.`,
  },
};
