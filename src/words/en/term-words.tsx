/** What the words of the field mean, each with where to read on. */
interface TermWords {
  readonly name: string;
  readonly about: string;
  readonly source: string;
  readonly href: string;
}

const GOODFELLOW = {
  source: 'Goodfellow, Bengio and Courville, Deep Learning (2016), chapter 9',
  href: 'https://www.deeplearningbook.org/contents/convnets.html',
};

const LIST = {
  filter: {
    name: 'filter',
    about:
      'A small grid of numbers, the weights, that is laid over every place of what comes in. At each place the products are added up: one value of the filter’s map. Here each grid is 3×3 and as deep as what comes in.',
    source: 'Simonyan and Zisserman (2014), arXiv:1409.1556',
    href: 'https://arxiv.org/abs/1409.1556',
  },
  relu: {
    name: 'ReLU',
    about: 'Rectified linear unit: what is below 0 becomes 0, the rest stays as it is. That is why no map goes below 0.',
    source: 'Nair and Hinton (2010), ICML',
    href: 'https://www.cs.toronto.edu/~fritz/absps/reluICML.pdf',
  },
  pool: {
    name: 'pool',
    about:
      'Of every 2×2 values only the greatest goes on. The maps become half as wide and half as high, and a value stands for a larger part of the picture.',
    ...GOODFELLOW,
  },
  receptiveField: {
    name: 'receptive field',
    about: 'The part of the picture that one value depends on. It grows from layer to layer.',
    source: 'Araujo, Norris and Sim (2019), Distill',
    href: 'https://distill.pub/2019/computing-receptive-fields/',
  },
  logit: {
    name: 'logit',
    about:
      'The network’s last number. Calibration turns it into a score between 0 and 1: the higher the logit, the higher the score.',
    source: 'Goodfellow, Bengio and Courville, Deep Learning (2016), chapter 6',
    href: 'https://www.deeplearningbook.org/contents/mlp.html',
  },
  featureMap: {
    name: 'map',
    about:
      'All answers of one filter, each at its place: bright where the filter answers. Looking at maps is how one learns what filters answer to.',
    source: 'Zeiler and Fergus (2013), arXiv:1311.2901',
    href: 'https://arxiv.org/abs/1311.2901',
  },
} as const satisfies Record<string, TermWords>;

export type TermName = keyof typeof LIST;

export const terms = {
  title: 'Words explained:',
  source: 'Source:',
  list: LIST as Readonly<Record<TermName, TermWords>>,
};
