import type { TutorialHindrance, TutorialStep } from '../../store/tutorial-facts';
import { formatNumber, formatPercent, formatScore } from '../format';
import { formatActivation } from '../format-values';

const TITLES: Readonly<Record<TutorialStep, string>> = {
  lesions: 'Dos lesiones, dibujadas por un programa',
  network: 'La red en pocas palabras',
  filter: 'Qué es un filtro',
  maps: 'Qué respondieron los filtros',
  filters: 'Dos filtros ampliados',
  deep: 'Capas más profundas',
  mute: 'Silenciar un filtro',
  score: 'La puntuación, y lo que no es',
};

const HINDRANCES: Readonly<Record<TutorialHindrance, string>> = {
  'other-model': 'El tutorial trata del modelo que trae la aplicación. Elíjalo antes en la página Modelo.',
  busy: 'El tutorial puede empezar cuando termine lo que se está calculando ahora.',
};

interface PartSize {
  readonly convolutions: number;
  readonly maps: number;
  readonly side: number;
}

const NAMES = { a: 'A', b: 'B' };

export const tutorial = {
  start: 'Tutorial: lo que ve una red',
  startShort: 'Tutorial',
  hindrances: HINDRANCES,
  label: 'Tutorial',
  titles: TITLES,
  progress: (at: number, steps: number) => `Paso ${at} de ${steps}`,
  back: 'Atrás',
  next: 'Siguiente',
  exit: 'Salir',
  done: 'Salir del tutorial',
  loading: 'Abriendo el tutorial …',
  waiting: 'Se están analizando las dos imágenes …',
  keys: 'Teclas: flecha izquierda y derecha; Escape sale.',
  lesions: {
    about: [
      'Estas dos imágenes las dibujó un programa; no muestran la piel de nadie. La de la izquierda es redonda y uniforme; la de la derecha es desigual en forma y color. El tutorial sigue a las dos por la red.',
      'Sus propias fotos, si las hay, se apartan con todo lo que eligió, y vuelven cuando usted sale.',
    ],
    captions: { a: 'A: uniforme, dibujada por un programa', b: 'B: desigual, dibujada por un programa' },
    alts: {
      a: 'Lesión dibujada A: redonda, de un solo marrón, sobre piel clara',
      b: 'Lesión dibujada B: deshilachada, de muchos colores, sobre piel clara',
    },
  },
  network: {
    about: [
      'La imagen entra como un cuadrado de píxeles de tres colores. Capas de filtros, llamadas convoluciones, la miran una tras otra. Después de cada bloque, una agrupación reduce a la mitad el ancho y el alto. Al final queda un número.',
    ],
    caption: 'La red, de la imagen a la respuesta',
    heads: { part: 'Parte', what: 'Capas', parameters: 'Parámetros' },
    input: 'Imagen',
    inputSize: (side: number, channels: number) => `${side}×${side}×${channels}`,
    block: (block: number) => `Bloque ${block}`,
    blockSize: ({ convolutions, maps, side }: PartSize) => `${convolutions} × ${formatNumber(maps)} mapas, ${side}×${side}`,
    answer: 'Respuesta',
    answerSize: (units: readonly number[]) => `densa: ${units.map((n) => formatNumber(n)).join(', ')}`,
    total: (convolutions: number) => `En total, ${convolutions} convoluciones`,
    parameters: (count: number) => (count === 0 ? '–' : formatNumber(count)),
  },
  filter: {
    about: [
      'Un filtro de la primera capa son 3×3 pesos para cada uno de los tres colores. Se coloca en cada lugar de la imagen. Allí se multiplican los píxeles, con la escala del entrenamiento, por los pesos, y se suman junto con un número más; lo que sale por debajo de 0 pasa a ser 0. Eso es un valor del mapa del filtro.',
    ],
    real: (layer: string, filter: number) =>
      `Todo es real: un trozo de la imagen B, y los pesos y valores del filtro ${filter} de ${layer}. Sus pesos están por debajo de 0 abajo a la izquierda y por encima de 0 arriba a la derecha, así que responde donde la imagen es más clara arriba a la derecha.`,
    pixels: 'Píxeles',
    weights: 'Pesos',
    colours: ['rojo', 'verde', 'azul'],
    map: 'Mapa',
    scene:
      'A la izquierda, un trozo de la imagen con el marco del filtro; en el centro, sus pesos; a la derecha, su mapa mientras se llena',
    play: 'Reproducir',
    pause: 'Pausa',
    step: 'Un lugar más',
    place: (place: number, places: number, value: number) => `Lugar ${place} de ${places}: ${formatActivation(value)}`,
    colourKey: 'Pesos: naranja por encima de 0, azul por debajo de 0, oscuro cerca de 0. Mapa: claro es un valor alto.',
  },
  maps: {
    about: (maps: number, field: number) => [
      `Abajo están los ${formatNumber(maps)} mapas de block2_conv1 para las dos imágenes, filtro por filtro en el mismo orden. Cada valor depende de ${field}×${field} píxeles de la imagen.`,
      'Muchos dibujan el borde de la lesión por un lado: una media luna lisa en A, una línea rota en B. Los cuadros rayados están inactivos: 0 en todas partes. Pulse un mapa para ampliarlo.',
    ],
  },
  filters: {
    about: [
      'El filtro 49 está inactivo en A. En B responde en pocos lugares, la mayoría en el borde deshilachado.',
      'El filtro 94 responde en las dos a lo largo del borde inferior izquierdo de la lesión, donde hay piel debajo y a la izquierda. También responde a lo largo del borde de la imagen, donde la red rellena con ceros: eso no es nada de una lesión.',
      'Dos imágenes no muestran más que eso. Un filtro que aquí responde a un borde puede responder a otras cosas en otra parte.',
    ],
    figure: (filter: number, slot: 'a' | 'b') => `Filtro ${filter}, ${NAMES[slot]}`,
    facts: (share: number, max: number) =>
      max === 0 ? 'inactivo' : `por encima de 0 en el ${formatPercent(share)} de los lugares, hasta ${formatActivation(max)}`,
    alt: (filter: number, slot: 'a' | 'b') => `Mapa del filtro ${filter} para la imagen ${NAMES[slot]}`,
    ranges: 'Cada mapa se colorea según su propio intervalo.',
  },
  deep: {
    about: (maps: number, field: number) => [
      `Abajo están los ${formatNumber(maps)} mapas de block3_conv3. Cada valor depende de ${field}×${field} píxeles, así que puede responder a algo más que un borde: a una esquina, una textura, una disposición. A qué exactamente, no tiene un nombre sencillo.`,
    ],
    /** @param share - 0-1: half of the maps answer at no more of their places. */
    sparse: (slot: 'a' | 'b', share: number) =>
      `En ${NAMES[slot]}, la mitad de estos mapas está por encima de 0 en el ${formatPercent(share)} de sus lugares o menos.`,
  },
  mute: {
    about: (layer: string, filter: number) => [
      `Silenciar pone el mapa de un filtro a 0 en todas partes; la red sigue desde ahí. El filtro ${filter} de ${layer} responde en B alrededor de su parte más oscura, y en las dos imágenes a lo largo del borde inferior y del derecho.`,
    ],
    mute: (filter: number) => `Silenciar el filtro ${filter}`,
    unmute: (filter: number) => `Dejar de silenciar el filtro ${filter}`,
    caption: 'Puntuaciones con el filtro y sin él',
    heads: { photo: 'Imagen', measured: 'Puntuación', without: 'Silenciado' },
    names: NAMES,
    score: formatScore,
    none: '–',
    running: '…',
    meaning:
      'Donde la puntuación se mueve, la red usa este filtro para esta imagen. Por qué lo usa, silenciarlo no lo dice. La puntuación de una imagen descansa en miles de filtros.',
  },
  score: {
    both: (a: number, b: number) => `A puntúa ${formatScore(a)} y B puntúa ${formatScore(b)}, en una escala de 0 a 1.`,
    about: [
      'La puntuación dice cuánto se parece una imagen, para esta red, a las malignas entre sus imágenes de entrenamiento. No es un diagnóstico ni la probabilidad de una enfermedad.',
      'Las dos imágenes están dibujadas, así que sus puntuaciones no dicen nada de la piel de nadie. Con fotos reales la red también se equivoca, en las dos direcciones; las cifras están en la página Modelo.',
      'Sea cual sea la puntuación: enseñe al médico una mancha que sea nueva, que cambie, que sangre o que no se parezca a las demás.',
    ],
  },
};
