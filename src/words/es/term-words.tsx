import type { terms as english } from '../en/term-words';

const GOODFELLOW = {
  source: 'Goodfellow, Bengio y Courville, Deep Learning (2016), capítulo 9 (en inglés)',
  href: 'https://www.deeplearningbook.org/contents/convnets.html',
};

const LIST: (typeof english)['list'] = {
  filter: {
    name: 'filtro',
    about:
      'Una pequeña cuadrícula de números, los pesos, que se coloca en cada lugar de lo que entra. En cada lugar se suman los productos: un valor del mapa del filtro. Aquí cada cuadrícula es de 3×3 y tan profunda como lo que entra.',
    source: 'Simonyan y Zisserman (2014), arXiv:1409.1556 (en inglés)',
    href: 'https://arxiv.org/abs/1409.1556',
  },
  relu: {
    name: 'ReLU',
    about:
      'Unidad lineal rectificada: lo que está por debajo de 0 pasa a ser 0, lo demás queda como está. Por eso ningún mapa baja de 0.',
    source: 'Nair y Hinton (2010), ICML (en inglés)',
    href: 'https://www.cs.toronto.edu/~fritz/absps/reluICML.pdf',
  },
  pool: {
    name: 'agrupación (pool)',
    about:
      'De cada 2×2 valores solo sigue el mayor. Los mapas quedan con la mitad de ancho y la mitad de alto, y un valor representa una parte mayor de la imagen.',
    ...GOODFELLOW,
  },
  receptiveField: {
    name: 'campo receptivo',
    about: 'La parte de la imagen de la que depende un valor. Crece de capa en capa.',
    source: 'Araujo, Norris y Sim (2019), Distill (en inglés)',
    href: 'https://distill.pub/2019/computing-receptive-fields/',
  },
  logit: {
    name: 'logit',
    about:
      'El último número de la red. La calibración lo convierte en una puntuación entre 0 y 1: cuanto más alto el logit, más alta la puntuación.',
    source: 'Goodfellow, Bengio y Courville, Deep Learning (2016), capítulo 6 (en inglés)',
    href: 'https://www.deeplearningbook.org/contents/mlp.html',
  },
  featureMap: {
    name: 'mapa de características',
    about:
      'Todas las respuestas de un filtro, cada una en su lugar: claro donde el filtro responde. Mirando mapas se aprende a qué responden los filtros.',
    source: 'Zeiler y Fergus (2013), arXiv:1311.2901 (en inglés)',
    href: 'https://arxiv.org/abs/1311.2901',
  },
};

export const terms = {
  title: 'Palabras explicadas:',
  source: 'Fuente:',
  list: LIST,
};
