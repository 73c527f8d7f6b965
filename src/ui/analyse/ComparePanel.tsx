import { words } from '../../words/words';
import { useAppState } from '../app-context';
import { CompareModels } from '../model/CompareModels';

/** The same photo by another model, where the person has one. */
export function ComparePanel() {
  const hasOwn = useAppState((state) => state.own.models.length > 0);
  const isOpening = useAppState((state) => state.own.state === 'comparing');
  return (
    <section className={hasOwn ? 'panel' : undefined} aria-label={words.own.compare.title} hidden={!hasOwn}>
      <CompareModels />
      <p className="small" role="status">
        {isOpening && words.own.state.comparing}
      </p>
    </section>
  );
}
