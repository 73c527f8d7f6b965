import { PAGE_PARTS } from '../../store/page-part';
import { words } from '../../words/words';
import { useApp, useAppState } from '../app-context';
import css from './PartTabs.module.css';

/** Which part of the page a narrow screen shows. Wide ones show all, and no tabs. */
export function PartTabs() {
  const { flow } = useApp();
  const part = useAppState((state) => state.part);
  const { title, names } = words.analyse.parts;
  return (
    <nav className={css.tabs} aria-label={title}>
      {PAGE_PARTS.map((name) => (
        <button
          key={name}
          type="button"
          className={css.tab}
          aria-pressed={name === part}
          data-testid={`part-${name}`}
          onClick={() => {
            flow.view.showPart(name);
          }}
        >
          {names[name]}
        </button>
      ))}
    </nav>
  );
}
