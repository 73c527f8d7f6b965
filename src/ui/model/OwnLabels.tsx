import { useId, useState } from 'react';
import { classesOf, parseLabels, watchedByLabels, type KeptModel } from '../../domain/own-settings';
import { ChoiceSelect } from '../../viewer/ChoiceSelect';
import { words } from '../../words/words';
import { useApp } from '../app-context';
import css from './OwnModels.module.css';

/** What the model's answers mean, and which of them is followed. */
export function OwnLabels({ model }: { readonly model: KeptModel }) {
  const says = words.own.labels;
  const { flow } = useApp();
  const { settings, facts } = model;
  const wanted = classesOf(facts);
  const [text, setText] = useState(settings.labels.join('\n'));
  const labels = parseLabels(text);
  const isWhole = labels.length === wanted;
  const id = useId();
  return (
    <section className={css.form} aria-labelledby="labels-title">
      <h2 id="labels-title">{says.title}</h2>
      <p>{says.hint}</p>
      <div className="field">
        <label htmlFor={id}>{says.list(wanted)}</label>
        <textarea
          id={id}
          className={css.labels}
          data-testid="own-labels"
          rows={Math.min(10, wanted + 1)}
          value={text}
          onChange={({ target }) => setText(target.value)}
        />
        {!isWhole && <p role="alert">{says.wrongCount(labels.length, wanted)}</p>}
      </div>
      <div className={css.row}>
        <button
          type="button"
          className="button"
          data-testid="own-labels-apply"
          aria-disabled={!isWhole || labels.join('\n') === settings.labels.join('\n')}
          onClick={() => {
            if (isWhole) void flow.own.change({ ...settings, labels, watched: watchedByLabels(labels) });
          }}
        >
          {words.own.settings.apply}
        </button>
        <ChoiceSelect
          label={says.watched}
          testId="own-watched"
          value={String(settings.watched)}
          choices={settings.labels.map((label, i) => ({ value: String(i), label }))}
          onSelect={(value) => void flow.own.change({ ...settings, watched: Number(value) })}
        />
      </div>
      <p className="small soft">{says.watchedHint}</p>
    </section>
  );
}
