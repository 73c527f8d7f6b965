import { useId } from 'react';
import { words } from '../words/words';

export interface Choice<T extends string> {
  readonly value: T;
  readonly label: string;
  /** What is missing, said behind the label; the choice cannot be made until it is there. */
  readonly missing?: string | undefined;
}

interface ChoiceSelectProps<T extends string> {
  readonly label: string;
  readonly testId: string;
  readonly value: T;
  readonly choices: readonly Choice<T>[];
  readonly onSelect: (value: T) => void;
}

/** A labelled list of which one is chosen. */
export function ChoiceSelect<T extends string>({ label, testId, value, choices, onSelect }: ChoiceSelectProps<T>) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        data-testid={testId}
        value={value}
        onChange={({ target }) => {
          const chosen = choices.find((choice) => choice.value === target.value);
          if (chosen !== undefined) onSelect(chosen.value);
        }}
      >
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value} disabled={choice.missing !== undefined}>
            {choice.missing === undefined ? choice.label : words.viewer.choices.withMissing(choice.label, choice.missing)}
          </option>
        ))}
      </select>
    </div>
  );
}
