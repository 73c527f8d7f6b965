import { words } from '../../words/words';
import { useApp, useAppState } from '../app-context';
import css from './banner.module.css';

/** Says that a newer version lies ready. It never takes over unasked: a photo and its maps would be lost. */
export function UpdateBanner() {
  const { flow } = useApp();
  const isUpdateReady = useAppState((state) => state.isUpdateReady);
  const hasPhoto = useAppState((state) => state.photos.a.result !== null);
  if (!isUpdateReady) return null;
  return (
    <div className={`${css.banner} ${css.update}`} role="status" data-testid="update-ready">
      <p className={css.words}>{words.shell.banner.newer(hasPhoto)}</p>
      <div className={css.actions}>
        <button type="button" className="button" data-testid="update-now" onClick={flow.device.update}>
          {words.shell.banner.reload}
        </button>
      </div>
    </div>
  );
}
