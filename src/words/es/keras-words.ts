import type { ModelManifest } from '../../domain/manifest';
import { formatNumber } from '../format';
import { writeKerasSnippet } from '../keras-snippet';

const SNIPPET = {
  install: 'pip install tensorflow pillow; o bien: pip install keras h5py torch pillow, con KERAS_BACKEND=torch',
  upright: 'Derecha, su cuadrado central. En la aplicación el cuadrado se puede colocar; reduce con el mismo filtro.',
  before: 'antes de calibrar',
  calibrated: 'La aplicación la muestra calibrada',
  calibrationOf: (kind: string) => `Para una imagen de ${kind === 'phone' ? 'teléfono' : 'dermatoscopio'}`,
  after: 'calibrada',
};

/** The model that ships as a Keras file, and the Python that uses it. */
export const kerasWords = {
  title: 'Llevarse el modelo',
  intro: (parameters: number) =>
    `Como archivo de Keras: las capas de arriba y sus ${formatNumber(parameters)} pesos en float32, hecho aquí con los archivos que se descargaron. Lo carga Keras, y también esta página, en «Abrir un modelo propio».`,
  download: 'Descargar como Keras .h5',
  writing: 'Escribiendo el archivo …',
  python: 'Cómo usarlo en Python, con TensorFlow o Keras 3',
  snippetLabel: 'Código Python',
  copy: 'Copiar el código',
  copied: 'Copiado.',
  refused: 'El navegador no dejó copiar a la página. Seleccione el código y cópielo.',
  /** Python that prints what the app scores. @param picture - Name of the file that is scored. */
  snippet: (manifest: ModelManifest, fileName: string, picture: string) =>
    writeKerasSnippet(manifest, fileName, picture, SNIPPET),
};
