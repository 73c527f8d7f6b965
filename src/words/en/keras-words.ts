import type { ModelManifest } from '../../domain/manifest';
import { formatNumber } from '../format';
import { writeKerasSnippet } from '../keras-snippet';

const SNIPPET = {
  install: 'pip install tensorflow pillow; or: pip install keras h5py torch pillow, with KERAS_BACKEND=torch',
  upright: 'Upright, its middle square. In the app you can place the square; it resizes by the same filter.',
  before: 'before calibration',
  calibrated: 'The app shows it calibrated',
  calibrationOf: (kind: string) => `For a picture by a ${kind}`,
  after: 'calibrated',
};

/** The model that ships as a Keras file, and the Python that uses it. */
export const kerasWords = {
  title: 'Take the model along',
  intro: (parameters: number) =>
    `As a Keras file: the layers above and their ${formatNumber(parameters)} weights as float32, made here from the files that were downloaded. Keras loads it, and so does this page, under “Open your own model”.`,
  download: 'Download as Keras .h5',
  writing: 'Writing the file …',
  python: 'How to use it in Python, with TensorFlow or Keras 3',
  snippetLabel: 'Python code',
  copy: 'Copy the code',
  copied: 'Copied.',
  refused: 'The browser did not let the page copy. Select the code and copy it.',
  /** Python that prints what the app scores. @param picture - Name of the file that is scored. */
  snippet: (manifest: ModelManifest, fileName: string, picture: string) =>
    writeKerasSnippet(manifest, fileName, picture, SNIPPET),
};
