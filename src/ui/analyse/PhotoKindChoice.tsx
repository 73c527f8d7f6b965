import { PICTURE_KINDS } from '../../domain/probes';
import type { AnalysisFacts, Slot } from '../../store/app-state';
import { words } from '../../words/words';
import { useApp } from '../app-context';
import css from './PhotoKindChoice.module.css';

interface PhotoKindChoiceProps {
  readonly result: AnalysisFacts;
  readonly slot: Slot;
}

/** What took the photo, as the model's probes tell it, and one tap to say otherwise. Nothing for a model without probes. */
export function PhotoKindChoice({ result, slot }: PhotoKindChoiceProps) {
  const { flow } = useApp();
  const { kind, saidKind, origin, manifest } = result;
  const says = words.analyse.kind;
  // Nothing took what a program drew.
  if (manifest.probes === null || origin !== 'own') return null;
  return (
    <fieldset className={css.choice} data-testid={`photo-kind-${slot}`} data-kind={kind}>
      <legend className="small soft">{says.legend(kind, saidKind !== null)}</legend>
      {PICTURE_KINDS.map((choice) => (
        <button
          key={choice}
          type="button"
          className={css.button}
          aria-pressed={kind === choice}
          data-testid={`photo-kind-${slot}-${choice}`}
          onClick={() => {
            flow.photo.sayKind(slot, choice);
          }}
        >
          {says.names[choice]}
        </button>
      ))}
    </fieldset>
  );
}
