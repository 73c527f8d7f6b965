import { ENGINE_CHOICES } from '../../domain/engine-choice';
import { ChoiceSelect } from '../../viewer/ChoiceSelect';
import { words } from '../../words/words';
import { useApp, useAppState } from '../app-context';

/** What computes, chosen by the person or left to the measurement, and what that found. */
export function EngineChoice() {
  const says = words.pages.engineChoice;
  const { flow } = useApp();
  const choice = useAppState((state) => state.preferences.engine);
  const { isForced, times, webglObjection } = useAppState((state) => state.engine);
  const model = useAppState((state) => state.model);
  const facts = model.state === 'ready' ? model.facts : null;
  const isFallback = !isForced && choice !== 'auto' && facts !== null && facts.way !== choice;
  return (
    <section aria-labelledby="engine-title">
      <h2 id="engine-title">{says.title}</h2>
      <p>{says.intro}</p>
      <ChoiceSelect
        label={says.label}
        testId="engine-select"
        value={choice}
        choices={ENGINE_CHOICES.map((value) => ({ value, label: says.choices[value] }))}
        onSelect={(chosen) => void flow.model.choose(chosen)}
      />
      <p role="status" data-testid="engine-way" data-way={facts?.way ?? ''} data-chosen-by={facts?.chosenBy ?? ''}>
        <span>{facts !== null && says.computes(facts)}</span>{' '}
        <span data-testid="engine-fallback">{isFallback && says.fellBack(choice, facts)}</span>{' '}
        <span>{isForced && says.forced}</span>
      </p>
      <p className="small" data-testid="engine-times">
        {says.measured(times, webglObjection)}
      </p>
    </section>
  );
}
