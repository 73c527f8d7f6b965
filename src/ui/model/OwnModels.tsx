import { BUILT_IN } from '../../domain/own-settings';
import type { OwnModelsFacts } from '../../store/app-state';
import { ChoiceSelect } from '../../viewer/ChoiceSelect';
import { words } from '../../words/words';
import { useApp, useAppState } from '../app-context';
import { CompareModels } from './CompareModels';
import css from './OwnModels.module.css';

const ACCEPT = '.h5,.hdf5,.keras,.json,.bin,.zip';

/** Which model analyses: the one that ships, or one of the person's own. */
export function OwnModels() {
  const says = words.own;
  const { flow } = useApp();
  const own = useAppState((state) => state.own);
  const version = useAppState((state) => (state.model.state === 'ready' ? state.model.facts.manifest.version : ''));
  const names = own.models.map(({ name }) => name);
  return (
    <section aria-labelledby="own-title" className={css.models}>
      <h2 id="own-title">{says.title}</h2>
      <p>{says.intro}</p>
      <div className={css.controls}>
        <ChoiceSelect
          label={says.select}
          testId="model-select"
          value={own.active ?? BUILT_IN}
          choices={[
            { value: BUILT_IN, label: says.builtIn(own.active === null ? version : own.shippedVersion) },
            ...names.map((name) => ({ value: name, label: name })),
          ]}
          onSelect={(name) => void flow.own.use(name)}
        />
        <label className="file-button">
          <span>{says.choose}</span>
          <input
            type="file"
            accept={ACCEPT}
            multiple
            data-testid="model-input"
            onChange={({ currentTarget }) => {
              const files = [...(currentTarget.files ?? [])];
              currentTarget.value = '';
              void flow.own.open(files);
            }}
          />
        </label>
      </div>
      <CompareModels />
      <OwnStatus own={own} />
    </section>
  );
}

function OwnStatus({ own }: { readonly own: OwnModelsFacts }) {
  const says = words.own;
  const isIdle = own.state === 'idle';
  return (
    <div role="status" data-testid="own-state" data-state={own.state} className={css.status}>
      {!isIdle && <p>{says.state[own.state]}</p>}
      {isIdle && (own.active !== null || own.compared !== null) && (
        <p>
          {own.active !== null && <span>{says.inUse(own.active)}</span>}{' '}
          {own.compared !== null && <span>{says.compare.inUse(nameOf(own.compared, own))}</span>} <a href="#/">{says.toPhotos}</a>
        </p>
      )}
    </div>
  );
}

function nameOf(model: string, { shippedVersion }: OwnModelsFacts): string {
  return model === BUILT_IN ? shippedVersion : model;
}
