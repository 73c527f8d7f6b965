import { useState } from 'react';
import { activationChoices, DENSE_FEATURES, hasDenseFeatures, offeredActivations } from '../../domain/activations';
import type { BatchEntry } from '../../domain/batch-view';
import type { ModelManifest } from '../../domain/manifest';
import type { AppState } from '../../store/app-state';
import { ChoiceSelect } from '../../viewer/ChoiceSelect';
import { exportName } from '../../viewer/export-name';
import { words } from '../../words/words';
import { useApp, useAppState } from '../app-context';
import { downloadBlob } from '../download';
import css from './BatchPage.module.css';

const OFF = 'off';

const selectManifest = ({ model }: AppState): ModelManifest | null => (model.state === 'ready' ? model.facts.manifest : null);

/** Which layer's numbers are kept of each picture, how many pictures have them, and their export. */
export function BatchActivations({ entries }: { readonly entries: readonly BatchEntry[] }) {
  const { flow } = useApp();
  const manifest = useAppState(selectManifest);
  const chosen = useAppState(({ batch }) => batch.activations);
  const error = useAppState(({ batch }) => batch.activationsError);
  const says = words.batch.activations;
  if (manifest === null) return null;
  const { network } = manifest;
  const isDense = (name: string): boolean => name === DENSE_FEATURES && hasDenseFeatures(network);
  const name = offeredActivations(network, chosen);
  return (
    <div className={css.activations}>
      <ChoiceSelect
        label={says.label}
        testId="batch-activations"
        value={name ?? OFF}
        choices={[
          { value: OFF, label: says.off },
          ...activationChoices(network).map((choice) => ({
            value: choice.name,
            label: isDense(choice.name) ? says.dense(choice.count) : says.layer(choice.name, choice.count),
          })),
        ]}
        onSelect={(value) => {
          flow.batch.setActivations(value === OFF ? null : value);
        }}
      />
      {name !== null && <KeptActivations entries={entries} name={name} manifest={manifest} />}
      {error !== null && (
        <p className="check-failed" role="alert">
          {words.error[error.code]}
        </p>
      )}
    </div>
  );
}

interface KeptActivationsProps {
  readonly entries: readonly BatchEntry[];
  readonly name: string;
  readonly manifest: ModelManifest;
}

function KeptActivations({ entries, name, manifest }: KeptActivationsProps) {
  const { flow, cache } = useApp();
  const isRunning = useAppState(({ batch }) => batch.running);
  const [isBusy, setIsBusy] = useState(false);
  const scored = entries.filter(({ row }) => row !== null && row.error === null);
  const kept = scored.filter(({ id }) => cache.hasActivations(id, name, manifest)).length;
  const says = words.batch.activations;
  return (
    <>
      <p className="small soft" data-testid="batch-activations-words" data-kept={kept}>
        {scored.length === 0 ? says.about : says.kept(kept, scored.length)}
      </p>
      <div className={css.controls}>
        <button
          type="button"
          className="button"
          data-testid="batch-export-activations"
          disabled={kept === 0 || isBusy}
          onClick={() => {
            setIsBusy(true);
            void flow.batch.exportActivations().then((blob) => {
              setIsBusy(false);
              if (blob === null) return;
              const { version } = manifest;
              downloadBlob(exportName({ version, layer: name, filter: null, what: 'batch-activations', extension: 'zip' }), blob);
            });
          }}
        >
          {says.export}
        </button>
        {kept < scored.length && !isRunning && (
          <button
            type="button"
            className="button"
            data-testid="batch-compute-missing"
            onClick={() => void flow.batch.computeMissing()}
          >
            {says.again(scored.length - kept)}
          </button>
        )}
      </div>
    </>
  );
}
