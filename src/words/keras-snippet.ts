import type { Calibration, ModelManifest } from '../domain/manifest';

const list = (values: readonly number[]): string => `[${values.join(', ')}]`;

const numbers = ({ slope, offset }: Calibration): string => `slope, offset = ${slope}, ${offset}`;

/** What the Python says to its reader; the rest of it is the same in every language. */
interface SnippetWords {
  readonly install: string;
  readonly upright: string;
  readonly before: string;
  readonly calibrated: string;
  /** @param kind - Of pictures, as the manifest names it. */
  readonly calibrationOf: (kind: string) => string;
  readonly after: string;
}

/** Python that prints what the app scores. @param picture - Name of the file that is scored. */
export function writeKerasSnippet(
  { input: { mean, std }, network, calibration, calibrations }: ModelManifest,
  fileName: string,
  picture: string,
  says: SnippetWords,
): string {
  const { side } = network.input;
  const others = Object.entries(calibrations).map(([kind, of]) => `# ${says.calibrationOf(kind)}: ${numbers(of)}`);
  return [
    `# ${says.install}`,
    'import keras',
    'import numpy as np',
    'from PIL import Image, ImageOps',
    '',
    `model = keras.models.load_model("${fileName}", compile=False)`,
    '',
    `# ${says.upright}`,
    `picture = ImageOps.exif_transpose(Image.open("${picture}")).convert("RGB")`,
    `picture = ImageOps.fit(picture, (${side}, ${side}), Image.Resampling.BILINEAR)`,
    'x = np.asarray(picture, np.float32) / 255',
    `x = (x - np.float32(${list(mean)})) / np.float32(${list(std)})`,
    '',
    'score = float(model.predict(x[None], verbose=0)[0, 0])',
    `print("${says.before}:", score)`,
    '',
    `# ${says.calibrated}: sigmoid(slope * logit + offset).`,
    numbers(calibration),
    ...others,
    'logit = np.log(score) - np.log1p(-score)',
    `print("${says.after}:", float(1 / (1 + np.exp(-(slope * logit + offset)))))`,
    '',
  ].join('\n');
}
