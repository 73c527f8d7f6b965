import type { Calibration, ModelManifest } from '../../domain/manifest';
import { formatNumber } from '../format';

const list = (values: readonly number[]): string => `[${values.join(', ')}]`;

const numbers = ({ slope, offset }: Calibration): string => `slope, offset = ${slope}, ${offset}`;

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
  snippet: ({ input: { mean, std }, network, calibration, calibrations }: ModelManifest, fileName: string, picture: string) => {
    const { side } = network.input;
    const others = Object.entries(calibrations).map(([kind, of]) => `# For a picture by a ${kind}: ${numbers(of)}`);
    return [
      '# pip install tensorflow pillow; or: pip install keras h5py torch pillow, with KERAS_BACKEND=torch',
      'import keras',
      'import numpy as np',
      'from PIL import Image, ImageOps',
      '',
      `model = keras.models.load_model("${fileName}", compile=False)`,
      '',
      '# Upright, its middle square. In the app you can place the square; it resizes by the same filter.',
      `picture = ImageOps.exif_transpose(Image.open("${picture}")).convert("RGB")`,
      `picture = ImageOps.fit(picture, (${side}, ${side}), Image.Resampling.BILINEAR)`,
      'x = np.asarray(picture, np.float32) / 255',
      `x = (x - np.float32(${list(mean)})) / np.float32(${list(std)})`,
      '',
      'score = float(model.predict(x[None], verbose=0)[0, 0])',
      'print("before calibration:", score)',
      '',
      '# The app shows it calibrated: sigmoid(slope * logit + offset).',
      numbers(calibration),
      ...others,
      'logit = np.log(score) - np.log1p(-score)',
      'print("calibrated:", float(1 / (1 + np.exp(-(slope * logit + offset)))))',
      '',
    ].join('\n');
  },
};
