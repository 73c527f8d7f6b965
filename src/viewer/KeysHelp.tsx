import { words } from '../words/words';
import fold from './fold.module.css';
import css from './KeysHelp.module.css';

/** Which keys work while the maps have the focus. */
export function KeysHelp() {
  const { title, list, about } = words.viewer.keys;
  return (
    <details className={`${fold.fold} ${css.help}`}>
      <summary>{title}</summary>
      <dl>
        {list.map(([keys, what]) => (
          <div key={keys}>
            <dt>
              <kbd>{keys}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <p>{about}</p>
    </details>
  );
}
