import { useId, useState } from 'react';
import { BASE_RATE_SETTINGS, type CallRates } from '../../domain/base-rate';
import { isBaseRate, prevalenceOf, type BaseRateChoice } from '../../domain/preferences';
import type { Call } from '../../words/en/line-words';
import { words } from '../../words/words';
import { useApp, useAppState } from '../app-context';
import css from './BaseRate.module.css';

interface BaseRateProps {
  readonly call: Call;
  /** At the line. */
  readonly rates: CallRates;
}

/** How many on this side of the line would be malignant where malignant spots are as rare as somewhere. */
export function BaseRate({ call, rates }: BaseRateProps) {
  const choice = useAppState((state) => state.preferences.baseRate);
  const says = words.line.baseRate;
  return (
    <details className={css.rare} data-testid="base-rate">
      <summary>
        <span data-testid="base-rate-answer">{says.answer(call, choice, rates)}</span>
      </summary>
      <div className={`${css.body} small`}>
        <p data-testid="base-rate-counts">{says.counts(choice, rates)}</p>
        <Choice choice={choice} />
        <p className="soft">{says.caution}</p>
      </div>
    </details>
  );
}

function Choice({ choice }: { readonly choice: BaseRateChoice }) {
  const { flow } = useApp();
  const says = words.line.baseRate;
  const setting = BASE_RATE_SETTINGS.find(({ id }) => id === choice);
  return (
    <>
      <label className="field">
        <span>{says.setting}</span>
        <select
          value={setting?.id ?? 'own'}
          data-testid="base-rate-setting"
          onChange={({ currentTarget }) => {
            const { value } = currentTarget;
            // A number of one's own begins at the one that was chosen.
            flow.preferences.setBaseRate(isBaseRate(value) ? value : Math.round(1000 * prevalenceOf(choice)));
          }}
        >
          {BASE_RATE_SETTINGS.map(({ id }) => (
            <option key={id} value={id}>
              {says.settings[id]}
            </option>
          ))}
          <option value="own">{says.own}</option>
        </select>
      </label>
      {setting === undefined ? (
        <OwnNumber choice={Number(choice)} />
      ) : (
        <p className="soft">
          <span>{says.sources[setting.id]}</span>{' '}
          <a href={`https://doi.org/${setting.doi}`} target="_blank" rel="noreferrer" translate="no">
            {`doi:${setting.doi}`}
          </a>
        </p>
      )}
    </>
  );
}

/** What is typed counts as soon as it is a number that can be used. */
function OwnNumber({ choice }: { readonly choice: number }) {
  const { flow } = useApp();
  const id = useId();
  const messageId = useId();
  const [text, setText] = useState(String(choice));
  const says = words.line.baseRate;
  const isUsable = /^\d+$/.test(text) && isBaseRate(Number(text));
  return (
    <div className="field">
      <label htmlFor={id}>{says.inThousand}</label>
      <input
        id={id}
        type="number"
        inputMode="numeric"
        min="1"
        max="999"
        value={text}
        aria-invalid={!isUsable}
        aria-describedby={messageId}
        data-testid="base-rate-own"
        onChange={({ currentTarget }) => {
          const { value } = currentTarget;
          setText(value);
          if (/^\d+$/.test(value) && isBaseRate(Number(value))) flow.preferences.setBaseRate(Number(value));
        }}
      />
      {/* Always there, so that a screen reader hears what comes into it. */}
      <span id={messageId} role="status" className="check-failed" data-testid="base-rate-fault">
        {!isUsable && says.outside}
      </span>
    </div>
  );
}
