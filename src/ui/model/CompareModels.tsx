import { useEffect } from 'react';
import { BUILT_IN } from '../../domain/own-settings';
import { ChoiceSelect } from '../../viewer/ChoiceSelect';
import { words } from '../../words/words';
import { useApp, useAppState } from '../app-context';
import css from './OwnModels.module.css';

const NONE = '';

/** Which other model computes photo A once more, as B. Nothing while the model that ships is the only one. */
export function CompareModels() {
  const { flow } = useApp();
  const { models, active, compared, shippedVersion } = useAppState((state) => state.own);
  useEffect(() => void flow.own.look(), [flow]);
  if (models.length === 0) return null;
  const says = words.own.compare;
  const inUse = active ?? BUILT_IN;
  const others = [BUILT_IN, ...models.map(({ name }) => name)].filter((name) => name !== inUse);
  return (
    <div className={css.compare}>
      <ChoiceSelect
        label={says.select}
        testId="compare-model-select"
        value={compared ?? NONE}
        choices={[
          { value: NONE, label: says.none },
          ...others.map((name) => ({ value: name, label: name === BUILT_IN ? words.own.builtIn(shippedVersion) : name })),
        ]}
        onSelect={(name) => void flow.own.compare(name)}
      />
      <p className="small soft">{compared === null ? says.about : says.how}</p>
    </div>
  );
}
