import type { ModelManifest } from '../../domain/manifest';
import { words } from '../../words/words';
import { useApp, useAppState } from '../app-context';
import { downloadBlob } from '../download';
import { CopyOutcome } from '../CopyOutcome';
import { useCopying } from '../use-copying';
import css from './model.module.css';

/** The model that ships, to take along as a Keras file, and how to use it in Python. */
export function KerasFile({ manifest }: { readonly manifest: ModelManifest }) {
  const says = words.keras;
  const { flow } = useApp();
  const status = useAppState((state) => state.kerasFile);
  const { copied, copyText } = useCopying();
  const fileName = `lesion-lens-${manifest.version}.h5`;
  const snippet = says.snippet(manifest, fileName, 'photo.jpg');
  const save = async (): Promise<void> => {
    const file = await flow.model.writeKeras();
    if (file !== null) downloadBlob(fileName, file);
  };
  return (
    <section aria-labelledby="keras-title">
      <h2 id="keras-title">{says.title}</h2>
      <p>{says.intro(manifest.network.parameters)}</p>
      <p>
        <button
          type="button"
          className="button"
          data-testid="model-download-h5"
          aria-disabled={status.state === 'writing'}
          onClick={() => void save()}
        >
          {says.download}
        </button>
      </p>
      <div role="status" className={`small ${css.status}`}>
        {status.state === 'writing' && <p>{says.writing}</p>}
        {status.state === 'failed' && <p data-testid="model-download-error">{words.error[status.error.code]}</p>}
      </div>
      <details>
        <summary>{says.python}</summary>
        <pre
          className={`${css.code} mono small`}
          data-testid="model-snippet"
          tabIndex={0}
          role="region"
          aria-label={says.snippetLabel}
        >
          {snippet}
        </pre>
        <p>
          <button type="button" className="button" data-testid="model-snippet-copy" onClick={() => void copyText(snippet)}>
            {says.copy}
          </button>
        </p>
        <CopyOutcome copied={copied} says={says} />
      </details>
    </section>
  );
}
